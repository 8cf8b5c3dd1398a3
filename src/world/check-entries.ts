import type { Entry } from '#model/entry'
import { canonical } from '#model/canonical'
import type { Chronicle } from './check-chronicle.ts'
import { isOwn } from './check-chronicle.ts'
import { placeOf, placeOfEntry, seqIn } from './check-disk.ts'
import { type Present, unionOf } from './check-present.ts'
import type { FindingList } from './check-rules.ts'
import { brief, excerpt } from './check-words.ts'
import { maximalWrites, sortedText } from './oracle.ts'

/** WORLD-3, 4, 5, 10 and 15: what was written, against what the devices hold and show. */
export const checkEntries = (findings: FindingList, chronicle: Chronicle, present: readonly Present[]): void => {
  const union = unionOf(present)
  const isDoubtful = doubts(chronicle, present, union)
  checkWrites(findings, chronicle, present, isDoubtful)
  checkOrigins(findings, chronicle, present)
  checkMaximal(findings, present, [...union.values()], isDoubtful)
  checkTimes(findings, chronicle, union)
  checkSuspects(findings, chronicle, present)
}

/**
 * Which entries devices may lack or hold differently, for a log forked: all of a forked author's from the fork on or
 * beyond what every device holds of it (a frozen author is taken nowhere), and whatever builds on those.
 */
export const doubts = (
  { forks }: Chronicle,
  present: readonly Present[],
  union: ReadonlyMap<string, Entry>,
): ((entry: Entry) => boolean) => {
  const from = new Map<string, number>()
  for (const [author, seq] of forks) {
    const common = Math.min(...present.map(({ reach }) => reach(author)))
    from.set(author, Math.min(seq, common + 1))
  }
  const isDoubtful = ({ vectorClock }: Entry): boolean =>
    Object.entries(vectorClock).some(([author, seq]) => seq >= (from.get(author) ?? Number.POSITIVE_INFINITY))
  for (let found = from.size > 0; found; ) {
    found = false
    for (const entry of union.values()) {
      const seq = seqIn(entry, entry.peerId)
      if (seq >= (from.get(entry.peerId) ?? Number.POSITIVE_INFINITY) || !isDoubtful(entry)) continue
      from.set(entry.peerId, seq)
      found = true
    }
  }
  return isDoubtful
}

/** WORLD-3. */
const checkWrites = (
  findings: FindingList,
  { world, shelves }: Chronicle,
  present: readonly Present[],
  isDoubtful: (entry: Entry) => boolean,
): void => {
  for (const { entry, device } of world.writes) {
    const place = placeOfEntry(entry)
    const keeper = shelves.find(({ held }) => held.has(place))
    if (!keeper || isDoubtful(entry)) continue
    const text = canonical(entry)
    for (const { name, held } of present) {
      const stored = held.get(place)
      if (!stored) {
        const where = `${keeper.device.name} had it durably, and its disk was not lost since`
        findings.add(
          'WORLD-3',
          `${name} lacks ${place}, ${entry.resourceType}/${entry.id} written on ${device}: ${where}`,
        )
      } else if (stored.text !== text)
        findings.add(
          'WORLD-3',
          `${name} holds at ${place} ${excerpt(stored.text, text)} where ${device} wrote ${excerpt(text, stored.text)}`,
        )
    }
  }
}

/** WORLD-4 at rest. */
const checkOrigins = (findings: FindingList, { born }: Chronicle, present: readonly Present[]): void => {
  for (const { name, device, held } of present) {
    for (const [place, { entry, text }] of held)
      if (!isOwn(device, entry.peerId) && !born.get(place)?.has(text))
        findings.add('WORLD-4', `${name} holds ${place}, which its author never had durably: ${brief(text)}`)
  }
}

/** WORLD-5. Records that a doubtful entry writes may look different everywhere. */
const checkMaximal = (
  findings: FindingList,
  present: readonly Present[],
  entries: readonly Entry[],
  isDoubtful: (entry: Entry) => boolean,
): void => {
  const records = Map.groupBy(entries, ({ resourceType, id }) => JSON.stringify([resourceType, id]))
  for (const group of records.values()) {
    const [first] = group
    if (!first || group.some(isDoubtful)) continue
    for (const [field, writes] of maximalWrites(group)) {
      const wanted = [...new Set(writes.map((entry) => (field === '$alive' ? life(entry) : textIn(entry, field))))]
      for (const one of present) checkVisible(findings, one, first, field, wanted)
    }
  }
}

const life = ({ action }: Entry): string => String(action !== 'delete')
const textIn = ({ data }: Entry, field: string): string => sortedText(new Map(Object.entries(data)).get(field) ?? null)

const checkVisible = (
  findings: FindingList,
  { device, name }: Present,
  { resourceType, id }: Entry,
  field: string,
  wanted: readonly string[],
): void => {
  const shown = shownOf(device.engine.record(resourceType, id), field)
  for (const value of wanted)
    if (!shown.includes(value))
      findings.add(
        'WORLD-5',
        `${name} does not show ${brief(value)} in ${resourceType}/${id}.${field}, only ${shown.map(brief).join(', ')}`,
      )
}

const shownOf = (view: ReturnType<Present['device']['engine']['record']>, field: string): readonly string[] => {
  if (!view) return []
  if (field === '$alive') return view.editedWhileDeleted ? ['true', 'false'] : [String(view.alive)]
  const shown = new Map(Object.entries(view.fields)).get(field)
  return shown ? [shown.value, ...(shown.conflict ?? []).map(({ value }) => value)].map(sortedText) : []
}

/** WORLD-10. */
const checkTimes = (findings: FindingList, { forks }: Chronicle, union: ReadonlyMap<string, Entry>): void => {
  const authors = Map.groupBy([...union.values()], ({ peerId }) => peerId)
  for (const [author, entries] of authors) {
    if (forks.has(author)) continue
    const log = entries.toSorted((a, b) => seqIn(a, author) - seqIn(b, author))
    for (const [i, next] of log.entries()) {
      const before = log[i - 1]
      if (before && !isLater(next, before))
        findings.add(
          'WORLD-10',
          `${placeOfEntry(next)} has the time ${timeOf(next)}, after ${placeOfEntry(before)} with ${timeOf(before)}`,
        )
    }
  }
}

const isLater = (a: Entry, b: Entry): boolean =>
  a.timestamp > b.timestamp || (a.timestamp === b.timestamp && (a.counter ?? 0) > (b.counter ?? 0))
const timeOf = ({ timestamp, counter = 0 }: Entry): string => `${timestamp}.${counter}`

/** WORLD-15. */
const checkSuspects = (findings: FindingList, { forks }: Chronicle, present: readonly Present[]): void => {
  for (const author of forks.keys())
    for (const { name, device, doubled } of present) {
      const suspects = device.engine.store.getStatus().suspects ?? []
      const isNamed = suspects.some(({ peerId, fault }) => peerId === author && fault === 'author-forked')
      const double = doubled.find(({ entry }) => entry.peerId === author)
      if (double && !isNamed)
        findings.add(
          'WORLD-15',
          `${name} holds two entries at ${placeOf(author, double.seq)} and does not name their author`,
        )
    }
}
