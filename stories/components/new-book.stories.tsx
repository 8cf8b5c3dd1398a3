import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { NewBook } from '../../src/demo/parts/new-book.tsx'
import { PolicyChoice } from '../../src/demo/parts/policy-choice.tsx'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

/** Who may join is chosen once, when it is made. */
const meta = {
  title: 'Components/NewBook',
  component: NewBook,
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof NewBook>
export default meta
type Story = StoryObj<typeof meta>

export const AsUsual: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('radio', { name: /^Whoever has the invitation The simplest/ })).toBeChecked()
    await expect(canvas.getByTestId('new-room')).toHaveAttribute('href', expect.stringMatching(/[?&]new=(&|$)/))
  },
}
export const OnlyAdmitted: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('radio', { name: /^Only devices that I admit/ }))
    await expect(canvas.getByTestId('new-room')).toHaveAttribute('href', expect.stringMatching(/[?&]new=certified/))
  },
}
export const UntilRemoved: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('radio', { name: /until somebody removes it/ }))
    await expect(canvas.getByTestId('new-room')).toHaveAttribute('href', expect.stringMatching(/[?&]new=tofu/))
  },
}
const onPolicy = fn()
export const TheChoice: Story = {
  render: () => <PolicyChoice policy="tofu" onPolicy={onPolicy} />,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByTestId('policy-certified'))
    await expect(onPolicy).toHaveBeenCalledWith('certified')
  },
}
export const Phone: Story = { ...phone }
export const RightToLeft: Story = { ...rightToLeft }
