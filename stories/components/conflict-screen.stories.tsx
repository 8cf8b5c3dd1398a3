import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import type { Json } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import type { ConflictView } from '#model/view'
import { ConflictScreen } from '../../src/demo/screens/conflict-screen.tsx'
import { ARABIC, BEN, LONG, ME, NAMELESS, readings, UNBROKEN } from '../support/people.ts'
import { seenBy } from '../support/story-members.ts'
import { phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/ConflictScreen',
  component: ConflictScreen,
  args: { onEdit: fn() },
  decorators: [
    (Story) => (
      <main className="main">
        <Story />
      </main>
    ),
    withEngine,
  ],
} satisfies Meta<typeof ConflictScreen>
export default meta
type Story = StoryObj<typeof meta>

const WHEN = Date.UTC(2026, 2, 14, 9)
const written = (value: Json, peerId: string, seq: number) => ({ value, dot: { peerId, seq }, timestamp: WHEN })
const between = (id: string, field: string, mine: Json, theirs: Json): ConflictView => ({
  resourceType: 'reading',
  id,
  field,
  winner: written(mine, ME, 9),
  others: [written(theirs, BEN, 4)],
})
const known = readings(30)
const showing = (...conflicts: readonly ConflictView[]): Story => ({
  parameters: { engine: { records: known, conflicts } },
})

export const None: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('status')).toHaveTextContent('No conflicts.')
  },
}
export const OneValue: Story = {
  ...showing(between('m-1', 'value', 812, 821)),
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Open' }))
    await expect(args.onEdit).toHaveBeenCalledWith({ type: 'reading', id: 'm-1' })
  },
}
/** Who may write nothing decides nothing, and is told why. */
export const Reader: Story = {
  parameters: {
    engine: {
      records: known,
      conflicts: [between('m-1', 'value', 812, 821)],
      members: seenBy({ role: 'reader' }),
    },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/may read, and write nothing/)).toBeVisible()
    for (const choice of canvas.getAllByRole('button', { name: 'Use this' })) await expect(choice).toBeDisabled()
  },
}
export const ThreeDevices: Story = showing({
  ...between('m-1', 'value', 812, 821),
  others: [written(821, BEN, 4), written(128, NAMELESS, 2)],
})
export const EditedAndDeleted: Story = showing({
  resourceType: 'reading',
  id: 'm-2',
  field: '$alive',
  winner: written(true, ME, 9),
  others: [written(false, BEN, 4)],
})
export const EmptyValue: Story = showing(between('m-3', 'note', '', 'Key with the janitor'))
export const ManyConflicts: Story = showing(
  ...Array.from({ length: 120 }, (_, at) => between(`m-${at + 1}`, 'value', at, at + 1)),
)
export const LongText: Story = showing(between('m-1', UNBROKEN, LONG.repeat(2), UNBROKEN.repeat(2)))
export const NotSaved: Story = {
  parameters: {
    engine: {
      records: known,
      conflicts: [between('m-1', 'value', 812, 821)],
      methods: { put: () => Promise.reject(new FieldmeshError('storage-full')) },
    },
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getAllByRole('button', { name: 'Use this' })[0] as HTMLElement)
    await expect(await canvas.findByTestId('problem')).toBeVisible()
  },
}
export const Phone: Story = { ...showing(between('m-1', 'value', 812, 821)), ...phone }
export const RightToLeft: Story = {
  parameters: {
    engine: { records: [ARABIC], conflicts: [between('m-ar', 'value', 1812, 1821)] },
    ...rightToLeft.parameters,
  },
}
