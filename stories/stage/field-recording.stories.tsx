import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fireEvent, userEvent, waitFor, within } from 'storybook/test'
import type { Recording } from '#inspector/records.types'
import { brokenDoor } from '../inspector/broken-door.ts'
import { meeting } from '../inspector/recorded-world.ts'
import { FieldRecordingView } from './field-recording-view.tsx'

/** What flight recorders saved in the field, replayed at the desk: all devices at any moment, side by side. */
const meta = {
  title: 'Stage/Field recording',
  component: FieldRecordingView,
  tags: ['!autodocs'],
  render: (_args, { loaded }) => <FieldRecordingView example={(loaded['example'] ?? []) as readonly Recording[]} />,
} satisfies Meta<typeof FieldRecordingView>
export default meta
type Story = StoryObj<typeof meta>
type Canvas = ReturnType<typeof within>

const fileOf = (content: string, name: string) => new File([content], name, { type: 'application/json' })
const momentIn = (canvas: Canvas) => canvas.getByRole('slider', { name: 'Moment' }) as HTMLInputElement
const deviceIn = (canvas: Canvas, name: string) => within(canvas.getByRole('region', { name }))
const scrubTo = (canvas: Canvas, value: string) => fireEvent.change(momentIn(canvas), { target: { value } })

/** Waits for the chart that is open on a device to light a state. */
const lit = (canvas: Canvas, device: string, state: string) =>
  waitFor(
    () => {
      const chart = deviceIn(canvas, device).getByRole('tabpanel')
      const box = chart.querySelector(`[data-state="${CSS.escape(state)}"]`)
      if (!box?.hasAttribute('data-lit')) throw new Error(`${state} is not lit on ${device}.`)
    },
    { timeout: 60_000 },
  )

/** Two devices that met, were cut off from each other and found each other again. */
export const CutAndRecovery: Story = {
  loaders: [async () => ({ example: await meeting() })],
  play: async ({ canvas }) => {
    const [anna, ben] = ['Anna’s tablet', 'Ben’s phone'] as const
    await scrubTo(canvas, '0')
    await expect(canvas.getByRole('region', { name: anna })).toHaveTextContent('Opening…')
    await expect(deviceIn(canvas, anna).queryByRole('tab', { name: `to ${ben}` })).toBeNull()
    await lit(canvas, anna, 'sync-engine.active')

    const next = canvas.getByRole('button', { name: 'On to the next fault' })
    await userEvent.click(next)
    await userEvent.click(next)
    for (const name of [anna, ben]) {
      await expect(canvas.getByRole('region', { name })).toHaveTextContent('Repairing the connection')
      await lit(canvas, name, 'sync-peer.link.engaged.open.connected.alive.suspect')
    }
    const before = Number(momentIn(canvas).value)
    await userEvent.click(canvas.getByRole('button', { name: 'Back: one event' }))
    await expect(Number(momentIn(canvas).value)).toBe(before - 1)

    await scrubTo(canvas, momentIn(canvas).max)
    await expect(next).toBeDisabled()
    for (const name of [anna, ben]) {
      await expect(canvas.getByRole('region', { name })).toHaveTextContent('Connected to 1 device')
      await lit(canvas, name, 'sync-peer.link.engaged.open.connected.alive.healthy')
    }
    await expect(canvas.getByRole('main')).not.toHaveTextContent('Left basement door')
    await userEvent.click(canvas.getByRole('button', { name: 'Back to the last fault' }))
    await expect(canvas.getByRole('main')).toHaveTextContent('The other device stopped answering.')
  },
}

/** The same in the dark. */
export const CutAndRecoveryDark: Story = { ...CutAndRecovery, globals: { theme: 'dark' } }

/** Nothing is open yet: what to do. A file that is not whole is refused in words. */
export const NoRecording: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('main')).toHaveTextContent('press “Save”')
    const whole = JSON.stringify(brokenDoor())
    await userEvent.upload(canvas.getByTestId('open-recording'), fileOf(whole.slice(0, -100), 'torn.json'))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('torn.json This recording is not whole')
    await expect(canvas.getByRole('heading', { name: 'No recording is open' })).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Understood' }))
    await expect(canvas.queryByRole('alert')).toBeNull()
  },
}

/** Files dropped on the page; a law that did not hold is the first thing shown, in red. */
export const LawBrokenDropped: Story = {
  play: async ({ canvas, canvasElement }) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(fileOf(JSON.stringify(brokenDoor()), 'door.fieldmesh-recording.json'))
    const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer })
    canvasElement.querySelector('.stage')?.dispatchEvent(drop)
    const wrong = await canvas.findByRole('list', { name: 'What went wrong on A door' })
    await expect(wrong).toHaveTextContent('an open door is never locked')
    await lit(canvas, 'A door', 'door.open')
  },
}
