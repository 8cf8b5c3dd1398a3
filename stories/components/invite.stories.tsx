import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, spyOn } from 'storybook/test'
import { Invite } from '../../src/demo/parts/invite.tsx'
import { type Surroundings, SurroundingsContext } from '../../src/demo/surroundings.ts'
import { UNBROKEN } from '../support/people.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const standing = <T,>(value: T) => ({ subscribe: () => () => {}, read: () => value })

/** The app at an address, with a signaling server. */
const at = (href: string, server: string | null = null): Surroundings => ({
  href: () => href,
  tab: { ...standing('devices'), open: () => {} },
  signaling: { ...standing(server), choose: () => {} },
})

interface ShownProps {
  readonly surroundings: Surroundings
}

const Shown = ({ surroundings }: ShownProps) => (
  <SurroundingsContext value={surroundings}>
    <Invite />
  </SurroundingsContext>
)

const REACHABLE = at('https://book.example/', 'wss://book.example/signaling')

/** What it shows depends on the page's own address: one that is this computer's alone is not worth a code. */
const meta = {
  title: 'Components/Invite',
  component: Shown,
  args: { surroundings: REACHABLE },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof Shown>
export default meta
type Story = StoryObj<typeof meta>

export const ForOtherDevices: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('img', { name: 'QR code of the invitation' })).toBeVisible()
    await expect(canvas.getByLabelText('Invitation')).toHaveDisplayValue(/^https:\/\/book\.example\//)
  },
}
export const Copied: Story = {
  play: async ({ canvas, userEvent }) => {
    const copy = spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await userEvent.click(canvas.getByRole('button', { name: 'Copy' }))
    await expect(await canvas.findByRole('button', { name: 'Copied' })).toBeVisible()
    await expect(copy).toHaveBeenCalledWith((canvas.getByLabelText('Invitation') as HTMLInputElement).value)
  },
}
export const CopyRefused: Story = {
  play: async ({ canvas, userEvent }) => {
    spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    await userEvent.click(canvas.getByRole('button', { name: 'Copy' }))
    await expect(await canvas.findByRole('button', { name: /select the address and copy it/ })).toBeVisible()
  },
}
export const LongText: Story = {
  args: { surroundings: at(`https://${UNBROKEN.slice(0, 60)}.example/`, `wss://${'a-long-name.'.repeat(12)}example`) },
}

export const ThisComputerOnly: Story = {
  args: { surroundings: at('http://localhost:5173/') },
  play: async ({ canvas }) => {
    await expect(canvas.getByLabelText('Invitation')).toHaveAttribute('readonly')
    await expect(canvas.getByRole('link', { name: 'Open a second device' })).toBeVisible()
    await expect(canvas.getByText('This address works on this computer only.')).toBeVisible()
  },
}
/** Where admins admit devices, an invitation lets nobody in by itself. */
export const WithAdmins: Story = {
  parameters: { engine: { members: { policy: 'certified' } } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/can ask to join; an admin decides/)).toBeVisible()
  },
}
export const Phone: Story = { ...phone }
export const RightToLeft: Story = { ...rightToLeft }
