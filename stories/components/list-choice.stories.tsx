import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { ListChoice } from '../../src/demo/parts/nav.tsx'
import { UNBROKEN } from '../support/people.ts'
import { onScreen, phone } from '../support/with-engine.tsx'

/** Only phones show it: on a desk the lists stand at the side. */
const meta = {
  title: 'Components/ListChoice',
  component: ListChoice,
  args: { types: ['reading', 'work-order', 'airports'], tab: 'airports', onTab: fn() },
  decorators: [onScreen],
  ...phone,
} satisfies Meta<typeof ListChoice>
export default meta
type Story = StoryObj<typeof meta>

export const Phone: Story = {
  play: async ({ args, canvas, userEvent }) => {
    await userEvent.selectOptions(canvas.getByLabelText('List'), 'Readings')
    await expect(args.onTab).toHaveBeenCalledWith('reading')
  },
}
export const LongNames: Story = { args: { types: ['reading', UNBROKEN], tab: UNBROKEN } }
export const RightToLeft: Story = { args: { types: ['reading', 'صمامات'], tab: 'صمامات' }, parameters: { dir: 'rtl' } }
