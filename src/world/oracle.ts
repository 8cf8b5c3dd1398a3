import type { Entry, Json } from '#model/entry'
import type { ConflictingValue, ConflictView, FieldView, RecordView } from '#model/view'

/** What a list of entries means by the definition of the data model (DESIGN §3), read apart from the replica. */
export interface Reading {
  /** Those that pass the causal gate, in a causal order. */
  readonly applied: readonly Entry[]
  /** Those that lack something they build on, and those of a forked author that its freezing kept out. */
  readonly heldBack: readonly Entry[]
  /** Authors with two different entries at one place of their log; what came first counts. */
  readonly forked: readonly string[]
  /** Author → highest seq applied. */
  readonly vector: ReadonlyMap<string, number>
  /** Of all types, by type and id. */
  readonly records: readonly RecordView[]
  /** By type, id and field. */
  readonly conflicts: readonly ConflictView[]
}

/** An entry with its clock as a map, so that no author's name can be mistaken for a property. */
interface Write {
  readonly entry: Entry
  readonly seq: number
  readonly clock: ReadonlyMap<string, number>
}

/** Reads entries in the order they lie in a log; the order matters only where an author forked. */
export const readEntries = (entries: readonly Entry[]): Reading => {
  const { writes, forked } = distinct(entries.map(writeOf))
  const { applied, vector } = gated(writes)
  const groups = recordsOf(applied)
  const open = new Set(applied)
  return {
    applied: applied.map(({ entry }) => entry),
    heldBack: writes.filter((write) => !open.has(write)).map(({ entry }) => entry),
    forked: [...forked].toSorted(byUnits),
    vector,
    records: groups.map(({ view }) => view),
    conflicts: groups.flatMap(conflictsOf),
  }
}

/**
 * The writes of one record that nobody who wrote it later had seen, per field they write; `$alive` for its life.
 * By the definition alone: no gate, no order of arrival.
 */
export const maximalWrites = (entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> => {
  const writes = entries.map(writeOf)
  const fields = [...new Set(entries.flatMap(({ data }) => Object.keys(data)))]
  const found = fields.map((field) => [field, maximalOf(writes.filter((write) => isOn(write, field)))] as const)
  return new Map(
    [['$alive', maximalOf(writes)] as const, ...found].map(([field, ranked]) => [
      field,
      ranked.map(({ entry }) => entry),
    ]),
  )
}

/** JSON text that is equal for equal values: keys sorted by UTF-16 code units. */
export const sortedText = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => byUnits(a, b)))
      : item,
  )

const byUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const writeOf = (entry: Entry): Write => {
  const clock = new Map(Object.entries(entry.vectorClock))
  return { entry, clock, seq: clock.get(entry.peerId) ?? 0 }
}

/** One write for each place of each log. Once two claim the same, nothing more of that author counts. */
const distinct = (all: readonly Write[]): { writes: readonly Write[]; forked: ReadonlySet<string> } => {
  const places = new Map<string, Write>()
  const forked = new Set<string>()
  for (const write of all) {
    const place = `${write.seq} ${write.entry.peerId}`
    const before = places.get(place)
    if (before && sortedText(before.entry) !== sortedText(write.entry)) forked.add(write.entry.peerId)
    else if (!before && !forked.has(write.entry.peerId)) places.set(place, write)
  }
  return { writes: [...places.values()], forked }
}

/** The largest part in which every write has its author's previous one and everything its clock names. */
const gated = (writes: readonly Write[]): { applied: readonly Write[]; vector: ReadonlyMap<string, number> } => {
  const vector = new Map<string, number>()
  const applied: Write[] = []
  const isOpen = ({ entry, seq, clock }: Write): boolean =>
    (vector.get(entry.peerId) ?? 0) === seq - 1 &&
    [...clock].every(([author, seen]) => author === entry.peerId || (vector.get(author) ?? 0) >= seen)
  for (let waiting = [...writes], before = -1; waiting.length !== before; ) {
    before = waiting.length
    waiting = waiting.filter((write) => {
      if (!isOpen(write)) return true
      vector.set(write.entry.peerId, write.seq)
      applied.push(write)
      return false
    })
  }
  return { applied, vector }
}

