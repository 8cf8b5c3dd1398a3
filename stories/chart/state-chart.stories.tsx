import type { Meta, StoryObj } from '@storybook/react-vite'
import { type AnyStateMachine, createActor } from 'xstate'
import { expect, waitFor } from 'storybook/test'
import { activeStates, describeMachine, StateChart } from '#chart/index'
import { chartOf, type MachineId } from '../support/machines.ts'
import { LivePlant } from './live-plant.tsx'
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
  await waitFor(() => expect(canvasElement.querySelector('.fm-box')).not.toBeNull(), { timeout: 60_000 })
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

/** A machine of 132 states that runs: it opens where it goes, and lights up. */
export const Live: Story = {
  args: Large.args,
  render: () => <LivePlant />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const litLeaves = () =>
      [...canvasElement.querySelectorAll('.fm-box[data-lit]:not([data-fold=open])')].map((box) =>
        box.getAttribute('data-state')?.replace('plant.', ''),
      )
    const is = (...states: string[]) => waitFor(() => expect(litLeaves()).toEqual(states), { timeout: 60_000 })
    const press = (name: string) => userEvent.click(canvas.getByRole('button', { name }))
    const all = (station: string) => ['mixing', 'brewing', 'bottling'].map((line) => `running.${line}.${station}`)
    await is('standby')
    await press('switch on')
    await is(...all('station1.idle'))
    await press('next')
    await press('next')
    await is(...all('station1.heating'))
    await press('45 s later')
    await is(...all('station1.cooling'))
    await press('hand over')
    await is(...all('station2.idle'))
    await expect(canvasElement.querySelectorAll('.fm-edge[data-last]')).toHaveLength(3)
  },
}
export const Dark: Story = { ...Medium, args: { ...Medium.args, theme: 'dark' } as Story['args'] & object }
export const RightToLeft: Story = { ...Medium, parameters: { dir: 'rtl' } }
export const Phone: Story = { ...Medium, globals: { viewport: { value: 'phone', isRotated: false } } }
