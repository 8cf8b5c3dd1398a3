import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import { FounderForm } from '../../src/demo/parts/founder-form.tsx'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

const KEY = 'mI1nW0OoQq8uZl5TtV2vKkSs7Xx9YyGgHhJj3Pp4RrE'

const becomesAdmin: (key: string) => Promise<boolean> = fn(async () => true)

/** The way back where no admin device is left. */
const meta = {
  title: 'Components/FounderForm',
  component: FounderForm,
  args: { onFounder: becomesAdmin },
  decorators: [(Story) => <div className="card">{Story()}</div>, onScreen],
} satisfies Meta<typeof FounderForm>
export default meta
type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const use =
  (key: string): Play =>
  async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByText('Use the founder’s key'))
    await userEvent.type(canvas.getByLabelText('Founder’s key'), key)
    await userEvent.click(canvas.getByRole('button', { name: 'Make this device an admin' }))
  }

export const Folded: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('founder-input')).not.toBeVisible()
  },
}
/** As somebody copies it from paper; and then it is gone from the page. */
export const Used: Story = {
  play: async (context) => {
    await use(`${KEY.slice(0, 20)} ${KEY.slice(20)} `)(context)
    await expect(context.args.onFounder).toHaveBeenCalledWith(KEY)
    await expect(await context.canvas.findByText(/is an admin for the next 90 days/)).toBeVisible()
    await expect(context.canvas.getByLabelText('Founder’s key')).toHaveValue('')
  },
}
export const Working: Story = {
  args: { onFounder: () => new Promise(() => {}) },
  play: async (context) => {
    await use(KEY)(context)
    await expect(context.canvas.getByRole('button', { name: 'Make this device an admin' })).toBeDisabled()
  },
}
export const AnotherKey: Story = {
  args: { onFounder: async () => false },
  play: async (context) => {
    await use(KEY)(context)
    await expect(await context.canvas.findByText(/not the founder’s key of this field book/)).toBeVisible()
    await expect(context.canvas.getByLabelText('Founder’s key')).toHaveValue(KEY)
  },
}
export const NoKeyAtAll: Story = {
  args: { onFounder: () => Promise.reject(new FieldmeshError('room-invalid', 'A founder’s key has 43 characters.')) },
  play: async (context) => {
    await use('abc')(context)
    await expect(await context.canvas.findByTestId('problem')).toHaveTextContent('43 characters')
  },
}
export const LongText: Story = { args: { onFounder: async () => false }, play: use(KEY.repeat(4)) }
export const Phone: Story = { args: { onFounder: async () => false }, play: use(KEY), ...phone }
export const RightToLeft: Story = { play: use(KEY), ...rightToLeft }
