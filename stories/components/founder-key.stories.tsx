import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen, spyOn } from 'storybook/test'
import { FounderKey } from '../../src/demo/parts/founder-key.tsx'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const KEY = 'mI1nW0OoQq8uZl5TtV2vKkSs7Xx9YyGgHhJj3Pp4RrE'

/** Shown once, after a field book with admins was made. */
const meta = {
  title: 'Components/FounderKey',
  component: FounderKey,
  args: { founder: KEY, onKept: fn() },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof FounderKey>
export default meta
type Story = StoryObj<typeof meta>

export const Shown: Story = {
  play: async () => {
    await expect(screen.getByRole('heading', { name: 'The founder’s key' })).toHaveFocus()
    await expect(screen.getByText('Whoever has it can make anybody an admin.')).toBeVisible()
    await expect(screen.getByTestId('founder')).toHaveTextContent(KEY)
    await expect(screen.getByRole('button', { name: 'Open the field book' })).toBeDisabled()
  },
}
export const Kept: Story = {
  play: async ({ userEvent, args }) => {
    await userEvent.click(screen.getByLabelText('I have written it down, or saved it'))
    await userEvent.click(screen.getByRole('button', { name: 'Open the field book' }))
    await expect(args.onKept).toHaveBeenCalledOnce()
  },
}
/** The file says what it is for. */
export const Saved: Story = {
  play: async ({ userEvent, args }) => {
    const given = spyOn(URL, 'createObjectURL')
    const click = spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
    await userEvent.click(screen.getByRole('button', { name: 'Save as a file' }))
    await expect(click).toHaveBeenCalledOnce()
    const file = given.mock.calls[0]?.[0] as File
    await expect(file.name).toBe('founders-key-room.txt')
    await expect(await file.text()).toContain(KEY)
    await expect(await screen.findByText(/look among the downloads/)).toBeVisible()
    await expect(args.onKept).not.toHaveBeenCalled()
  },
}
/** Closing loses it: it asks. */
export const AsksBeforeLosing: Story = {
  play: async ({ userEvent, args }) => {
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    await expect(screen.getByRole('alert')).toHaveTextContent('not shown again')
    await userEvent.click(screen.getByRole('button', { name: 'Stay here' }))
    await expect(screen.queryByRole('alert')).toBeNull()
    await expect(args.onKept).not.toHaveBeenCalled()
  },
}
export const GoneOnWithout: Story = {
  play: async ({ userEvent, args }) => {
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    await userEvent.click(screen.getByRole('button', { name: 'Go on without it' }))
    await expect(args.onKept).toHaveBeenCalledOnce()
  },
}
export const LongText: Story = { args: { founder: KEY.repeat(3) } }
export const Phone: Story = { ...phone }
export const RightToLeft: Story = { ...rightToLeft }
