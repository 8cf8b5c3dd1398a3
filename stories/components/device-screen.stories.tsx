import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, waitFor, within } from 'storybook/test'
import type { PeerStatus } from '#engine/types'
import type { FaultCode } from '#model/fault'
import type { LoggedFault } from '../../src/demo/fault-log.ts'
import { DeviceScreen } from '../../src/demo/screens/device-screen.tsx'
import { BEN, DEPOT, NAMELESS, record, UNBROKEN } from '../support/people.ts'
import { asking, certified, member, seenBy } from '../support/story-members.ts'
import { phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const logOf = (faults: readonly LoggedFault[]) => ({ subscribe: () => () => {}, read: () => faults })
const NO_FAULTS = logOf([])
const LAST_SEEN = Date.UTC(2026, 2, 14, 9)

const meta = {
  title: 'Components/DeviceScreen',
  component: DeviceScreen,
  args: { faults: NO_FAULTS },
  decorators: [
    (Story) => (
      <main className="main">
        <Story />
      </main>
    ),
    withEngine,
  ],
} satisfies Meta<typeof DeviceScreen>
export default meta
type Story = StoryObj<typeof meta>

const peer = (peerId: string, state: PeerStatus['state'], more: Partial<PeerStatus> = {}): PeerStatus => ({
  peerId,
  state,
  lacks: 0,
  ahead: 0,
  lastSeen: LAST_SEEN,
  ...more,
})
const among = (...peers: readonly PeerStatus[]): Story => ({
  parameters: {
    engine: { status: { mode: 'online', signalingConnected: true, signaling: { state: 'online' }, peers } },
  },
})
const inState = (state: PeerStatus['state'], fault?: FaultCode): Story => ({
  ...among(peer(BEN, state, fault && { fault })),
  play: async ({ canvas }) => {
    const card = canvas.getByTestId(`device-${BEN}`)
    await expect(card).toHaveTextContent('Ben’s phone')
    const retry = within(card).queryByRole('button', { name: 'Try again' })
    await expect(retry === null).toBe(state === 'connected')
  },
})

export const Alone: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/No other device yet/)).toBeVisible()
  },
}
export const Opening: Story = { parameters: { engine: { status: { phase: 'opening' }, methods: { peerId: '' } } } }
export const Company: Story = among(
  peer(BEN, 'connected', { rttMs: 12, lacks: 3 }),
  peer(DEPOT, 'absent', { lacks: 430 }),
  peer(NAMELESS, 'connecting', { ahead: 18 }),
)
export const Absent: Story = inState('absent', 'peer-absent')
export const Connecting: Story = inState('connecting')
export const Connected: Story = inState('connected')
export const Recovering: Story = inState('recovering', 'link-silent')
export const Waiting: Story = inState('waiting', 'link-timeout')
export const GaveUp: Story = inState('gaveUp', 'link-timeout')
export const Refused: Story = inState('refused', 'wire-version')
const ROOM = certified(
  asking(NAMELESS),
  member(BEN, { name: 'Ben’s phone' }),
  member('rEader', { name: 'Office', role: 'reader' }),
  member(DEPOT, { name: 'Depot', standing: 'removed', quarantined: 3 }),
)
const AMONG = among(peer(BEN, 'connected', { rttMs: 12 }), peer(NAMELESS, 'refused', { fault: 'member-unknown' }))
const ADMINS: Story = {
  parameters: { engine: { ...(AMONG.parameters?.['engine'] as object), members: ROOM } },
}
/** Every device of the room, met or not; the removed ones apart. */
export const WithAdmins: Story = {
  ...ADMINS,
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('device-rEader')).toHaveTextContent('Reader')
    await expect(canvas.queryByTestId(`device-${DEPOT}`)).toBeNull()
    await expect(canvas.getByTestId('removed-devices')).toHaveTextContent('1 removed device')
    await expect(canvas.getByTestId('quarantined-count')).toHaveTextContent(/^3 entries/)
  },
}
/** From the notice to the member: the list tells, and the focus is on the page. */
export const AddsADevice: Story = {
  ...ADMINS,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(within(canvas.getByTestId('waiting-notice')).getByRole('button', { name: 'Add device…' }))
    await userEvent.type(screen.getByLabelText('Name of the device'), 'Cem’s laptop')
    await userEvent.click(screen.getByLabelText('The digits are the same'))
    await userEvent.click(screen.getByTestId('confirm-admit'))
    await expect(await canvas.findByText('Cem’s laptop is admitted: Member.')).toBeVisible()
    await expect(canvas.queryByTestId('waiting-notice')).toBeNull()
    await expect(canvas.getByTestId(`device-${NAMELESS}`)).toHaveTextContent('Cem’s laptop')
    await expect(canvas.getByRole('heading', { level: 1 })).toHaveFocus()
  },
}
export const RemovesADevice: Story = {
  ...ADMINS,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByTestId(`remove-${BEN}`))
    await userEvent.click(screen.getByTestId('confirm-remove'))
    await expect(await canvas.findByText(/^Ben’s phone .* is removed\.$/)).toBeVisible()
    await expect(canvas.queryByTestId(`device-${BEN}`)).toBeNull()
    await expect(canvas.getByTestId('removed-devices')).toHaveTextContent('2 removed devices')
  },
}
/** Nothing decided: the focus is back at what opened the question. */
export const ThinksTwice: Story = {
  ...ADMINS,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByTestId(`remove-${BEN}`))
    await userEvent.click(screen.getByRole('button', { name: 'Keep it' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await expect(canvas.getByTestId(`remove-${BEN}`)).toHaveFocus()
  },
}
export const NoAdmin: Story = {
  parameters: {
    engine: { members: seenBy({}, asking(NAMELESS), member(BEN, { name: 'Ben’s phone', role: 'admin' })) },
  },
}
/** Whoever has the invitation, until somebody removes it. */
export const AnybodyRemoves: Story = {
  parameters: {
    engine: {
      members: {
        policy: 'tofu',
        mayDecide: true,
        list: [member(BEN), member(DEPOT, { standing: 'removed' })],
      },
    },
  },
}
export const Faults: Story = {
  args: {
    faults: logOf([
      { fault: 'wire-malformed', peerId: NAMELESS, times: 3, at: LAST_SEEN },
      { fault: 'storage-full', times: 1, at: LAST_SEEN },
    ]),
  },
}
export const LongText: Story = {
  parameters: {
    engine: {
      records: [record('device', NAMELESS, { name: UNBROKEN })],
      status: { peers: [peer(NAMELESS, 'gaveUp', { fault: 'link-timeout', lacks: 1_204_311, ahead: 88_001 })] },
    },
  },
}
export const Phone: Story = { ...WithAdmins, ...phone }
export const RightToLeft: Story = { parameters: { ...WithAdmins.parameters, ...rightToLeft.parameters } }
