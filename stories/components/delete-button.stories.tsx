import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { DeleteButton } from '../../src/demo/parts/delete-button.tsx'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/DeleteButton',
  component: DeleteButton,
  args: { disabled: false, onDelete: fn() },
  decorators: [onScreen],
} satisfies Meta<typeof DeleteButton>
export default meta
type Story = StoryObj<typeof meta>

export const Idle: Story = {}
/** Asked once: the focus is on what keeps the record. */
export const Asking: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Delete' }))
    await expect(canvas.getByRole('button', { name: 'Keep' })).toHaveFocus()
    await expect(args.onDelete).not.toHaveBeenCalled()
  },
}
export const Kept: Story = {
  play: async (context) => {
    await Asking.play?.(context)
    await context.userEvent.click(context.canvas.getByRole('button', { name: 'Keep' }))
    await expect(context.canvas.getByRole('button', { name: 'Delete' })).toHaveFocus()
  },
}
export const Deleted: Story = {
  play: async (context) => {
    await Asking.play?.(context)
    await context.userEvent.click(context.canvas.getByRole('button', { name: 'Delete on all devices' }))
    await expect(context.args.onDelete).toHaveBeenCalledOnce()
  },
}
export const Disabled: Story = { args: { disabled: true } }
export const Phone: Story = { ...Asking, ...phone }
export const RightToLeft: Story = { ...Asking, ...rightToLeft }
