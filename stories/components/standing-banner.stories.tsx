import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import type { MemberView } from '#engine/members.types'
import { StandingBanner } from '../../src/demo/parts/standing-banner.tsx'
import { ME } from '../support/people.ts'
import { asking, seenBy } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/StandingBanner',
  component: StandingBanner,
  parameters: { engine: { members: { policy: 'certified', list: [asking(ME)] } } },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof StandingBanner>
export default meta
type Story = StoryObj<typeof meta>

const as = (self: Partial<MemberView>): Story => ({ parameters: { engine: { members: seenBy(self) } } })

/** With its own digits, for the admin to compare. */
export const Waiting: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('standing-banner')).toHaveTextContent(/not admitted to this field book yet/)
    await expect(canvas.getByText('40218 77310 05946 31882 90457 13')).toBeVisible()
  },
}
export const Expired: Story = {
  ...as({ standing: 'expired', until: Date.UTC(2026, 3, 2, 12) }),
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/admission ended on April 2, 2026/)).toBeVisible()
  },
}
/** There is nothing to compare any more. */
export const Removed: Story = {
  ...as({ standing: 'removed' }),
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/was removed from this field book/)).toBeVisible()
    await expect(canvas.queryByTestId('fingerprint')).toBeNull()
  },
}
/** It may well stay so: the digits are folded away. */
export const Reader: Story = {
  ...as({ role: 'reader' }),
  play: async ({ canvas, userEvent }) => {
    await expect(canvas.getByTestId('fingerprint')).not.toBeVisible()
    await userEvent.click(canvas.getByText('Digits of this device'))
    await expect(canvas.getByTestId('fingerprint')).toBeVisible()
  },
}
export const Member: Story = {
  ...as({}),
  play: async ({ canvas }) => {
    await expect(canvas.queryByTestId('standing-banner')).toBeNull()
  },
}
/** While the engine opens, nothing is known yet. */
export const Opening: Story = {
  parameters: { engine: { members: { policy: 'certified', list: [] } } },
  play: async ({ canvas }) => {
    await expect(canvas.queryByTestId('standing-banner')).toBeNull()
  },
}
export const Phone: Story = { ...phone }
export const RightToLeft: Story = { parameters: { ...meta.parameters, ...rightToLeft.parameters } }
