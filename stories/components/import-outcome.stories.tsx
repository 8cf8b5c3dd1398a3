import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import { ImportOutcome } from '../../src/demo/import/import-outcome.tsx'
import { LONG, UNBROKEN } from '../support/people.ts'
import { PLAN } from '../support/survey.ts'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/ImportOutcome',
  component: ImportOutcome,
  args: {
    name: 'readings-march.csv',
    plan: PLAN,
    result: { imported: 3_000, bad: [], left: 0 },
    onResume: fn(),
    onShow: fn(),
    onAgain: fn(),
  },
  decorators: [onScreen],
} satisfies Meta<typeof ImportOutcome>
export default meta
type Story = StoryObj<typeof meta>

export const All: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText('3,000 rows imported')).toBeVisible()
    await expect(canvas.queryByTestId('import-resume')).toBeNull()
  },
}
export const NothingNew: Story = {
  args: { plan: { inputs: [], bad: [], unchanged: 3_000 }, result: { imported: 0, bad: [], left: 0 } },
}
/** More bad rows than a person reads. */
export const ManyBadRows: Story = {
  args: {
    plan: { ...PLAN, bad: Array.from({ length: 900 }, (_, at) => ({ row: at + 2, reason: 'no value in “meter”' })) },
    result: { imported: 2_100, bad: [], left: 0 },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('and 700 more')).toBeVisible()
  },
}
export const Stopped: Story = {
  args: { result: { imported: 500, bad: [], left: 2_500, problem: new FieldmeshError('storage-full') } },
}
export const LongText: Story = {
  args: {
    name: `${UNBROKEN}.csv`,
    plan: { ...PLAN, bad: [LONG, UNBROKEN.repeat(2)].map((reason, at) => ({ row: at + 2, reason })) },
    result: { imported: 2_998, bad: [], left: 0 },
  },
}
export const Phone: Story = { ...Stopped, ...phone }
export const RightToLeft: Story = { ...rightToLeft }
