// Written by stories/support/machines-write.ts from the machine; a test tells when the two differ.
import type { Meta, StoryObj } from '@storybook/react-vite'
import { MachineWalk, walking } from '../support/machines-walk.tsx'

const meta = {
  title: 'Machines/signaling/Walks',
  component: MachineWalk,
  tags: ['!autodocs'],
  ...walking,
} satisfies Meta<typeof MachineWalk>
export default meta
type Story = StoryObj<typeof meta>

export const Offline: Story = {
  name: 'offline',
  args: { machine: 'signaling', to: 'signaling.offline' },
}

export const UpJoining: Story = {
  name: 'up.joining',
  args: { machine: 'signaling', to: 'signaling.up.joining' },
}

export const UpOnline: Story = {
  name: 'up.online',
  args: { machine: 'signaling', to: 'signaling.up.online' },
}

export const Waiting: Story = {
  name: 'waiting',
  args: { machine: 'signaling', to: 'signaling.waiting' },
}

export const GaveUp: Story = {
  name: 'gaveUp',
  args: { machine: 'signaling', to: 'signaling.gaveUp' },
}

export const Refused: Story = {
  name: 'refused',
  args: { machine: 'signaling', to: 'signaling.refused' },
}
