import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { DeedDialog } from '../../src/demo/parts/deed-dialog.tsx'
import { BEN, NAMELESS } from '../support/people.ts'
import { asking, certified, member } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

/** The right question for what somebody wants; the questions' states stand under AdmitDialog and RemoveDialog. */
const meta = {
  title: 'Components/DeedDialog',
  component: DeedDialog,
  args: { deed: { kind: 'admit', peerId: NAMELESS }, onClose: fn(), onDone: fn() },
  parameters: { engine: { members: certified(asking(NAMELESS), member(BEN, { name: 'Ben’s phone' })) } },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof DeedDialog>
export default meta
type Story = StoryObj<typeof meta>

export const ToAdd: Story = {
  play: async () => {
    await expect(screen.getByRole('dialog', { name: 'Add a device' })).toBeVisible()
  },
}
export const ToRemove: Story = {
  args: { deed: { kind: 'remove', peerId: BEN } },
  play: async () => {
    await expect(screen.getByRole('dialog', { name: /^Remove Ben’s phone/ })).toBeVisible()
  },
}
/** It is no longer heard of: nothing is asked. */
export const Gone: Story = {
  args: { deed: { kind: 'admit', peerId: 'nobody' } },
  play: async () => {
    await expect(screen.queryByRole('dialog')).toBeNull()
  },
}
export const Phone: Story = { ...ToRemove, ...phone }
export const RightToLeft: Story = { parameters: { ...meta.parameters, ...rightToLeft.parameters } }
