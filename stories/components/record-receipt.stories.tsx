import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import type { Receipt } from '#engine/types'
import type { Dot } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { RecordReceipt } from '../../src/demo/parts/record-receipt.tsx'
import { BEN, DEPOT, LONG, NAMELESS, readings, record, UNBROKEN } from '../support/people.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const [reading] = readings(1)
const meta = {
  title: 'Components/RecordReceipt',
  component: RecordReceipt,
  args: { record: reading as NonNullable<typeof reading> },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof RecordReceipt>
export default meta
type Story = StoryObj<typeof meta>

const on = (...peers: readonly string[]) => ({
  receipt: (dot: Dot): Receipt => ({
    dot,
    state: peers.length === 3 ? 'all' : peers.length > 0 ? 'some' : 'local',
    on: peers,
    lacking: [BEN, DEPOT, NAMELESS].filter((peer) => !peers.includes(peer)),
  }),
})

const saying = (words: string, engine: object): Story => ({
  parameters: { engine },
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('receipt')).toHaveTextContent(words)
  },
})

export const NobodyKnown: Story = saying('No other device is known yet', {})
export const OnlyHere: Story = saying('On 1 of 4 devices', on())
export const OnSome: Story = saying('On 2 of 4 devices', on(DEPOT))
export const OnAll: Story = saying('On 4 of 4 devices', on(BEN, DEPOT, NAMELESS))
/** While the engine is opening nothing is known, and nothing is claimed. */
export const Opening: Story = {
  parameters: {
    engine: {
      receipt: () => {
        throw new FieldmeshError('not-running')
      },
    },
  },
  play: async ({ canvas }) => {
    await expect(canvas.queryByTestId('receipt')).toBeNull()
  },
}
export const LongText: Story = {
  parameters: {
    engine: {
      records: [
        record('device', NAMELESS, { name: UNBROKEN }),
        record('device', 'xAnotherEEEEEEEEEEEEEE', { name: LONG }),
      ],
      receipt: (dot: Dot): Receipt => ({
        dot,
        state: 'some',
        on: [DEPOT],
        lacking: [BEN, NAMELESS, 'xAnotherEEEEEEEEEEEEEE'],
      }),
    },
  },
}
export const Phone: Story = { ...OnlyHere, ...phone }
export const RightToLeft: Story = { parameters: { engine: on(DEPOT), ...rightToLeft.parameters } }
