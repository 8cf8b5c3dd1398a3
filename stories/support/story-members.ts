import { fn } from 'storybook/test'
import type { Admitting, Members, MemberView } from '#engine/members.types'
import type { Entry } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { type Admission, roleWords } from '#trust/membership/describe-admission'
import { isMemberName } from '#trust/membership/member-name'
import { BEN, DEPOT, ME, NAMELESS } from './people.ts'

/** Who belongs to the room of a story; the rest is one that anybody with the invitation belongs to. */
export interface StoryMembers extends Partial<Omit<Members, 'list'>> {
  readonly list?: readonly MemberView[]
}

const DAY_MS = 86_400_000
/** When the devices of stories were admitted, and for how long. */
export const ADMITTED = Date.UTC(2026, 8, 1, 9)
export const UNTIL = Date.UTC(2099, 10, 30, 9)

const DIGITS: Readonly<Record<string, string>> = {
  [ME]: '40218 77310 05946 31882 90457 13',
  [BEN]: '84230 34255 30450 37059 61636 68',
  [DEPOT]: '11902 65538 20071 49936 07714 52',
  [NAMELESS]: '73305 18864 92210 55047 38126 90',
}

/** A device of the room; a member with a certificate unless the story says otherwise. */
export const member = (peerId: string, more: Partial<MemberView> = {}): MemberView => ({
  peerId,
  name: '',
  fingerprint: DIGITS[peerId] ?? '00000 00000 00000 00000 00000 97',
  standing: 'member',
  role: 'member',
  from: ADMITTED,
  until: UNTIL,
  by: ME,
  isSelf: peerId === ME,
  quarantined: 0,
  ...more,
})

/** A device that has the invitation and nothing else; under the name that it calls itself. */
export const asking = (peerId: string, name = ''): MemberView => ({
  peerId,
  name,
  fingerprint: DIGITS[peerId] ?? '00000 00000 00000 00000 00000 97',
  standing: 'waiting',
  isSelf: peerId === ME,
  quarantined: 0,
})

const entryBy = (peerId: string): Entry => ({
  id: peerId,
  resourceType: '$member',
  action: 'update',
  data: {},
  timestamp: 1,
  peerId: ME,
  vectorClock: { [ME]: 1 },
})

/** Members of arrays: what is admitted or removed shows in the list, as it does with the real ones. */
export const storyMembers = ({ list: given = [], ...more }: StoryMembers = {}) => {
  let list = given
  const listeners = new Set<() => void>()
  const change = (peerId: string, to: Partial<MemberView>) => {
    list = list.map((it) => (it.peerId === peerId ? { ...it, ...to } : it))
    for (const listener of listeners) listener()
  }
  const describe = (peerId: string, { role, name }: Admitting): Admission => {
    if (!isMemberName(name)) throw new FieldmeshError('options-invalid', 'This name cannot be shown.')
    const fingerprint = list.find((it) => it.peerId === peerId)?.fingerprint
    if (!fingerprint) throw new FieldmeshError('member-unknown')
    return { peerId, name, fingerprint, role, may: roleWords(role), from: ADMITTED, until: ADMITTED + 90 * DAY_MS }
  }
  const members: Members = {
    policy: 'secret-only',
    mayDecide: false,
    describe,
    admit: fn(async (peerId: string, admitting: Admitting) => {
      change(peerId, { ...admitting, standing: 'member', from: ADMITTED, until: UNTIL, by: ME })
      return entryBy(peerId)
    }),
    remove: fn(async (peerId: string) => {
      change(peerId, { standing: 'removed' })
      return entryBy(peerId)
    }),
    rotateSecret: fn(async () => {}),
    ...more,
    list: () => list,
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return { members, subscribe }
}

/** A room with admins, seen from one of them. */
export const certified = (...others: readonly MemberView[]): StoryMembers => ({
  policy: 'certified',
  mayDecide: true,
  list: [...others, member(ME, { name: 'Anna’s tablet', role: 'admin', by: 'root' })],
})

/** The same, seen from a device that is not an admin. */
export const seenBy = (self: Partial<MemberView>, ...others: readonly MemberView[]): StoryMembers => ({
  policy: 'certified',
  mayDecide: false,
  list: [...others, member(ME, { name: 'Anna’s tablet', by: BEN, ...self })],
})
