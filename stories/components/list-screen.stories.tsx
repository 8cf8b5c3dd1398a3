import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { kindOf } from '../../src/demo/records/kinds.ts'
import { ListScreen } from '../../src/demo/screens/list-screen.tsx'
import { ARABIC, BEN, LONG, ME, readings, record, UNBROKEN } from '../support/people.ts'
import { asking, seenBy } from '../support/story-members.ts'
import { phone, rightToLeft, whole, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/ListScreen',
  component: ListScreen,
  args: { kind: kindOf('reading'), onEdit: fn() },
  decorators: [
    (Story) => (
      <main className="main stage-screen">
        <Story />
      </main>
    ),
    whole,
    withEngine,
  ],
} satisfies Meta<typeof ListScreen>
export default meta
type Story = StoryObj<typeof meta>

export const Some: Story = {
  parameters: { engine: { records: readings(12) } },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByTestId('row-m-1'))
    await expect(args.onEdit).toHaveBeenCalledWith({ type: 'reading', id: 'm-1' })
  },
}
export const Empty: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText('No readings yet. Add one, or import a file.')).toBeVisible()
  },
}
export const Reader: Story = {
  parameters: { engine: { records: readings(3), members: seenBy({ role: 'reader' }) } },
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('add')).toBeDisabled()
    await expect(canvas.getByTestId('row-m-1')).toBeEnabled()
  },
}
export const NotAdmittedYet: Story = {
  parameters: { engine: { members: { policy: 'certified', list: [asking(ME)] } } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/No readings yet. This device is not admitted yet/)).toBeVisible()
  },
}
export const Opening: Story = { parameters: { engine: { status: { phase: 'opening' } } } }
export const NotOpen: Story = { parameters: { engine: { status: { phase: 'failed', fault: 'storage-failed' } } } }
export const Searching: Story = {
  parameters: { engine: { records: readings(40) } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByRole('searchbox'), 'mill lane water')
    await expect(await canvas.findByText(/records? found$/)).toBeVisible()
    await expect(Number(canvas.getByTestId('row-count').dataset['count'])).toBeLessThan(40)
  },
}
export const NothingFound: Story = {
  parameters: { engine: { records: readings(40) } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByRole('searchbox'), 'lighthouse')
    await expect(await canvas.findByText('No record has all of these words.')).toBeVisible()
  },
}
/** Drawn only where one looks. */
export const TenThousand: Story = {
  parameters: { engine: { records: readings(10_000) } },
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('row-count')).toHaveTextContent('10,000 records')
    await expect(canvas.getAllByRole('listitem').length).toBeLessThan(60)
  },
}
export const WithConflicts: Story = {
  parameters: {
    engine: {
      records: readings(6).map((it, at) =>
        at % 3 === 1
          ? {
              ...it,
              fields: {
                ...it.fields,
                value: {
                  value: 812,
                  dot: { peerId: BEN, seq: 3 },
                  conflict: [{ value: 821, dot: { peerId: BEN, seq: 4 }, timestamp: 1 }],
                },
              },
            }
          : it,
      ),
    },
  },
}
export const LongText: Story = {
  parameters: {
    engine: {
      records: [
        record('reading', 'm-0', { meter: UNBROKEN, address: LONG, value: 123_456_789.123, unit: 'kWh' }),
        ...readings(2),
      ],
    },
  },
}
export const WorkOrders: Story = {
  args: { kind: kindOf('work-order') },
  parameters: {
    engine: {
      records: [
        record('work-order', 'w-1', {
          title: 'Replace seal',
          address: 'Mill Lane 4',
          status: 'Open',
          priority: 'High',
        }),
        record('work-order', 'w-2', { title: 'Check transformer 7', status: 'In progress', assignee: 'Ben' }),
      ],
    },
  },
}
export const Phone: Story = { ...Some, ...phone }
export const RightToLeft: Story = {
  parameters: { engine: { records: [ARABIC, ...readings(3)] }, ...rightToLeft.parameters },
}
