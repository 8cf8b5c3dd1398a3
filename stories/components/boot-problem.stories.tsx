import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import { BootProblem, DAMAGED } from '../../src/demo/screens/boot-problem.tsx'
import { UNBROKEN } from '../support/people.ts'
import { phone, rightToLeft } from '../support/with-engine.tsx'

const meta = { title: 'Components/BootProblem', component: BootProblem } satisfies Meta<typeof BootProblem>
export default meta
type Story = StoryObj<typeof meta>

export const DamagedInvitation: Story = {
  args: { problem: DAMAGED },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('link', { name: 'Start a new field book' })).toBeVisible()
    await expect(canvas.queryByTestId('without-signaling')).toBeNull()
  },
}
/** A server address that is none: there is a way to open without it. */
export const BadServerAddress: Story = {
  args: { problem: new FieldmeshError('signaling-url', 'Got "htp:/server".') },
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('without-signaling')).toBeVisible()
  },
}
export const LongText: Story = {
  args: { problem: new FieldmeshError('signaling-url', `Got "${UNBROKEN.repeat(4)}".`) },
}
export const Phone: Story = { ...BadServerAddress, ...phone }
export const RightToLeft: Story = { args: { problem: DAMAGED }, ...rightToLeft }
