import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import type { MemberView } from '#engine/members.types'
import type { Deed } from '../../src/demo/parts/deed-dialog.tsx'
import { MemberActions } from '../../src/demo/parts/member-actions.tsx'
import { MemberFacts } from '../../src/demo/parts/member-facts.tsx'
import { BEN, ME, UNBROKEN } from '../support/people.ts'
import { asking, certified, member, seenBy, type StoryMembers, UNTIL } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

interface ShownProps {
  readonly of: MemberView
  readonly onDeed: (deed: Deed) => void
}

const Shown = ({ of, onDeed }: ShownProps) => (
  <div className="card">
    <MemberFacts member={of} />
    <MemberActions member={of} onDeed={onDeed} />
  </div>
)

/** What the room says of a device, and what this one may decide about it. */
const meta = {
  title: 'Components/MemberFacts',
  component: Shown,
  args: { of: member(BEN), onDeed: fn() },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof Shown>
export default meta
type Story = StoryObj<typeof meta>

const within = (members: StoryMembers, of: MemberView): Story => ({
  args: { of },
  parameters: { engine: { members } },
})
const toAdmin = (of: MemberView): Story => within(certified(of), of)

export const Member: Story = {
  ...toAdmin(member(BEN)),
  play: async ({ canvas, userEvent, args }) => {
    await expect(canvas.getByText(/^May read and write · Admitted until .* · by Anna’s tablet/)).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Remove device…' }))
    await expect(args.onDeed).toHaveBeenCalledWith({ kind: 'remove', peerId: BEN })
    await userEvent.click(canvas.getByRole('button', { name: 'Renew or change…' }))
    await expect(args.onDeed).toHaveBeenCalledWith({ kind: 'admit', peerId: BEN })
  },
}
export const Reader: Story = toAdmin(member(BEN, { role: 'reader' }))
export const Admin: Story = toAdmin(member(BEN, { role: 'admin' }))
/** What the founder's key admitted, no admin can remove. */
export const ByTheFounder: Story = {
  ...toAdmin(member(BEN, { role: 'admin', by: 'root' })),
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('button', { name: /Remove/ })).toBeNull()
    await expect(canvas.getByText(/alone can remove it/)).toBeVisible()
  },
}
export const Waiting: Story = {
  ...toAdmin(asking(BEN)),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('button', { name: 'Add device…' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Refuse for good…' })).toBeVisible()
  },
}
export const Expired: Story = {
  ...toAdmin(member(BEN, { standing: 'expired', until: Date.UTC(2026, 3, 2) })),
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/until April \d, 2026; that is over/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Renew…' })).toBeVisible()
  },
}
export const Removed: Story = {
  ...toAdmin(member(BEN, { standing: 'removed', quarantined: 1_204 })),
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('quarantined')).toHaveTextContent(/^1,204 entries left out.*after its removal/)
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}
export const LeftOut: Story = toAdmin(member(BEN, { role: 'reader', quarantined: 1 }))
/** A key that was never seen here has no digits yet. */
export const WithoutDigits: Story = toAdmin({
  peerId: BEN,
  name: '',
  standing: 'member',
  role: 'member',
  until: UNTIL,
  isSelf: false,
  quarantined: 0,
})
/** Who is no admin decides nothing. */
export const SeenByAMember: Story = {
  ...within(seenBy({}, member(BEN)), member(BEN)),
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}
/** Where anybody may remove anybody, there are no roles. */
export const AnybodyRemoves: Story = {
  ...within({ policy: 'tofu', mayDecide: true, list: [member(BEN)] }, member(BEN)),
  play: async ({ canvas }) => {
    await expect(canvas.queryByText(/Admitted/)).toBeNull()
    await expect(canvas.getByRole('button', { name: 'Remove device…' })).toBeVisible()
  },
}
export const NobodyRemoves: Story = {
  ...within({ policy: 'secret-only', list: [member(BEN)] }, member(BEN)),
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}
export const Itself: Story = {
  ...within(certified(), member(ME)),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('button', { name: 'Remove this device…' })).toBeVisible()
    await expect(canvas.queryByRole('button', { name: /Renew/ })).toBeNull()
  },
}
export const LongText: Story = within(
  certified(member(BEN, { name: UNBROKEN, role: 'admin' })),
  member(ME, { by: BEN, quarantined: 1_000_000 }),
)
export const Phone: Story = { ...Removed, ...phone }
export const RightToLeft: Story = {
  args: { of: member(BEN) },
  parameters: { engine: { members: certified(member(BEN)) }, ...rightToLeft.parameters },
}
