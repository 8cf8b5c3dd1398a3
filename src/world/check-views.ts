import type { FindingList, WorldRule } from './check-rules.ts'
import type { Present } from './check-present.ts'
import { excerpt } from './check-words.ts'
import { sortedText } from './oracle.ts'

/** A name for each part of a view, and its text. */
type Parts = ReadonlyMap<string, string>

/** WORLD-1 and WORLD-2: views are what the model reads from the disk, and equal where the entries are. */
export const checkViews = (findings: FindingList, present: readonly Present[]): void => {
  const read = new Map<string, Parts>()
  const shown = present.map((one) => partsOf(one.records, one.conflicts))
  present.forEach((one, i) => {
    const { name, reading, set } = one
    const wanted = read.get(set) ?? partsOf(reading.records, reading.conflicts)
    read.set(set, wanted)
    const mine = shown[i] ?? new Map()
    compare(findings, 'WORLD-2', [`${name} shows`, mine], ['its disk says', wanted])
    for (const { peerId, vectorClock } of reading.heldBack.filter(
      ({ peerId: author }) => !reading.forked.includes(author),
    ))
      findings.add('WORLD-2', `${name} stored an entry of ${peerId} that cannot apply: ${sortedText(vectorClock)}`)
    const twin = present.findIndex((other) => other.set === set)
    const other = present[twin]
    if (other && other !== one)
      compare(
        findings,
        'WORLD-1',
        [`${other.name} shows`, shown[twin] ?? new Map()],
        [`${name} of the same entries`, mine],
      )
  })
}

const partsOf = (records: Present['records'], conflicts: Present['conflicts']): Parts =>
  new Map([
    ...records.map((view) => [`record ${view.resourceType}/${view.id}`, sortedText(view)] as const),
    ...conflicts.map((view) => [`conflict ${view.resourceType}/${view.id}.${view.field}`, sortedText(view)] as const),
    ['order of records', sortedText(records.map(({ resourceType, id }) => [resourceType, id]))],
    ['order of conflicts', sortedText(conflicts.map(({ resourceType, id, field }) => [resourceType, id, field]))],
  ])

const compare = (
  findings: FindingList,
  rule: WorldRule,
  [oneName, one]: readonly [string, Parts],
  [otherName, other]: readonly [string, Parts],
): void => {
  for (const part of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [one.get(part), other.get(part)]
    if (a !== b) findings.add(rule, `${part}: ${oneName} ${excerpt(a, b)}, ${otherName} ${excerpt(b, a)}`)
  }
}
