// Written by stories/support/machines-write.ts from the machine; a test tells when the two differ.
import type { Meta, StoryObj } from '@storybook/react-vite'
import { MachineWalk, walking } from '../support/machines-walk.tsx'

const meta = {
  title: 'Machines/sync-mesh/Walks',
  component: MachineWalk,
  tags: ['!autodocs'],
  ...walking,
} satisfies Meta<typeof MachineWalk>
export default meta
type Story = StoryObj<typeof meta>

export const RunningMembershipMending: Story = {
  name: 'running.membership.mending',
  args: { machine: 'sync-mesh', to: 'sync-mesh.running.membership.mending' },
}

export const RunningRendezvousServedViaServer: Story = {
  name: 'running.rendezvous.served.viaServer',
  args: { machine: 'sync-mesh', to: 'sync-mesh.running.rendezvous.served.viaServer' },
}

export const RunningRendezvousServedAlone: Story = {
  name: 'running.rendezvous.served.alone',
  args: { machine: 'sync-mesh', to: 'sync-mesh.running.rendezvous.served.alone' },
}

export const RunningRendezvousServedStranded: Story = {
  name: 'running.rendezvous.served.stranded',
  args: { machine: 'sync-mesh', to: 'sync-mesh.running.rendezvous.served.stranded' },
}

export const RunningRendezvousServedLinked: Story = {
  name: 'running.rendezvous.served.linked',
  args: { machine: 'sync-mesh', to: 'sync-mesh.running.rendezvous.served.linked' },
}

export const RunningRendezvousMending: Story = {
  name: 'running.rendezvous.mending',
  args: { machine: 'sync-mesh', to: 'sync-mesh.running.rendezvous.mending' },
}

export const Closed: Story = {
  name: 'closed',
  args: { machine: 'sync-mesh', to: 'sync-mesh.closed' },
}
