import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { DeviceKey } from '../../src/demo/parts/device-key.tsx'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/DeviceKey',
  component: DeviceKey,
  args: { fingerprint: '84230 34255 30450 37059 61636 68', keeping: 'kept' },
  decorators: [
    (Story) => (
      <div className="card">
        <h2>This device</h2>
        <Story />
      </div>
    ),
    onScreen,
  ],
} satisfies Meta<typeof DeviceKey>
export default meta
type Story = StoryObj<typeof meta>

/** The best way to keep a key is not worth a word. */
export const Kept: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('fingerprint')).toHaveTextContent('84230 34255 30450 37059 61636 68')
    await expect(canvas.queryByTestId('key-warning')).toBeNull()
  },
}
export const Wrapped: Story = { args: { keeping: 'wrapped' } }
export const File: Story = { args: { keeping: 'file' } }
export const Pin: Story = {
  args: { keeping: 'pin' },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/encrypted by your PIN/)).toBeVisible()
  },
}
/** A key that is not kept is worth a warning, with what to do. */
export const Memory: Story = {
  args: { keeping: 'memory' },
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('key-warning')).toHaveTextContent(/keeps no keys.*Leave private browsing/)
  },
}
/** Far more digits than there are: groups stay whole, whatever the width. */
export const LongText: Story = {
  args: { fingerprint: Array.from({ length: 16 }, (_, at) => String(10_007 * (at + 1))).join(' '), keeping: 'wrapped' },
}
export const Phone: Story = { ...Memory, ...phone }
export const RightToLeft: Story = { args: { keeping: 'memory' }, ...rightToLeft }
