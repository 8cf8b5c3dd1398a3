import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen, waitFor } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import { OwnRemoval, RemovalMeans } from '../../src/demo/parts/removal-means.tsx'
import { RemoveDialog } from '../../src/demo/parts/remove-dialog.tsx'
import { BEN, DEPOT, ME, NAMELESS, UNBROKEN } from '../support/people.ts'
import { asking, certified, member, type StoryMembers } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const BENS = member(BEN, { name: 'Ben’s phone' })
const OWN = member(ME, { name: 'Anna’s tablet', role: 'admin', by: DEPOT })

/** Done for good, and not believed to do more than it does. */
const meta = {
  title: 'Components/RemoveDialog',
  component: RemoveDialog,
  args: { member: BENS, onClose: fn(), onDone: fn() },
  parameters: { engine: { members: certified(BENS) } },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof RemoveDialog>
export default meta
type Story = StoryObj<typeof meta>

const confirm = () => screen.getByTestId('confirm-remove')
const within = (members: StoryMembers): Pick<Story, 'parameters'> => ({ parameters: { engine: { members } } })

export const Asked: Story = {
  play: async () => {
    await expect(screen.getByRole('heading', { name: /^Remove Ben’s phone/ })).toHaveFocus()
    await expect(screen.getByText(/counts nowhere/)).toBeVisible()
    await expect(screen.getByText(/Nothing is wiped from it/)).toBeVisible()
    await expect(screen.getByText(/It still knows the secret/)).toBeVisible()
    await expect(screen.queryByTestId('own-removal')).toBeNull()
  },
}
const removed = fn<StoryMembers['remove'] & {}>()
export const Removed: Story = {
  ...within({ ...certified(BENS), remove: removed }),
  play: async ({ userEvent, args }) => {
    await userEvent.type(screen.getByLabelText(/^Reason/), ' Lost on the train ')
    await userEvent.click(confirm())
    await waitFor(() => expect(args.onDone).toHaveBeenCalledWith('Ben’s phone (bEnsPh) is removed.'))
    await expect(removed).toHaveBeenCalledWith(BEN, 'Lost on the train')
  },
}
const submitted = fn<StoryMembers['remove'] & {}>()
/** Enter never shuts a device out. */
export const EnterDoesNothing: Story = {
  ...within({ ...certified(BENS), remove: submitted }),
  play: async () => {
    screen.getByTestId('remove-dialog').querySelector('form')?.requestSubmit()
    await expect(submitted).not.toHaveBeenCalled()
    await expect(confirm()).toHaveTextContent('Remove for good')
  },
}
export const Kept: Story = {
  play: async ({ userEvent, args }) => {
    await userEvent.click(screen.getByRole('button', { name: 'Keep it' }))
    await expect(args.onClose).toHaveBeenCalledOnce()
    await expect(args.onDone).not.toHaveBeenCalled()
  },
}
export const Saving: Story = {
  ...within({ ...certified(BENS), remove: () => new Promise(() => {}) }),
  play: async ({ userEvent }) => {
    await userEvent.click(confirm())
    await expect(screen.getByRole('button', { name: 'Saving…' })).toBeDisabled()
  },
}
export const NoAdminAnyMore: Story = {
  ...within({ ...certified(BENS), remove: () => Promise.reject(new FieldmeshError('member-not-admin')) }),
  play: async ({ userEvent }) => {
    await userEvent.click(confirm())
    await expect(await screen.findByTestId('problem')).toHaveTextContent('Only an admin')
  },
}
export const Refused: Story = {
  args: { member: asking(NAMELESS) },
  ...within(certified(asking(NAMELESS))),
  play: async () => {
    await expect(screen.getByRole('heading', { name: 'Refuse zX81No?' })).toBeVisible()
    await expect(confirm()).toHaveTextContent('Refuse for good')
  },
}
/** The device in one's hands, and the last that may decide. */
export const ItselfTheLastAdmin: Story = {
  args: { member: OWN },
  ...within({ ...certified(), list: [BENS, OWN] }),
  play: async () => {
    await expect(screen.getByTestId('own-removal')).toHaveTextContent(/in your hands.*only admin.*founder’s key/)
  },
}
export const ItselfAmongAdmins: Story = {
  args: { member: OWN },
  ...within({ ...certified(), list: [member(DEPOT, { role: 'admin', name: 'Depot' }), OWN] }),
  play: async () => {
    await expect(screen.getByTestId('own-removal')).not.toHaveTextContent('only admin')
  },
}
export const LongText: Story = {
  args: { member: member(BEN, { name: UNBROKEN }) },
  ...within(certified(member(BEN, { name: UNBROKEN }))),
}
export const WhatItMeans: Story = { render: () => <RemovalMeans /> }
export const WhatItMeansForItself: Story = {
  render: () => <OwnRemoval />,
  ...within({ policy: 'tofu', mayDecide: true, list: [OWN] }),
}
export const Phone: Story = { ...ItselfTheLastAdmin, ...phone }
export const RightToLeft: Story = { parameters: { engine: { members: certified(BENS) }, ...rightToLeft.parameters } }
