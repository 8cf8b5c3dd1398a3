import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import { ChangeInvitation } from '../../src/demo/parts/change-invitation.tsx'
import { certified, seenBy, type StoryMembers } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/ChangeInvitation',
  component: ChangeInvitation,
  args: { onChanged: fn() },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof ChangeInvitation>
export default meta
type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const ask: Play = async ({ canvas, userEvent }) => {
  await userEvent.click(canvas.getByRole('button', { name: 'Change the invitation' }))
}
const change: Play = async (context) => {
  await ask(context)
  await context.userEvent.click(context.canvas.getByTestId('confirm-change'))
}
const within = (members: StoryMembers): Pick<Story, 'parameters'> => ({ parameters: { engine: { members } } })

export const Idle: Story = {}
/** A second click does no harm. */
export const Asking: Story = {
  play: async (context) => {
    await ask(context)
    await expect(context.canvas.getByRole('button', { name: 'Keep the old one' })).toHaveFocus()
  },
}
export const Kept: Story = {
  play: async (context) => {
    await ask(context)
    await context.userEvent.click(context.canvas.getByRole('button', { name: 'Keep the old one' }))
    await expect(context.canvas.getByRole('button', { name: 'Change the invitation' })).toHaveFocus()
    await expect(context.canvas.getByRole('status')).toBeEmptyDOMElement()
  },
}
export const Changed: Story = {
  play: async (context) => {
    await change(context)
    await expect(await context.canvas.findByText('The invitation above is the new one.')).toBeVisible()
    await expect(context.args.onChanged).toHaveBeenCalledOnce()
  },
}
export const Saving: Story = {
  ...within({ rotateSecret: () => new Promise(() => {}) }),
  play: async (context) => {
    await change(context)
    await expect(context.canvas.getByRole('button', { name: 'Saving…' })).toBeDisabled()
  },
}
export const NotSaved: Story = {
  ...within({ rotateSecret: () => Promise.reject(new FieldmeshError('storage-full')) }),
  play: async (context) => {
    await change(context)
    await expect(await context.canvas.findByTestId('problem')).toBeVisible()
    await expect(context.canvas.queryByText('The invitation above is the new one.')).toBeNull()
  },
}
export const Admin: Story = within(certified())
/** Where admins admit devices, they alone change it. */
export const NoAdmin: Story = {
  ...within(seenBy({})),
  play: async ({ canvas }) => {
    await expect(canvas.queryByTestId('change-invitation')).toBeNull()
  },
}
export const Phone: Story = { play: ask, ...phone }
export const RightToLeft: Story = { play: ask, ...rightToLeft }
