import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import { ThisDevice } from '../../src/demo/parts/this-device.tsx'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/ThisDevice',
  component: ThisDevice,
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof ThisDevice>
export default meta
type Story = StoryObj<typeof meta>

export const Well: Story = { parameters: { engine: { status: { lastSync: 1_767_000_000_000 } } } }
export const NothingConfirmedYet: Story = { parameters: { engine: { status: { outboxCount: 1 } } } }
export const MuchToSend: Story = { parameters: { engine: { status: { outboxCount: 12_480 } } } }
export const Opening: Story = { parameters: { engine: { status: { phase: 'opening' }, methods: { peerId: '' } } } }
export const StorageFull: Story = { parameters: { engine: { status: { fault: 'storage-full' } } } }
export const CouldNotOpen: Story = {
  parameters: { engine: { status: { phase: 'failed', fault: 'storage-failed' }, methods: { peerId: '' } } },
}
export const Renamed: Story = {
  play: async ({ canvas, userEvent }) => {
    const name = canvas.getByLabelText('Name that other devices show')
    await expect(canvas.getByRole('button', { name: 'Save name' })).toBeDisabled()
    await userEvent.clear(name)
    await userEvent.type(name, 'Anna’s new tablet')
    await userEvent.click(canvas.getByRole('button', { name: 'Save name' }))
    await expect(canvas.queryByRole('alert')).toBeNull()
  },
}
export const NameNotSaved: Story = {
  parameters: { engine: { methods: { put: () => Promise.reject(new FieldmeshError('storage-full')) } } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Name that other devices show'), ' 2')
    await userEvent.click(canvas.getByRole('button', { name: 'Save name' }))
    await expect(await canvas.findByTestId('problem')).toBeVisible()
  },
}
export const Phone: Story = { ...MuchToSend, ...phone }
export const RightToLeft: Story = { ...rightToLeft }
