import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Nav } from '../../src/demo/parts/nav.tsx'
import { UNBROKEN } from '../support/people.ts'
import { phone, rightToLeft } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/Nav',
  component: Nav,
  args: { imported: [], conflicts: 0, tab: 'reading', onTab: fn() },
  decorators: [
    (Story) => (
      <div className="shell">
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof Nav>
export default meta
type Story = StoryObj<typeof meta>

export const Plain: Story = {
  play: async ({ args, canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Devices' }))
    await expect(args.onTab).toHaveBeenCalledWith('devices')
    await expect(canvas.getByRole('button', { current: 'page' })).toHaveTextContent('Readings')
  },
}
export const WithConflicts: Story = { args: { conflicts: 3, tab: 'conflicts' } }
export const WithManyConflicts: Story = { args: { conflicts: 1_204 } }
/** A number alone would say nothing to who cannot see where it stands. */
export const SomebodyAsks: Story = {
  args: { waiting: 1 },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('button', { name: 'Devices 1 asks to join' })).toBeVisible()
  },
}
export const WithLists: Story = { args: { imported: ['airports', 'transformers', 'valves'], tab: 'valves' } }
export const LongNames: Story = { args: { imported: [UNBROKEN, 'valves of the northern district, second survey'] } }
export const Phone: Story = { args: { conflicts: 3, waiting: 2, imported: ['airports'] }, ...phone }
export const RightToLeft: Story = { args: { conflicts: 3, imported: ['صمامات'] }, ...rightToLeft }
