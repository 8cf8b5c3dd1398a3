import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { WaitingNotice } from '../../src/demo/parts/waiting-notice.tsx'
import { BEN, DEPOT, NAMELESS, UNBROKEN } from '../support/people.ts'
import { asking, certified, member, seenBy } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/WaitingNotice',
  component: WaitingNotice,
  args: { onDeed: fn() },
  parameters: { engine: { members: certified(asking(NAMELESS), member(BEN)) } },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof WaitingNotice>
export default meta
type Story = StoryObj<typeof meta>

export const One: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await expect(canvas.getByRole('heading', { name: 'A device asks to join' })).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Add device…' }))
    await expect(args.onDeed).toHaveBeenCalledWith({ kind: 'admit', peerId: NAMELESS })
  },
}
export const Several: Story = {
  parameters: { engine: { members: certified(asking(NAMELESS), asking(BEN, 'Ben’s phone'), asking(DEPOT)) } },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('heading', { name: '3 devices ask to join' })).toBeVisible()
  },
}
/** Who is no admin sees it, and whom to ask. */
export const SeenByAMember: Story = {
  parameters: { engine: { members: seenBy({}, asking(NAMELESS)) } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/An admin of this field book must add it/)).toBeVisible()
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}
export const Nobody: Story = {
  parameters: { engine: { members: certified(member(BEN)) } },
  play: async ({ canvas }) => {
    await expect(canvas.queryByTestId('waiting-notice')).toBeNull()
  },
}
export const LongText: Story = { parameters: { engine: { members: certified(asking(NAMELESS, UNBROKEN)) } } }
export const Phone: Story = { ...Several, ...phone }
export const RightToLeft: Story = { parameters: { ...meta.parameters, ...rightToLeft.parameters } }
