// Written by stories/support/machines-write.ts from the machine; a test tells when the two differ.
import type { Meta, StoryObj } from '@storybook/react-vite'
import { MachineWalk, walking } from '../support/machines-walk.tsx'

const meta = {
  title: 'Machines/reassembly/Walks',
  component: MachineWalk,
  tags: ['!autodocs'],
  ...walking,
} satisfies Meta<typeof MachineWalk>
export default meta
type Story = StoryObj<typeof meta>

export const Stalled: Story = {
  name: 'stalled',
  args: { machine: 'reassembly', to: 'reassembly.stalled' },
}

export const Complete: Story = {
  name: 'complete',
  args: { machine: 'reassembly', to: 'reassembly.complete' },
}

export const Abandoned: Story = {
  name: 'abandoned',
  args: { machine: 'reassembly', to: 'reassembly.abandoned' },
}
