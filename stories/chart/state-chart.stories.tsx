import type { Meta, StoryObj } from '@storybook/react-vite'
import { type AnyStateMachine, createActor } from 'xstate'
import { expect, waitFor } from 'storybook/test'
import { activeStates, describeMachine, StateChart } from '#chart/index'
import { chartOf, type MachineId } from '../support/machines.ts'
import { lampMachine, orderMachine, plantMachine } from './odd-machines.ts'

const meta = {
  title: 'Chart/StateChart',
  component: StateChart,
  decorators: [
    (Story) => (
      <main style={{ padding: '1rem' }}>
        <Story />
      </main>
    ),
  ],
} satisfies Meta<typeof StateChart>
export default meta
type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const initially = (machine: AnyStateMachine): string[] => activeStates(createActor(machine).getSnapshot())

/** The machine is drawn, and where it is is lit. */
const isDrawn: Play = async ({ canvasElement, args }) => {
  await waitFor(() => expect(canvasElement.querySelector('.fm-box')).not.toBeNull(), { timeout: 20_000 })
  const lit = [...canvasElement.querySelectorAll('.fm-box[data-lit]')].map((box) => box.getAttribute('data-state'))
  await expect(lit).toEqual(args.active ?? [])
}

const ours = (id: MachineId, active?: readonly string[]): Story => ({
  args: { model: chartOf(id), ...(active && { active }) },
  play: isDrawn,
})

const his = (machine: AnyStateMachine): Story => ({
  args: { model: describeMachine(machine), active: initially(machine) },
  play: isDrawn,
})

export const SyncEngine: Story = ours('sync-engine')
export const SyncMesh: Story = ours('sync-mesh')
export const SyncPeer: Story = ours('sync-peer')
export const Signaling: Story = ours('signaling')
export const Reassembly: Story = ours('reassembly')
export const Small: Story = his(lampMachine)
export const Medium: Story = his(orderMachine)
export const Large: Story = his(plantMachine)
export const Dark: Story = { ...Medium, args: { ...Medium.args, theme: 'dark' } as Story['args'] & object }
export const Phone: Story = { ...Medium, globals: { viewport: { value: 'phone', isRotated: false } } }
