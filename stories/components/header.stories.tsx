import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import type { PeerStatus, SyncStatus } from '#engine/types'
import { Header } from '../../src/demo/parts/header.tsx'
import { BEN, DEPOT } from '../support/people.ts'
import { phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = { title: 'Components/Header', component: Header, decorators: [withEngine] } satisfies Meta<typeof Header>
export default meta
type Story = StoryObj<typeof meta>

const peer = (peerId: string, state: PeerStatus['state']): PeerStatus => ({
  peerId,
  state,
  lacks: 0,
  ahead: 0,
  lastSeen: 0,
})

/** A story of one status, and the words that a person must find in it. */
const saying = (words: string, status: Partial<SyncStatus>): Story => ({
  parameters: { engine: { status } },
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('connection-state')).toHaveTextContent(words)
  },
})

export const Opening: Story = saying('Opening…', { phase: 'opening' })
export const Alone: Story = saying('Offline, saving here', {})
export const NobodyInReach: Story = saying('No other device in reach', { mode: 'online', signalingConnected: true })
export const Connecting: Story = saying('Connecting…', {
  mode: 'online',
  signalingConnected: true,
  peers: [peer(BEN, 'connecting')],
})
export const Connected: Story = saying('Connected to 2 devices', {
  mode: 'online',
  signalingConnected: true,
  peers: [peer(BEN, 'connected'), peer(DEPOT, 'connected')],
})
export const ConnectedWithoutServer: Story = saying('Connected to 1, no server', {
  mode: 'offline-p2p',
  peers: [peer(BEN, 'connected')],
})
export const MuchToSend: Story = saying('Offline, saving here', { outboxCount: 12_480 })
export const NotSaving: Story = saying('Not saving', { phase: 'failed', fault: 'storage-failed' })
export const Stopped: Story = saying('Stopped', { phase: 'idle' })
export const AnotherTab: Story = saying('Another tab is active', { phase: 'standby' })
export const Phone: Story = { ...MuchToSend, ...phone }
export const RightToLeft: Story = {
  ...Connected,
  parameters: { ...Connected.parameters, ...rightToLeft.parameters },
}
