import { canonical } from '#model/canonical'
import type { Entry } from '#model/entry'
import { seqOf } from '#model/entry-dot'
import { compareText } from '#model/write-order'
import { type Control, MEMBER_TYPE } from './control.types.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'
import { readControl } from './read-control.ts'

/** What each author wrote about members, in the order of his log; authors sorted. */
export type ControlLogs = ReadonlyMap<string, readonly Control[]>

/** Author → seq → entry; of a forked author whichever text is less, so that no order of arrival decides. */
const entriesByDot = (entries: Iterable<Entry>): Map<string, Map<number, Entry>> => {
  const authors = new Map<string, Map<number, Entry>>()
  for (const entry of entries) {
    if (entry.resourceType !== MEMBER_TYPE) continue
    const log = authors.get(entry.peerId) ?? new Map<number, Entry>()
    authors.set(entry.peerId, log)
    const held = log.get(seqOf(entry))
    if (!held || (held !== entry && canonical(entry) < canonical(held))) log.set(seqOf(entry), entry)
  }
  return authors
}

/** Leaves out what exceeds the bound of decisions by one author of one kind about one device. */
const withoutFloods = (controls: readonly Control[]): readonly Control[] => {
  const counts = new Map<string, number>()
  return controls.filter(({ op, subject }) => {
    const count = (counts.get(op + subject) ?? 0) + 1
    counts.set(op + subject, count)
    return count <= MEMBERSHIP_BOUNDS.perSubject
  })
}

/** The control entries among these, read. */
export const controlLogsOf = (entries: Iterable<Entry>): ControlLogs => {
  const logs = new Map<string, readonly Control[]>()
  for (const [author, log] of [...entriesByDot(entries)].toSorted(([a], [b]) => compareText(a, b))) {
    const inOrder = [...log].toSorted(([a], [b]) => a - b).map(([, entry]) => readControl(entry))
    logs.set(author, withoutFloods(inOrder.filter((control) => control !== undefined)))
  }
  return logs
}
