import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import type { ImportPlan } from '../../src/demo/import/to-inputs.ts'
import type { ImportStage } from '../../src/demo/import/use-import.ts'
import { ImportScreen } from '../../src/demo/screens/import-screen.tsx'
import { LONG, UNBROKEN } from '../support/people.ts'
import { CHOICES, fileOf, PLAN, SURVEY, table } from '../support/survey.ts'
import { seenBy } from '../support/story-members.ts'
import { phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

interface ShownProps {
  readonly stage: ImportStage
  readonly plan?: ImportPlan
  readonly onAsked?: (what: string) => void
}

/** The screen of an import that stands at one point. */
const Shown = ({ stage, plan = PLAN, onAsked = () => {} }: ShownProps) => (
  <ImportScreen
    importing={{
      stage,
      open: async () => onAsked('open'),
      planOf: () => plan,
      run: async () => onAsked('run'),
      reset: () => onAsked('reset'),
      cancel: () => onAsked('cancel'),
    }}
    types={['reading', 'work-order', 'airports']}
    onShow={(type) => onAsked(`show ${type}`)}
  />
)

const meta = {
  title: 'Components/ImportScreen',
  component: Shown,
  args: { stage: { stage: 'choosing' }, onAsked: fn() },
  decorators: [
    (Story) => (
      <main className="main">
        <Story />
      </main>
    ),
    withEngine,
  ],
} satisfies Meta<typeof Shown>
export default meta
type Story = StoryObj<typeof meta>

export const Choosing: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.upload(canvas.getByTestId('import-input'), new File(['meter\n1'], 'a.csv', { type: 'text/csv' }))
    await expect(args.onAsked).toHaveBeenCalledWith('open')
  },
}
export const Reader: Story = {
  parameters: { engine: { members: seenBy({ role: 'reader' }) } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/may read, and write nothing/)).toBeVisible()
    await expect(canvas.queryByTestId('import-input')).toBeNull()
  },
}
export const Unreadable: Story = {
  args: { stage: { stage: 'choosing', problem: 'readings.pdf is not a CSV or JSON file. Save it as one of these.' } },
}
export const Reading: Story = { args: { stage: { stage: 'reading', name: 'readings-march.csv' } } }
export const Ready: Story = {
  args: { stage: { stage: 'ready', file: fileOf(SURVEY) } },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Import 3,000 rows' }))
    await expect(args.onAsked).toHaveBeenCalledWith('run')
  },
}
export const ReservedName: Story = {
  args: { stage: { stage: 'ready', file: fileOf(SURVEY) } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.clear(canvas.getByTestId('import-type'))
    await userEvent.type(canvas.getByTestId('import-type'), 'device')
    await expect(canvas.getByRole('alert')).toHaveTextContent('The app uses “device” itself')
    await expect(canvas.getByTestId('import-start')).toBeDisabled()
  },
}
export const WithBadRows: Story = {
  args: {
    stage: { stage: 'ready', file: fileOf({ ...SURVEY, bad: [{ row: 7, reason: 'has 4 columns, not 3' }] }) },
    plan: { ...PLAN, bad: [{ row: 7, reason: 'has 4 columns, not 3' }], unchanged: 12 },
  },
}
export const EmptyFile: Story = {
  args: {
    stage: { stage: 'ready', file: fileOf({ ...SURVEY, rows: [] }, 'empty.csv') },
    plan: { inputs: [], bad: [], unchanged: 0 },
  },
}
export const WideFile: Story = {
  args: {
    stage: {
      stage: 'ready',
      file: fileOf(
        table(9, [UNBROKEN, ...Array.from({ length: 30 }, (_, at) => `column ${at + 1}`)], () => LONG),
        `${UNBROKEN}.csv`,
      ),
    },
  },
}
export const Importing: Story = {
  args: { stage: { stage: 'importing', file: fileOf(SURVEY), done: 1_500, total: 3_000 } },
  play: async ({ canvas, userEvent, args }) => {
    await expect(canvas.getByRole('progressbar')).toHaveAttribute('value', '1500')
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel' }))
    await expect(args.onAsked).toHaveBeenCalledWith('cancel')
  },
}
const done = (result: Extract<ImportStage, { stage: 'done' }>['result'], plan = PLAN): ImportStage => ({
  stage: 'done',
  file: fileOf(SURVEY),
  plan,
  result,
  choices: CHOICES,
})
export const Done: Story = {
  args: { stage: done({ imported: 3_000, bad: [], left: 0 }) },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Show the records' }))
    await expect(args.onAsked).toHaveBeenCalledWith('show reading')
  },
}
export const DoneWithBadRows: Story = {
  args: {
    stage: done(
      { imported: 2_700, bad: [{ row: 12, reason: 'An entry is larger than 1 MiB.' }], left: 0 },
      { ...PLAN, bad: Array.from({ length: 299 }, (_, at) => ({ row: at + 20, reason: 'no value in “meter”' })) },
    ),
  },
}
export const Canceled: Story = { args: { stage: done({ imported: 1_500, bad: [], left: 1_500 }) } }
export const StorageFull: Story = {
  args: { stage: done({ imported: 1_500, bad: [], left: 1_500, problem: new FieldmeshError('storage-full') }) },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Import the rest' }))
    await expect(args.onAsked).toHaveBeenCalledWith('run')
  },
}
export const Phone: Story = { args: { stage: { stage: 'ready', file: fileOf(SURVEY) } }, ...phone }
export const RightToLeft: Story = { args: { stage: { stage: 'ready', file: fileOf(SURVEY) } }, ...rightToLeft }
