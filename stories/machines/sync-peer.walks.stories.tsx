// Written by stories/support/machines-write.ts from the machine; a test tells when the two differ.
import type { Meta, StoryObj } from '@storybook/react-vite'
import { MachineWalk, walking } from '../support/machines-walk.tsx'

const meta = {
  title: 'Machines/sync-peer/Walks',
  component: MachineWalk,
  tags: ['!autodocs'],
  ...walking,
} satisfies Meta<typeof MachineWalk>
export default meta
type Story = StoryObj<typeof meta>

export const RosterListed: Story = {
  name: 'roster.listed',
  args: { machine: 'sync-peer', to: 'sync-peer.roster.listed' },
}

export const LinkAwaitingOffer: Story = {
  name: 'link.awaitingOffer',
  args: { machine: 'sync-peer', to: 'sync-peer.link.awaitingOffer' },
}

export const LinkEngagedReachingDialingCalled: Story = {
  name: 'link.engaged.reaching.dialing.called',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.reaching.dialing.called' },
}

export const LinkEngagedReachingDialingOverdue: Story = {
  name: 'link.engaged.reaching.dialing.overdue',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.reaching.dialing.overdue' },
}

export const LinkEngagedReachingAnswering: Story = {
  name: 'link.engaged.reaching.answering',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.reaching.answering' },
}

export const LinkEngagedOpenGreeting: Story = {
  name: 'link.engaged.open.greeting',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.open.greeting' },
}

export const LinkEngagedOpenProving: Story = {
  name: 'link.engaged.open.proving',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.open.proving' },
}

export const LinkEngagedOpenConnectedAliveHealthy: Story = {
  name: 'link.engaged.open.connected.alive.healthy',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.open.connected.alive.healthy' },
}

export const LinkEngagedOpenConnectedAliveProbing: Story = {
  name: 'link.engaged.open.connected.alive.probing',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.open.connected.alive.probing' },
}

export const LinkEngagedOpenConnectedAliveSuspect: Story = {
  name: 'link.engaged.open.connected.alive.suspect',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.open.connected.alive.suspect' },
}

export const LinkEngagedOpenConnectedDisconnected: Story = {
  name: 'link.engaged.open.connected.disconnected',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.open.connected.disconnected' },
}

export const LinkEngagedOpenConnectedSilent: Story = {
  name: 'link.engaged.open.connected.silent',
  args: { machine: 'sync-peer', to: 'silent' },
}

export const LinkEngagedOpenConnectedAwaitingSignaling: Story = {
  name: 'link.engaged.open.connected.awaitingSignaling',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.open.connected.awaitingSignaling' },
}

export const LinkEngagedOpenConnectedRestartingIce: Story = {
  name: 'link.engaged.open.connected.restartingIce',
  args: { machine: 'sync-peer', to: 'sync-peer.link.engaged.open.connected.restartingIce' },
}

export const LinkWaiting: Story = {
  name: 'link.waiting',
  args: { machine: 'sync-peer', to: 'sync-peer.link.waiting' },
}

export const LinkGaveUp: Story = {
  name: 'link.gaveUp',
  args: { machine: 'sync-peer', to: 'sync-peer.link.gaveUp' },
}

export const LinkLeft: Story = {
  name: 'link.left',
  args: { machine: 'sync-peer', to: 'left' },
}

export const LinkRefused: Story = {
  name: 'link.refused',
  args: { machine: 'sync-peer', to: 'refused' },
}

export const LinkBanned: Story = {
  name: 'link.banned',
  args: { machine: 'sync-peer', to: 'banned' },
}

export const LinkEnded: Story = {
  name: 'link.ended',
  args: { machine: 'sync-peer', to: 'ended' },
}

export const HeedGreeted: Story = {
  name: 'heed.greeted',
  args: { machine: 'sync-peer', to: 'sync-peer.heed.greeted' },
}

export const HeedSpent: Story = {
  name: 'heed.spent',
  args: { machine: 'sync-peer', to: 'sync-peer.heed.spent' },
}

export const OutboundSharingCurrent: Story = {
  name: 'outbound.sharing.current',
  args: { machine: 'sync-peer', to: 'current' },
}

export const OutboundSharingHolding: Story = {
  name: 'outbound.sharing.holding',
  args: { machine: 'sync-peer', to: 'sync-peer.outbound.sharing.holding' },
}

export const OutboundSharingPackingFresh: Story = {
  name: 'outbound.sharing.packing.fresh',
  args: { machine: 'sync-peer', to: 'sync-peer.outbound.sharing.packing.fresh' },
}

export const OutboundSharingPackingStale: Story = {
  name: 'outbound.sharing.packing.stale',
  args: { machine: 'sync-peer', to: 'sync-peer.outbound.sharing.packing.stale' },
}

export const OutboundSharingSending: Story = {
  name: 'outbound.sharing.sending',
  args: { machine: 'sync-peer', to: 'sync-peer.outbound.sharing.sending' },
}

export const InboundClosedOvertaken: Story = {
  name: 'inbound.closed.overtaken',
  args: { machine: 'sync-peer', to: 'sync-peer.inbound.closed.overtaken' },
}

export const InboundListeningReady: Story = {
  name: 'inbound.listening.ready',
  args: { machine: 'sync-peer', to: 'sync-peer.inbound.listening.ready' },
}

export const InboundListeningStorageBlocked: Story = {
  name: 'inbound.listening.storageBlocked',
  args: { machine: 'sync-peer', to: 'sync-peer.inbound.listening.storageBlocked' },
}
