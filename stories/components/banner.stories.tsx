import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { Banner } from '../../src/demo/parts/banner.tsx'
import { useSyncEngine } from '#react/index'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/Banner',
  component: Banner,
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof Banner>
export default meta
type Story = StoryObj<typeof meta>

/** Nothing needs the user: nothing is shown. */
export const Nothing: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('alert')).toBeNull()
  },
}
export const StorageFull: Story = { parameters: { engine: { status: { fault: 'storage-full' } } } }
export const ClockSuspect: Story = { parameters: { engine: { status: { fault: 'clock-suspect' } } } }
export const CouldNotOpen: Story = {
  parameters: { engine: { status: { phase: 'failed', fault: 'storage-failed' } } },
  render: () => (
    <>
      <Banner />
      <Starts />
    </>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Start again' }))
    await expect(canvas.getByRole('button', { name: 'Start again' })).toBeEnabled()
  },
}
/** Keeps the engine of the story at hand. */
const Starts = () => <p className="muted">Device {useSyncEngine().peerId.slice(0, 6)}</p>
export const Stopped: Story = { parameters: { engine: { status: { phase: 'idle' } } } }
/** Starting takes long: the button says so. */
export const Starting: Story = {
  parameters: {
    engine: {
      status: { phase: 'failed', fault: 'storage-failed' },
      methods: { start: () => new Promise<void>(() => {}) },
    },
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await expect(canvas.getByRole('button')).toHaveTextContent('Starting…')
    await expect(canvas.getByRole('button')).toBeDisabled()
  },
}
export const Phone: Story = { ...StorageFull, ...phone }
export const RightToLeft: Story = {
  parameters: { engine: { status: { fault: 'storage-full' } }, ...rightToLeft.parameters },
}