/**
 * Best first. A write is maximal where no other had seen it, so where its own clock is the only one that reaches it:
 * of the two clocks that reach furthest into an author's log, the second falls short of it.
 */
const maximalOf = (writes: readonly Write[]): readonly Write[] => {
  const reach = new Map<string, [first: number, second: number]>()
  for (const { clock } of writes) {
    for (const [author, seen] of clock) {
      const [first, second] = reach.get(author) ?? [0, 0]
      reach.set(author, seen > first ? [seen, first] : [first, Math.max(second, seen)])
    }
  }
  return writes.filter(({ entry, seq }) => (reach.get(entry.peerId)?.[1] ?? 0) < seq).toSorted(bestFirst)
}

const bestFirst = (a: Write, b: Write): number =>
  b.entry.timestamp - a.entry.timestamp ||
  (b.entry.counter ?? 0) - (a.entry.counter ?? 0) ||
  byUnits(b.entry.peerId, a.entry.peerId) ||
  b.seq - a.seq

const isOn = ({ entry }: Write, field: string): boolean => Object.keys(entry.data).includes(field)

const fieldValue = (entry: Entry, field: string): Json =>
  new Map<string, Json>(Object.entries(entry.data)).get(field) ?? null

/** Different values of maximal writes, best first; the best of equal ones speaks. */
const valuesOf = (writes: readonly Write[], read: (entry: Entry) => Json): readonly ConflictingValue[] => {
  const values = new Map<string, ConflictingValue>()
  for (const { entry, seq } of maximalOf(writes)) {
    const value = read(entry)
    const text = sortedText(value)
    if (!values.has(text)) values.set(text, { value, dot: { peerId: entry.peerId, seq }, timestamp: entry.timestamp })
  }
  return [...values.values()]
}

interface RecordReading {
  readonly view: RecordView
  /** Values by field, best first; `$alive` with edits before deletions. */
  readonly values: readonly (readonly [field: string, values: readonly ConflictingValue[]])[]
}

const recordsOf = (applied: readonly Write[]): readonly RecordReading[] => {
  const groups = new Map<string, Write[]>()
  for (const write of applied) {
    const key = JSON.stringify([write.entry.resourceType, write.entry.id])
    const group = groups.get(key)
    if (group) group.push(write)
    else groups.set(key, [write])
  }
  return [...groups.values()]
    .map(recordOf)
    .toSorted(({ view: a }, { view: b }) => byUnits(a.resourceType, b.resourceType) || byUnits(a.id, b.id))
}

const recordOf = (writes: readonly Write[]): RecordReading => {
  const names = [...new Set(writes.flatMap(({ entry }) => Object.keys(entry.data)))].toSorted(byUnits)
  const fields = names.map((field) => {
    const writers = writes.filter((write) => isOn(write, field))
    return [field, valuesOf(writers, (entry) => fieldValue(entry, field))] as const
  })
  const lives = valuesOf(writes, (entry) => entry.action !== 'delete')
  const life = [...lives.filter(({ value }) => value === true), ...lives.filter(({ value }) => value === false)]
  const views = fields.flatMap(([field, values]) => {
    const view = fieldView(values)
    return view ? [[field, view] as const] : []
  })
  const [first] = writes
  const view: RecordView = {
    resourceType: first?.entry.resourceType ?? '',
    id: first?.entry.id ?? '',
    alive: life[0]?.value === true,
    ...(life.length > 1 && { editedWhileDeleted: true }),
    fields: Object.fromEntries(views),
    value: Object.fromEntries(views.map(([field, { value }]) => [field, value])),
  }
  return { view, values: [['$alive', life], ...fields] }
}

const fieldView = ([winner, ...others]: readonly ConflictingValue[]): FieldView | undefined =>
  winner && { value: winner.value, dot: winner.dot, ...(others.length > 0 && { conflict: others }) }

/** A deleted record has none. */
const conflictsOf = ({ view: { resourceType, id, alive }, values }: RecordReading): readonly ConflictView[] => {
  if (!alive) return []
  return values
    .flatMap(([field, [winner, ...others]]) =>
      winner && others.length > 0 ? [{ resourceType, id, field, winner, others }] : [],
    )
    .toSorted((a, b) => byUnits(a.field, b.field))
}
