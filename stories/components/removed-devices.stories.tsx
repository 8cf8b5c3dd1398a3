import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { RemovedDevices } from '../../src/demo/parts/removed-devices.tsx'
import { BEN, DEPOT, UNBROKEN } from '../support/people.ts'
import { certified, member } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const BENS = member(BEN, { name: 'Ben’s phone', standing: 'removed', quarantined: 3 })
const DEPOTS = member(DEPOT, { name: 'Depot', standing: 'removed' })

const meta = {
  title: 'Components/RemovedDevices',
  component: RemovedDevices,
  parameters: { engine: { members: certified(BENS, DEPOTS) } },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof RemovedDevices>
export default meta
type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const unfold: Play = async ({ canvas, userEvent }) => {
  await userEvent.click(canvas.getByText(/removed device/))
}

export const Folded: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText('2 removed devices')).toBeVisible()
    await expect(canvas.getByText(/^Depot/)).not.toBeVisible()
  },
}
export const Unfolded: Story = {
  play: async (context) => {
    await unfold(context)
    await expect(context.canvas.getByText(/^Depot/)).toBeVisible()
    await expect(context.canvas.getByTestId('quarantined')).toHaveTextContent(/^3 entries/)
  },
}
export const Nobody: Story = {
  parameters: { engine: { members: certified(member(BEN)) } },
  play: async ({ canvas }) => {
    await expect(canvas.queryByTestId('removed-devices')).toBeNull()
  },
}
export const LongText: Story = {
  parameters: { engine: { members: certified(member(BEN, { name: UNBROKEN, standing: 'removed' })) } },
  play: unfold,
}
export const Phone: Story = { play: unfold, ...phone }
export const RightToLeft: Story = {
  parameters: { ...meta.parameters, ...rightToLeft.parameters },
  play: unfold,
}
