import type { Control } from './control.types.ts'
import type { Policy } from './membership.types.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'

/**
 * What the next control entry of a device says it has seen: of each author the latest entry that counts, and nothing of
 * those that do not, so that nobody can make it wait, or make it longer than it may be. What bears on the device itself
 * comes first: without the certificates it acts by, nobody could tell that it may.
 *
 * Under `tofu` only removals of the device itself bear on anything.
 */
export const seenBy = (
  peerId: string,
  counting: readonly Control[],
  policy: Policy,
): Readonly<Record<string, number>> => {
  const isOfMe = ({ subject }: Control): boolean => subject === peerId
  const others = counting.filter(({ author, op }) => author !== peerId && op !== 'introduce')
  const told = policy === 'tofu' ? others.filter(isOfMe) : others.toSorted((a, b) => rank(a, isOfMe) - rank(b, isOfMe))
  const latest = new Map<string, number>()
  for (const { author, seq } of told) {
    const before = latest.get(author)
    if (before === undefined && latest.size >= MEMBERSHIP_BOUNDS.seenAuthors) continue
    latest.set(author, Math.max(seq, before ?? 0))
  }
  return Object.fromEntries(latest)
}

/** Certificates of the device, removals of it, other certificates, other removals. */
const rank = (control: Control, isOfMe: (control: Control) => boolean): number =>
  (isOfMe(control) ? 0 : 2) + (control.op === 'remove' ? 1 : 0)
