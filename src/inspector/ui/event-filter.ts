import { type FaultCode, isFaultCode } from '#model/fault'
import { isPlainObject } from '#model/plain-object'
import type { Entry, TimelineView } from './timeline.ts'
import { actorWords } from './event-words.ts'
import type { InspectRecord } from '../records.types.ts'

/** Which events are listed. */
export interface EventFilter {
  /** Words that must all be found in type, actors or payload. */
  readonly text: string
  /** Events of this type alone, or of all that begin with it where it ends with a dot; '' for all. */
  readonly type: string
  /** What this actor received or sent; its session id. */
  readonly actor?: { readonly device: string; readonly actor: string }
  /** Laws broken and faults alone. */
  readonly problems: boolean
  /** Only what came after this, ms since 1970: the list was cleared then. */
  readonly since?: number
}

export const NO_FILTER: EventFilter = { text: '', type: '', problems: false }

/** Whether it leaves anything out. */
export const isFiltering = ({ text, type, actor, problems, since }: EventFilter): boolean =>
  text.trim() !== '' || type !== '' || problems || actor !== undefined || since !== undefined

/** A fault that an event tells of. */
export const toldFault = (record: InspectRecord): FaultCode | undefined => {
  if (record.kind !== 'event' || !isPlainObject(record.payload)) return undefined
  const { fault } = record.payload
  return isFaultCode(fault) ? fault : undefined
}

/** Something that must not be. */
export const isAlarm = ({ kind }: InspectRecord): boolean => kind === 'law' || kind === 'fault'

/** Something that must not be, or that failed. */
export const isProblem = (record: InspectRecord): boolean => isAlarm(record) || toldFault(record) !== undefined

/** What has a line of its own in the list. */
export const isListed = (record: InspectRecord): boolean =>
  record.kind === 'event' || record.kind === 'ice' || isAlarm(record)

/** The word by which a record is filtered. */
export const typeOf = (record: InspectRecord): string => ('type' in record ? record.type : record.kind)

const texts = new WeakMap<InspectRecord, string>()

const textOf = (record: InspectRecord): string => {
  const known = texts.get(record)
  if (known !== undefined) return known
  const { n: _n, at: _at, ...told } = record
  const text = JSON.stringify(told).toLowerCase()
  texts.set(record, text)
  return text
}

/** Actors by what they are called in the list, and by their ids. Names change as devices come, so they are not kept. */
const createNames = ({ devices }: TimelineView) => {
  const logs = new Map(devices.map(({ key, log }) => [key, log] as const))
  const known = new Map<string, string>()
  const nameOf = (device: string, actor: string): string => {
    const log = logs.get(device)
    const key = `${device} ${actor}`
    const name = known.get(key) ?? `${log?.identity(actor)?.id ?? ''} ${actorWords(actor, log, devices)}`.toLowerCase()
    known.set(key, name)
    return name
  }
  return ({ device, record }: Entry): string =>
    ['actor' in record ? record.actor : undefined, 'from' in record ? record.from : undefined]
      .map((actor) => (actor === undefined ? '' : nameOf(device, actor)))
      .join(' ')
}

const concerns = (record: InspectRecord, actor: string): boolean =>
  ('actor' in record && record.actor === actor) || ('from' in record && record.from === actor)

const isOfType = (record: InspectRecord, type: string): boolean =>
  type === '' || typeOf(record) === type || (type.endsWith('.') && typeOf(record).startsWith(type))

/**
 * Places of the entries that are listed.
 *
 * @param device key of the only device to list; undefined for all
 */
export const listedEvents = (view: TimelineView, filter: EventFilter, device?: string): readonly number[] => {
  const namesOf = createNames(view)
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const { since = Number.NEGATIVE_INFINITY } = filter
  const matches = (entry: Entry): boolean => {
    const { device: of, at, record } = entry
    if (!isListed(record) || at <= since || (device !== undefined && of !== device)) return false
    if (filter.problems && !isProblem(record)) return false
    if (!isOfType(record, filter.type)) return false
    if (filter.actor && !(filter.actor.device === of && concerns(record, filter.actor.actor))) return false
    if (words.length === 0) return true
    const text = `${namesOf(entry)} ${textOf(record)}`
    return words.every((word) => text.includes(word))
  }
  return view.entries.flatMap((entry, at) => (matches(entry) ? [at] : []))
}

/** All types there are, and their beginnings where several share one, sorted. */
export const eventTypes = ({ entries }: TimelineView): readonly string[] => {
  const types = new Set<string>()
  for (const { record } of entries) if (isListed(record)) types.add(typeOf(record))
  const speakers = Map.groupBy(types, (type) => type.slice(0, type.indexOf('.') + 1))
  return [...speakers].flatMap(([speaker, all]) => (speaker !== '' && all.length > 1 ? [speaker, ...all] : all)).sort()
}
