import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, fn, screen, waitFor } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import type { Role } from '#trust/membership/membership.types'
import { AdmitDialog } from '../../src/demo/parts/admit-dialog.tsx'
import { Allowed } from '../../src/demo/parts/allowed.tsx'
import { Compare } from '../../src/demo/parts/compare.tsx'
import { RoleChoice } from '../../src/demo/parts/role-choice.tsx'
import { BEN, NAMELESS, UNBROKEN } from '../support/people.ts'
import { ADMITTED, asking, certified, member, type StoryMembers, storyMembers } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const NEWCOMER = asking(NAMELESS)

/** Nothing is allowed before somebody looked at both screens. */
const meta = {
  title: 'Components/AdmitDialog',
  component: AdmitDialog,
  args: { member: NEWCOMER, onClose: fn(), onDone: fn() },
  parameters: { engine: { members: certified(NEWCOMER) } },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof AdmitDialog>
export default meta
type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const confirm = () => screen.getByTestId('confirm-admit')
const tick: Play = async ({ userEvent }) => {
  await userEvent.click(screen.getByLabelText('The digits are the same'))
}
const fill: Play = async (context) => {
  await context.userEvent.type(screen.getByLabelText('Name of the device'), 'Cem’s laptop')
  await tick(context)
}
const within = (members: StoryMembers): Pick<Story, 'parameters'> => ({ parameters: { engine: { members } } })

/** The title has the focus, the button waits for the tick. */
export const New: Story = {
  play: async (context) => {
    await expect(screen.getByRole('heading', { name: 'Add a device' })).toHaveFocus()
    await expect(screen.getByTestId('fingerprint')).toHaveTextContent('73305 18864 92210 55047 38126 90')
    await expect(confirm()).toBeDisabled()
    await tick(context)
    await expect(confirm()).toBeEnabled()
  },
}
const admitted = fn<StoryMembers['admit'] & {}>()
/** What is confirmed is what was shown. */
export const Admitted: Story = {
  ...within({ ...certified(NEWCOMER), admit: admitted }),
  play: async (context) => {
    await fill(context)
    await context.userEvent.click(screen.getByRole('radio', { name: /^Reader/ }))
    await expect(screen.getByTestId('allowed')).toHaveTextContent(
      /Cem’s laptop \(zX81No\) may read, and write nothing, from now until November 30, 2026/,
    )
    await context.userEvent.click(confirm())
    await waitFor(() => expect(context.args.onDone).toHaveBeenCalledWith('Cem’s laptop is admitted: Reader.'))
    await expect(admitted).toHaveBeenCalledWith(NAMELESS, { role: 'reader', name: 'Cem’s laptop' })
  },
}
const entered = fn<StoryMembers['admit'] & {}>()
/** Enter never lets a device in: a browser submits a form for it, also one without a button for that. */
export const EnterDoesNothing: Story = {
  ...within({ ...certified(NEWCOMER), admit: entered }),
  play: async (context) => {
    await fill(context)
    await context.userEvent.type(screen.getByLabelText('Name of the device'), '{Enter}')
    await context.userEvent.type(screen.getByLabelText('The digits are the same'), '{Enter}', { skipClick: true })
    screen.getByTestId('admit-dialog').querySelector('form')?.requestSubmit()
    await expect(entered).not.toHaveBeenCalled()
    await expect(confirm()).toHaveTextContent('Add device')
  },
}
export const Canceled: Story = {
  play: async ({ userEvent, args }) => {
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    await expect(args.onClose).toHaveBeenCalledOnce()
  },
}
export const NameMissing: Story = {
  play: async (context) => {
    await tick(context)
    await context.userEvent.click(confirm())
    await expect(screen.getByLabelText('Name of the device')).toHaveFocus()
    await expect(screen.getByLabelText('Name of the device')).toBeInvalid()
    await expect(screen.getByRole('alert')).toHaveTextContent('Give the device a name.')
    await expect(context.args.onDone).not.toHaveBeenCalled()
  },
}
/** Characters that cannot be seen make one name look like another. */
export const NameDeceives: Story = {
  play: async (context) => {
    await fill(context)
    await context.userEvent.type(screen.getByLabelText('Name of the device'), '\u202etab')
    await context.userEvent.click(confirm())
    await expect(screen.getByRole('alert')).toHaveTextContent('all of them can be seen')
  },
}
export const Saving: Story = {
  ...within({ ...certified(NEWCOMER), admit: () => new Promise(() => {}) }),
  play: async (context) => {
    await fill(context)
    await context.userEvent.click(confirm())
    await expect(screen.getByRole('button', { name: 'Saving…' })).toBeDisabled()
  },
}
/** The right to decide was taken from this device meanwhile. */
export const NoAdminAnyMore: Story = {
  ...within({ ...certified(NEWCOMER), admit: () => Promise.reject(new FieldmeshError('member-not-admin')) }),
  play: async (context) => {
    await fill(context)
    await context.userEvent.click(confirm())
    await expect(await screen.findByTestId('problem')).toHaveTextContent('Only an admin')
    await expect(confirm()).toBeEnabled()
  },
}
const UNSEEN = { ...asking(BEN), fingerprint: undefined } as unknown as typeof NEWCOMER
/** Its key was never seen here: there is nothing to compare, and nothing to sign. */
export const KeyUnknown: Story = {
  args: { member: UNSEEN },
  ...within(certified(UNSEEN)),
  play: async () => {
    await expect(screen.getByText(/Its digits are not known here yet/)).toBeVisible()
    await expect(confirm()).toBeDisabled()
  },
}
const BEFORE = member(BEN, { name: 'Ben’s phone', role: 'admin' })
export const Renewed: Story = {
  args: { member: BEFORE },
  ...within(certified(BEFORE)),
  play: async () => {
    await expect(screen.getByLabelText('Name of the device')).toHaveValue('Ben’s phone')
    await expect(screen.getByRole('radio', { name: /^Admin/ })).toBeChecked()
    await expect(screen.queryByText(/five more minutes/)).toBeNull()
  },
}
/** What was allowed does not end at once: clocks differ. */
export const Lessened: Story = {
  ...Renewed,
  play: async ({ userEvent }) => {
    await userEvent.click(screen.getByRole('radio', { name: /^Reader/ }))
    await expect(screen.getByText(/For five more minutes it may still/)).toBeVisible()
  },
}
export const LongText: Story = {
  args: { member: member(BEN, { name: UNBROKEN.slice(0, 64) }) },
  ...within(certified(member(BEN, { name: UNBROKEN.slice(0, 64) }))),
}
export const Comparing: Story = {
  render: () => <Compare digits="84230 34255 30450 37059 61636 68" isSame onSame={() => {}} />,
}
const AnyRole = () => {
  const [role, setRole] = useState<Role>('reader')
  return <RoleChoice role={role} onRole={setRole} />
}
export const Roles: Story = {
  render: () => <AnyRole />,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('radio', { name: /^Admin/ }))
    await expect(canvas.getByRole('radio', { name: /admit and remove devices. This device, too/ })).toBeChecked()
  },
}
const { members } = storyMembers(certified(NEWCOMER))
export const WhatIsAllowed: Story = {
  render: () => <Allowed admission={members.describe(NAMELESS, { role: 'admin', name: 'Depot' })} name={undefined} />,
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('allowed')).toHaveTextContent(
      new RegExp(
        `The device .* until ${new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(ADMITTED + 90 * 86_400_000)}`,
      ),
    )
  },
}
export const Phone: Story = { play: fill, ...phone }
export const RightToLeft: Story = {
  parameters: { engine: { members: certified(NEWCOMER) }, ...rightToLeft.parameters },
}
