import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { AddField } from '../../src/demo/parts/add-field.tsx'
import { LONG } from '../support/people.ts'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/AddField',
  component: AddField,
  args: { taken: ['note', 'value'], onAdd: fn() },
  decorators: [onScreen],
} satisfies Meta<typeof AddField>
export default meta
type Story = StoryObj<typeof meta>

export const Closed: Story = {}
export const Empty: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByText('Add a field'))
    await expect(canvas.getByRole('button', { name: 'Add' })).toBeDisabled()
  },
}
const typing =
  (name: string): NonNullable<Story['play']> =>
  async (context) => {
    await Empty.play?.(context)
    await context.userEvent.type(context.canvas.getByLabelText('Name of the field'), name)
  }
export const Added: Story = {
  play: async (context) => {
    await typing('seal{Enter}')(context)
    await expect(context.args.onAdd).toHaveBeenCalledWith('seal')
    await expect(context.canvas.getByLabelText('Name of the field')).toHaveValue('')
  },
}
export const Taken: Story = {
  play: async (context) => {
    await typing('note')(context)
    await expect(context.canvas.getByRole('alert')).toHaveTextContent('has this field already')
    await expect(context.canvas.getByRole('button', { name: 'Add' })).toBeDisabled()
  },
}
export const LongText: Story = { play: typing(LONG) }
export const Phone: Story = { ...Taken, ...phone }
export const RightToLeft: Story = { ...Taken, ...rightToLeft }
