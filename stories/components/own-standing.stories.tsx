import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import type { MemberView } from '#engine/members.types'
import { OwnStanding } from '../../src/demo/parts/own-standing.tsx'
import { ThisDevice } from '../../src/demo/parts/this-device.tsx'
import { ME } from '../support/people.ts'
import { asking, certified, member, seenBy } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/OwnStanding',
  component: OwnStanding,
  args: { onDeed: fn() },
  decorators: [(Story) => <ThisDevice>{Story()}</ThisDevice>, onScreen, withEngine],
} satisfies Meta<typeof OwnStanding>
export default meta
type Story = StoryObj<typeof meta>

const as = (self: Partial<MemberView>): Story => ({ parameters: { engine: { members: seenBy(self) } } })

export const Admin: Story = {
  parameters: { engine: { members: { ...certified(), list: [member(ME, { role: 'admin' })] } } },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Remove this device…' }))
    await expect(args.onDeed).toHaveBeenCalledWith({ kind: 'remove', peerId: ME })
  },
}
export const Founder: Story = { parameters: { engine: { members: certified() } } }
/** The name that an admin gave is not the device's to change. */
export const Member: Story = {
  ...as({ name: 'Tablet 7' }),
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('confirmed-name')).toHaveTextContent('Tablet 7')
    await expect(canvas.queryByLabelText('Name that other devices show')).toBeNull()
  },
}
export const Reader: Story = as({ role: 'reader' })
export const Expired: Story = as({ standing: 'expired', until: Date.UTC(2026, 3, 2) })
export const Removed: Story = as({ standing: 'removed', quarantined: 3 })
export const Waiting: Story = {
  parameters: { engine: { members: { policy: 'certified', list: [asking(ME)] } } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Asks to join')).toBeVisible()
    await expect(canvas.getByText(/The admin who admits it gives it a name/)).toBeVisible()
  },
}
/** Where whoever has the invitation belongs, there is nothing to say. */
export const Everybody: Story = {
  play: async ({ canvasElement }) => {
    await expect(canvasElement.querySelector('.own-standing')).toBeNull()
  },
}
export const Phone: Story = { ...Founder, ...phone }
export const RightToLeft: Story = { parameters: { ...Founder.parameters, ...rightToLeft.parameters } }
