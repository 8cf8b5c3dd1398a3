import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import { Problem } from '../../src/demo/parts/problem.tsx'
import { UNBROKEN } from '../support/people.ts'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/Problem',
  component: Problem,
  decorators: [onScreen],
} satisfies Meta<typeof Problem>
export default meta
type Story = StoryObj<typeof meta>

export const Nothing: Story = {
  args: { problem: undefined },
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('alert')).toBeNull()
  },
}
export const StorageFull: Story = { args: { problem: new FieldmeshError('storage-full') } }
export const LongText: Story = {
  args: { problem: new FieldmeshError('signaling-url', `Got “${UNBROKEN.repeat(3)}”.`) },
}
export const Phone: Story = { ...LongText, ...phone }
export const RightToLeft: Story = { ...StorageFull, ...rightToLeft }
