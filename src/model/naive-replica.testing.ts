import type { Entry, Json } from './entry.ts'
import type { ConflictingValue, ConflictView, FieldView, RecordView } from './view.ts'

/** What a set of entries means, by the definition and nothing else: slow, without state, written apart from the replica. */
export interface NaiveView {
  readonly applied: readonly Entry[]
  readonly records: readonly RecordView[]
  readonly conflicts: readonly ConflictView[]
}

/** @param isInForce what of the applied entries counts; by default all */
export const naiveView = (entries: readonly Entry[], isInForce: (entry: Entry) => boolean = () => true): NaiveView => {
  const applied = appliedOf(entries)
  const counted = applied.filter(isInForce)
  const keys = new Map(counted.map((entry) => [JSON.stringify([entry.resourceType, entry.id]), entry]))
  const groups = [...keys.values()]
    .toSorted((a, b) => byUnits(a.resourceType, b.resourceType) || byUnits(a.id, b.id))
    .map(({ resourceType, id }) => counted.filter((e) => e.resourceType === resourceType && e.id === id))
  return { applied, records: groups.map(recordOf), conflicts: groups.flatMap(conflictsOf) }
}

const seqOf = (entry: Entry): number => seen(entry, entry.peerId)

const seen = (entry: Entry, peerId: string): number =>
  Object.entries(entry.vectorClock).find(([author]) => author === peerId)?.[1] ?? 0

const byUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const precedes = (e: Entry, g: Entry): boolean => g !== e && seen(g, e.peerId) >= seqOf(e)

/** The largest part of the set in which every entry has its author's previous one and all its clock names. */
const appliedOf = (entries: readonly Entry[]): readonly Entry[] => {
  const distinct = [...new Map(entries.map((e) => [JSON.stringify([e.peerId, seqOf(e)]), e])).values()]
  const applied: Entry[] = []
  const reach = (peerId: string): number => applied.filter((e) => e.peerId === peerId).length
  for (;;) {
    const next = distinct.find(
      (e) =>
        !applied.includes(e) &&
        Object.entries(e.vectorClock).every(([a, seq]) => (a === e.peerId ? reach(a) === seq - 1 : reach(a) >= seq)),
    )
    if (!next) return applied
    applied.push(next)
  }
}

/** Maximal writes among those that touch a field, best first. */
const maximal = (writers: readonly Entry[]): readonly Entry[] =>
  writers
    .filter((e) => !writers.some((g) => precedes(e, g)))
    .toSorted(
      (a, b) =>
        b.timestamp - a.timestamp ||
        (b.counter ?? 0) - (a.counter ?? 0) ||
        byUnits(b.peerId, a.peerId) ||
        seqOf(b) - seqOf(a),
    )

const readField = (entry: Entry, field: string): Json =>
  Object.entries(entry.data).find(([name]) => name === field)?.[1] ?? null

const different = (writes: readonly Entry[], read: (entry: Entry) => Json): readonly ConflictingValue[] => {
  const values = writes.map((entry) => ({ entry, value: read(entry), text: sortedText(read(entry)) }))
  return values
    .filter(({ text }, i) => values.findIndex((other) => other.text === text) === i)
    .map(({ entry, value }) => ({
      value,
      dot: { peerId: entry.peerId, seq: seqOf(entry) },
      timestamp: entry.timestamp,
    }))
}

const sortedText = (value: Json): string =>
  JSON.stringify(value, (_, v: Json) =>
    v && typeof v === 'object' && !Array.isArray(v) ? Object.entries(v).toSorted(([a], [b]) => byUnits(a, b)) : v,
  )

const fieldsOf = (entries: readonly Entry[]): readonly (readonly [string, readonly ConflictingValue[]])[] =>
  [...new Set(entries.flatMap((entry) => Object.keys(entry.data)))].toSorted(byUnits).map((field) => {
    const writers = entries.filter((entry) => Object.keys(entry.data).includes(field))
    return [field, different(maximal(writers), (entry) => readField(entry, field))]
  })

const livesOf = (entries: readonly Entry[]): readonly ConflictingValue[] => {
  const lives = different(maximal(entries), (entry) => entry.action !== 'delete')
  return [...lives.filter((life) => life.value === true), ...lives.filter((life) => life.value === false)]
}

const recordOf = (entries: readonly Entry[]): RecordView => {
  const fields = fieldsOf(entries)
  const lives = livesOf(entries)
  const view = fields.map(([name, [winner, ...others]]): [string, FieldView] => {
    if (!winner) throw new Error('a field that nobody wrote')
    const { value, dot } = winner
    return [name, { value, dot, ...(others.length > 0 && { conflict: others }) }]
  })
  return {
    resourceType: entries[0]?.resourceType ?? '',
    id: entries[0]?.id ?? '',
    alive: lives[0]?.value === true,
    ...(lives.length > 1 && { editedWhileDeleted: true }),
    fields: Object.fromEntries(view),
    value: Object.fromEntries(view.map(([name, field]) => [name, field.value])),
  }
}

const conflictsOf = (entries: readonly Entry[]): readonly ConflictView[] => {
  const { resourceType, id, alive } = recordOf(entries)
  if (!alive) return []
  return [['$alive', livesOf(entries)] as const, ...fieldsOf(entries)]
    .toSorted(([a], [b]) => byUnits(a, b))
    .flatMap(([field, [winner, ...others]]) =>
      winner && others.length > 0 ? [{ resourceType, id, field, winner, others }] : [],
    )
}
