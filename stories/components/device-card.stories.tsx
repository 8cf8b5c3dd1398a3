import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import type { MemberView } from '#engine/members.types'
import type { PeerStatus } from '#engine/types'
import { DeviceCard } from '../../src/demo/parts/device-card.tsx'
import { BEN, NAMELESS, record, UNBROKEN } from '../support/people.ts'
import { asking, certified, member } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const LAST_SEEN = Date.UTC(2026, 2, 14, 9)
const peer = (more: Partial<PeerStatus> = {}): PeerStatus => ({
  peerId: BEN,
  state: 'connected',
  lacks: 0,
  ahead: 0,
  lastSeen: LAST_SEEN,
  ...more,
})

const meta = {
  title: 'Components/DeviceCard',
  component: DeviceCard,
  args: { peerId: BEN, peer: peer(), member: undefined, onDeed: fn() },
  decorators: [(Story) => <ul className="cards">{Story()}</ul>, onScreen, withEngine],
} satisfies Meta<typeof DeviceCard>
export default meta
type Story = StoryObj<typeof meta>

const shown = (of: MemberView, met?: PeerStatus): Story => ({
  args: { peerId: of.peerId, member: of, peer: met },
  parameters: {
    engine: {
      members: certified(of),
      status: { mode: 'online', signalingConnected: true, signaling: { state: 'online' }, peers: met ? [met] : [] },
    },
  },
})

/** Met, and the room keeps no list. */
export const Met: Story = {}
export const Member: Story = {
  ...shown(member(BEN, { name: 'Ben’s phone' }), peer({ rttMs: 12, lacks: 3 })),
  play: async ({ canvas }) => {
    const card = canvas.getByTestId(`device-${BEN}`)
    await expect(card).toHaveTextContent('Ben’s phone')
    await expect(card).toHaveTextContent('Connected')
    await expect(card).toHaveTextContent('Lacks 3 entries of ours')
  },
}
/** Of the room, and never met. */
export const NeverMet: Story = {
  ...shown(member(BEN, { name: 'Ben’s phone', role: 'reader' })),
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId(`device-${BEN}`)).toHaveAttribute('data-state', 'absent')
    await expect(canvas.queryByRole('button', { name: 'Try again' })).toBeNull()
  },
}
export const Asking: Story = shown(
  asking(NAMELESS),
  peer({ peerId: NAMELESS, state: 'refused', fault: 'member-unknown' }),
)
export const Expired: Story = shown(
  member(BEN, { standing: 'expired', until: Date.UTC(2026, 3, 2) }),
  peer({ state: 'refused', fault: 'member-expired' }),
)
/** The name that an admin confirmed goes before the one that the device gave itself. */
export const CallsItselfOtherwise: Story = {
  ...shown(member(NAMELESS, { name: 'Cem’s laptop' })),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('heading', { level: 3 })).toHaveTextContent(/^Cem’s laptop/)
  },
  parameters: {
    engine: {
      members: certified(member(NAMELESS, { name: 'Cem’s laptop' })),
      records: [record('device', NAMELESS, { name: 'Depot' })],
    },
  },
}
export const LongText: Story = shown(
  member(BEN, { name: UNBROKEN, quarantined: 88_001 }),
  peer({ state: 'gaveUp', fault: 'link-timeout', lacks: 1_204_311, ahead: 88_001 }),
)
export const Phone: Story = { ...LongText, ...phone }
export const RightToLeft: Story = {
  args: Member.args ?? {},
  parameters: { ...Member.parameters, ...rightToLeft.parameters },
}
