import type { MemberView } from '#engine/members.types'
import type { Policy, Role } from '#trust/membership/membership.types'
import { count } from './words.ts'

/** What a device is to the room, in a word. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = { reader: 'Reader', member: 'Member', admin: 'Admin' }

/** From the least to the most that a device may do. */
export const ROLES: readonly Role[] = ['reader', 'member', 'admin']

/** True where the one may do less than the other. */
export const isLessThan = (one: Role, other: Role | undefined): boolean =>
  other !== undefined && ROLES.indexOf(one) < ROLES.indexOf(other)

interface PolicyWords {
  readonly policy: Policy
  readonly title: string
  readonly line: string
}

/** Who may join a field book, to be chosen when it is made. The first is the usual one. */
export const POLICY_WORDS: readonly PolicyWords[] = [
  {
    policy: 'secret-only',
    title: 'Whoever has the invitation',
    line: 'The simplest. No device that came in can be removed.',
  },
  {
    policy: 'tofu',
    title: 'Whoever has the invitation, until somebody removes it',
    line: 'Any device can remove any other. Whoever still has the invitation can come back as a new device, in everybody’s sight.',
  },
  {
    policy: 'certified',
    title: 'Only devices that I admit',
    line: 'You compare the digits of each new device and say what it may do, for 90 days at a time.',
  },
]

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long' })
const DAY_MS = 86_400_000
/** An admin needs some days to meet the device once more. */
const SOON_DAYS = 14

/** A moment (ms since 1970) as a day on the calendar. */
export const dayWords = (at: number): string => DATE.format(at)

/** How long a device is admitted for; both ms since 1970. */
export const admittedWords = (until: number, now: number): string => {
  if (until <= now) return `Admitted until ${dayWords(until)}; that is over`
  const days = Math.ceil((until - now) / DAY_MS)
  return days > SOON_DAYS
    ? `Admitted until ${dayWords(until)}`
    : `Admitted until ${dayWords(until)}: ${count(days, 'day')} left`
}

/** What a device is to a room, as short as a label has it; undefined where that goes without saying. */
export const standingWords = (
  { standing, role }: Pick<MemberView, 'standing' | 'role'>,
  policy: Policy,
): { readonly text: string; readonly tone: 'good' | 'busy' | 'off' } | undefined => {
  if (standing === 'waiting') return { text: 'Asks to join', tone: 'busy' }
  if (standing === 'expired') return { text: 'Admission over', tone: 'off' }
  if (standing === 'removed') return { text: 'Removed', tone: 'off' }
  return policy === 'certified' && role ? { text: ROLE_NAMES[role], tone: 'good' } : undefined
}

/** How many entries of a device count nowhere; undefined for none. */
export const quarantinedWords = ({ quarantined, standing }: MemberView): string | undefined => {
  if (quarantined === 0) return undefined
  const why = standing === 'removed' ? 'after its removal' : 'without being allowed to'
  return `${count(quarantined, 'entry', 'entries')} left out of every record: written ${why}. Kept and passed on, so that all devices agree.`
}

/** Digits in groups, as a voice should say them: one by one, with a pause after each group. */
export const spokenDigits = (fingerprint: string): string =>
  fingerprint
    .split(' ')
    .map((group) => group.split('').join(' '))
    .join(', ')

/** True where this room and this device allow to remove the other. What the founder’s key admitted, it alone removes. */
export const isRemovable = ({ standing, by }: MemberView, policy: Policy, mayDecide: boolean): boolean =>
  mayDecide && policy !== 'secret-only' && standing !== 'removed' && by !== 'root'

/** True where this device may admit, renew or change the other. Nobody renews himself. */
export const isAdmittable = ({ standing, isSelf }: MemberView, policy: Policy, mayDecide: boolean): boolean =>
  mayDecide && policy === 'certified' && standing !== 'removed' && !isSelf

/** Why nothing can be written on a device; undefined where it may write. */
export const writingBar = (self: MemberView | undefined): string | undefined => {
  if (!self) return undefined
  if (self.standing === 'waiting') return 'This device is not admitted yet: nothing can be written on it.'
  if (self.standing === 'expired') return 'This device’s admission is over: nothing can be written on it.'
  if (self.standing === 'removed') return 'This device was removed: nothing can be written on it any more.'
  return self.role === 'reader' ? 'This device may read, and write nothing. An admin can let it write.' : undefined
}
