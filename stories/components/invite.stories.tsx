import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { Invite, NewBook } from '../../src/demo/parts/invite.tsx'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

/** What it shows depends on the page's own address: on this computer alone no code is shown. */
const meta = { title: 'Components/Invite', component: Invite, decorators: [onScreen, withEngine] } satisfies Meta<
  typeof Invite
>
export default meta
type Story = StoryObj<typeof meta>

export const ThisAddress: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByLabelText('Invitation')).toHaveAttribute('readonly')
    await expect(canvas.getByRole('link', { name: 'Open a second device' })).toBeVisible()
  },
}
export const AnotherBook: Story = { render: () => <NewBook /> }
export const Phone: Story = { ...phone }
export const RightToLeft: Story = { ...rightToLeft }
