import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { Fingerprint } from '../../src/demo/parts/fingerprint.tsx'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/Fingerprint',
  component: Fingerprint,
  args: { digits: '84230 34255 30450 37059 61636 68' },
  decorators: [onScreen],
} satisfies Meta<typeof Fingerprint>
export default meta
type Story = StoryObj<typeof meta>

/** A voice says the digits one by one; what is seen is hidden from it, and what it says cannot be selected. */
export const InACard: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText('84230 34255 30450 37059 61636 68')).toHaveAttribute('aria-hidden', 'true')
    await expect(canvas.getByText(/^8 4 2 3 0, 3 4 2 5 5, .*, 6 8$/)).toBeInTheDocument()
    const selection = getSelection()
    selection?.selectAllChildren(canvas.getByTestId('fingerprint'))
    await expect(selection?.toString().trim()).toBe('84230 34255 30450 37059 61636 68')
    selection?.removeAllRanges()
  },
}
export const ToBeCompared: Story = { args: { large: true } }
/** Far more digits than there are: groups stay whole, whatever the width. */
export const LongText: Story = {
  args: { digits: Array.from({ length: 16 }, (_, at) => String(10_007 * (at + 1))).join(' '), large: true },
}
export const Phone: Story = { ...ToBeCompared, ...phone }
export const RightToLeft: Story = { args: { large: true }, ...rightToLeft }
