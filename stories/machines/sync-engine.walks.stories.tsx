// Written by stories/support/machines-write.ts from the machine; a test tells when the two differ.
import type { Meta, StoryObj } from '@storybook/react-vite'
import { MachineWalk, walking } from '../support/machines-walk.tsx'

const meta = {
  title: 'Machines/sync-engine/Walks',
  component: MachineWalk,
  tags: ['!autodocs'],
  ...walking,
} satisfies Meta<typeof MachineWalk>
export default meta
type Story = StoryObj<typeof meta>

export const ActiveOpeningAcquiring: Story = {
  name: 'active.opening.acquiring',
  args: { machine: 'sync-engine', to: 'sync-engine.active.opening.acquiring' },
}

export const ActiveOpeningStandingBy: Story = {
  name: 'active.opening.standingBy',
  args: { machine: 'sync-engine', to: 'sync-engine.active.opening.standingBy' },
}

export const ActiveOpeningLoadingWanted: Story = {
  name: 'active.opening.loading.wanted',
  args: { machine: 'sync-engine', to: 'sync-engine.active.opening.loading.wanted' },
}

export const ActiveOpeningLoadingDropped: Story = {
  name: 'active.opening.loading.dropped',
  args: { machine: 'sync-engine', to: 'sync-engine.active.opening.loading.dropped' },
}

export const ActiveOpeningLoadingLost: Story = {
  name: 'active.opening.loading.lost',
  args: { machine: 'sync-engine', to: 'sync-engine.active.opening.loading.lost' },
}

export const ActiveUpHealthy: Story = {
  name: 'active.up.healthy',
  args: { machine: 'sync-engine', to: 'sync-engine.active.up.healthy' },
}

export const ActiveUpStorageTroubled: Story = {
  name: 'active.up.storageTroubled',
  args: { machine: 'sync-engine', to: 'sync-engine.active.up.storageTroubled' },
}

export const ActiveUpLeaving: Story = {
  name: 'active.up.leaving',
  args: { machine: 'sync-engine', to: 'sync-engine.active.up.leaving' },
}

export const ActiveMending: Story = {
  name: 'active.mending',
  args: { machine: 'sync-engine', to: 'sync-engine.active.mending' },
}

export const ActiveClosingEnding: Story = {
  name: 'active.closing.ending',
  args: { machine: 'sync-engine', to: 'sync-engine.active.closing.ending' },
}

export const ActiveClosingReturning: Story = {
  name: 'active.closing.returning',
  args: { machine: 'sync-engine', to: 'sync-engine.active.closing.returning' },
}

export const YieldingQueueing: Story = {
  name: 'yielding.queueing',
  args: { machine: 'sync-engine', to: 'sync-engine.yielding.queueing' },
}

export const YieldingStopping: Story = {
  name: 'yielding.stopping',
  args: { machine: 'sync-engine', to: 'sync-engine.yielding.stopping' },
}

export const Failed: Story = {
  name: 'failed',
  args: { machine: 'sync-engine', to: 'failed' },
}
