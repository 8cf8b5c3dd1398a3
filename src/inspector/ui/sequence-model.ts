import type { DeviceLog } from './device-log.ts'
import { actorWords } from './event-words.ts'
import { matchWires, type Wire, type WirePoint } from './match-wires.ts'
import type { Entry, ShownDevice, TimelineView } from './timeline.ts'

/** A vertical line: an actor, or a whole device. */
export interface Lifeline {
  readonly id: string
  readonly device: string
  readonly title: string
}

/** One end of an arrow: a row, and a lifeline; without a lifeline, the edge. */
export interface ArrowEnd {
  readonly row: number
  readonly line?: number
}

/** Something that went from one line to another. */
export interface Arrow {
  readonly id: string
  readonly from: ArrowEnd
  readonly to: ArrowEnd
  readonly label: string
  /** Within a device, or between two. */
  readonly kind: 'event' | Wire['road']
}

/** What a sequence diagram draws; rows go with time. */
export interface Sequence {
  readonly lines: readonly Lifeline[]
  /** Places of the entries, one a row. */
  readonly rows: readonly number[]
  readonly arrows: readonly Arrow[]
}

export type SequenceScale = 'actors' | 'devices'

const at = (device: string, n: number): string => `${device} ${n}`
/** An actor that ended and the one that took its place stand on one line. */
const placeOf = (log: DeviceLog | undefined, actor: string): string => {
  const identity = log?.identity(actor)
  if (!identity) return actor
  return identity.parent === undefined ? actor : `${placeOf(log, identity.parent)}/${identity.id}`
}

const wiresOf = (devices: readonly ShownDevice[]): readonly Wire[] =>
  matchWires(devices.flatMap(({ key, log }) => (log ? [{ key, peerId: log.peerId, ends: log.wireEnds() }] : [])))

const isBorder = (log: DeviceLog | undefined, actor: string): boolean =>
  ['transport', 'socket'].includes(log?.identity(actor)?.id ?? '')

const actorsIn = (entries: readonly Entry[], { key, log }: ShownDevice): string[] => {
  const seen = new Set<string>()
  for (const { device, record } of entries) {
    if (device !== key || record.kind !== 'event') continue
    if (record.from !== undefined) seen.add(record.from)
    seen.add(record.actor)
  }
  const bySerial = [...seen].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return [...bySerial.filter((actor) => !isBorder(log, actor)), ...bySerial.filter((actor) => isBorder(log, actor))]
}

/** Of two devices the second is mirrored, so that what they say to each other is said across the middle. */
const linesOf = (view: TimelineView, entries: readonly Entry[], scale: SequenceScale): Lifeline[] => {
  const { devices } = view
  if (scale === 'devices') return devices.map(({ key, title }) => ({ id: key, device: key, title }))
  return devices.flatMap((device, index) => {
    const { key, log } = device
    const actors = actorsIn(entries, device)
    const ordered = devices.length === 2 && index === 1 ? actors.toReversed() : actors
    const places = Map.groupBy(ordered, (actor) => placeOf(log, actor))
    return [...places].map(([place, [actor = '']]) => ({
      id: `${key} ${place}`,
      device: key,
      title: actorWords(actor, log, devices),
    }))
  })
}

/** The line that an actor stands on. */
const createLines = (view: TimelineView, lines: readonly Lifeline[], scale: SequenceScale) => {
  const logs = new Map(view.devices.map(({ key, log }) => [key, log] as const))
  const indexOf = new Map(lines.map(({ id }, index) => [id, index] as const))
  const known = new Map<string, number | undefined>()
  return (device: string, actor: string): number | undefined => {
    if (scale === 'devices') return indexOf.get(device)
    const key = `${device} ${actor}`
    if (!known.has(key)) known.set(key, indexOf.get(`${device} ${placeOf(logs.get(device), actor)}`))
    return known.get(key)
  }
}

/**
 * What is to be drawn.
 *
 * @param listed places of the events that are drawn; between devices, those of them that cross a border
 */
export const sequenceOf = (view: TimelineView, listed: readonly number[], scale: SequenceScale): Sequence => {
  const wires = wiresOf(view.devices)
  const crossing = new Set(
    wires.flatMap(({ from, to }) => [from, to].flatMap((point) => (point ? [at(point.device, point.end.n)] : []))),
  )
  const isDrawn = (place: number): boolean => {
    const entry = view.entries[place]
    if (entry?.record.kind !== 'event') return false
    return scale === 'actors' || crossing.has(at(entry.device, entry.record.n))
  }
  const rows = listed.filter(isDrawn)
  const entries = rows.flatMap((place) => view.entries[place] ?? [])
  const rowOf = new Map(entries.map(({ device, record }, row) => [at(device, record.n), row] as const))
  const lines = linesOf(view, entries, scale)
  const find = createLines(view, lines, scale)

  const within = entries.flatMap(({ device, record }, row): Arrow[] => {
    if (record.kind !== 'event') return []
    const [from, to] = [record.from === undefined ? undefined : find(device, record.from), find(device, record.actor)]
    const ends = {
      from: { row, ...(from !== undefined && { line: from }) },
      to: { row, ...(to !== undefined && { line: to }) },
    }
    return [{ id: `event ${row}`, ...ends, label: record.type, kind: 'event' }]
  })
  const endOf = (point: WirePoint | undefined): ArrowEnd | undefined => {
    const row = point && rowOf.get(at(point.device, point.end.n))
    const line = point && find(point.device, point.end.actor)
    return row === undefined || line === undefined ? undefined : { row, line }
  }
  const between = wires.flatMap(({ from, to, label, road }): Arrow[] => {
    const [left, came] = [endOf(from), endOf(to)]
    const row = (left ?? came)?.row
    if (row === undefined) return []
    const id = `wire ${from ? at(from.device, from.end.n) : ''} ${to ? at(to.device, to.end.n) : ''}`
    return [{ id, from: left ?? { row }, to: came ?? { row }, label, kind: road }]
  })
  return { lines, rows, arrows: scale === 'actors' ? [...within, ...between] : between }
}
