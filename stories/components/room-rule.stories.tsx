import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { RoomRule } from '../../src/demo/parts/room-rule.tsx'
import { BEN, DEPOT, ME, UNBROKEN } from '../support/people.ts'
import { certified, member, seenBy } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/RoomRule',
  component: RoomRule,
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof RoomRule>
export default meta
type Story = StoryObj<typeof meta>

/** No device can be removed: why, and how to get a field book where it can. */
export const Everybody: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/No device can be removed/)).toBeVisible()
    await expect(canvas.getByText(/start a new field book below/)).toBeVisible()
  },
}
export const UntilRemoved: Story = {
  parameters: { engine: { members: { policy: 'tofu', mayDecide: true, list: [member(ME), member(BEN)] } } },
}
export const Admin: Story = {
  parameters: { engine: { members: certified(member(BEN)) } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/This device is an admin/)).toBeVisible()
    await expect(canvas.getByText(/^Admins: Anna’s tablet/)).toBeVisible()
  },
}
export const NoAdmin: Story = {
  parameters: { engine: { members: seenBy({}, member(DEPOT, { role: 'admin', name: 'Depot' })) } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/^Admins: Depot/)).toBeVisible()
  },
}
export const NoAdminKnown: Story = { parameters: { engine: { members: seenBy({}) } } }
export const EntriesLeftOut: Story = {
  parameters: {
    engine: {
      members: certified(
        member(BEN, { standing: 'removed', quarantined: 3 }),
        member(DEPOT, { role: 'reader', quarantined: 1_201 }),
      ),
    },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('quarantined-count')).toHaveTextContent(/^1,204 entries/)
  },
}
export const LongText: Story = {
  parameters: { engine: { members: seenBy({}, member(DEPOT, { role: 'admin', name: UNBROKEN })) } },
}
export const Phone: Story = { ...EntriesLeftOut, ...phone }
export const RightToLeft: Story = { parameters: { ...EntriesLeftOut.parameters, ...rightToLeft.parameters } }
