import { explainAll } from '#engine/explain'
import type { Explanation } from '#engine/types'
import { seenAfter } from '#inspector/fold-records'
import type { EventRecord, SeenActor } from '#inspector/records.types'
import type { DeviceLog } from '#inspector/ui/device-log'
import { recordWords } from '#inspector/ui/event-words'
import type { Entry, ShownDevice, TimelineView } from '#inspector/ui/timeline'
import { isPlainObject } from '#model/plain-object'
import { enteredWords } from './entered-words.ts'
import { peerIdOf, statusOf } from './field-recording-status.ts'
import { newTroubles } from './field-recording-troubles.ts'
import type { RecordedMoment } from './field-recording.types.ts'
import { happeningOf, mostTelling } from './happenings.ts'
import type { Happening } from './moment.types.ts'

/** How many letters of an id tell devices apart. */
const SHORT = 6

/** What a device is called in a recording. */
export const titleOf = ({ devices }: TimelineView, peerId: string): string =>
  devices.find(({ log }) => log?.peerId === peerId)?.title ?? peerId.slice(0, SHORT)

/** A ping that is answered is the calm of a link. */
const placeOf = ({ states }: SeenActor): string => states.join(' ').replaceAll('.probing', '.healthy')

/** A recording comes from anywhere: what is looked into is there. */
const eventOf = ({ type, payload }: EventRecord) => {
  const carried: Readonly<Record<string, unknown>> = isPlainObject(payload) ? payload : {}
  const within = (key: string) => (isPlainObject(carried[key]) ? carried[key] : {})
  return { type, kind: carried['kind'], signal: within('signal'), message: within('message') }
}

/** Reads the records of one device in their order, and tells what is worth words. */
const createTeller = (view: TimelineView, { key, title }: ShownDevice, log: DeviceLog) => {
  const { before, dropped } = log.recording()
  const machines = new Map(Object.entries(before).filter(([, { machine }]) => machine !== undefined))
  const pending = new Map<number, EventRecord>()
  const explain = () => {
    const status = statusOf(log, machines.values())
    return status ? explainAll(status) : []
  }
  let explained: readonly Explanation[] = explain()

  const enteredBy = (was: SeenActor | undefined, seen: SeenActor) => {
    const chart = seen.machine === undefined ? undefined : log.chart(seen.machine)
    const entered = chart && enteredWords(chart, was?.states ?? [], seen.states)
    return entered === undefined ? {} : { entered }
  }
  const told = (seen: SeenActor, record: EventRecord, moved?: { readonly entered?: string }): Happening[] => {
    const peerId = peerIdOf(seen)
    const about = peerId === undefined ? {} : { about: titleOf(view, peerId) }
    const hasMoved = moved !== undefined
    const sent = {
      device: title,
      machine: seen.machine ?? seen.id,
      event: eventOf(record),
      hasMoved,
      ...about,
      ...moved,
    }
    const happening = happeningOf(sent)
    return happening ? [happening] : []
  }
  const hear = (record: EventRecord): Happening[] => {
    const seen = machines.get(record.actor)
    const { last } = log.consequence(record.n)
    const isSettledLater = log.records()[last - dropped]?.kind === 'snapshot'
    if (isSettledLater) pending.set(last, record)
    return seen && !isSettledLater ? told(seen, record) : []
  }
  const troubled = (): Happening[] => {
    const now = explain()
    const troubles = newTroubles(explained, now)
    explained = now
    return troubles.map(({ peerId, cause }) => {
      const who = peerId === undefined ? title : `${title}, link to ${titleOf(view, peerId)}`
      return { kind: 'broken', says: `${who}: ${cause}`, device: key }
    })
  }
  const settle = (seen: SeenActor, was: SeenActor | undefined, n: number): Happening[] => {
    const event = pending.get(n)
    pending.delete(n)
    const hasMoved = was === undefined || placeOf(was) !== placeOf(seen)
    return [...(event ? told(seen, event, hasMoved ? enteredBy(was, seen) : undefined) : []), ...troubled()]
  }
  return ({ record }: Entry): readonly Happening[] => {
    if (record.kind === 'event') return hear(record)
    if (record.kind === 'law' || record.kind === 'fault')
      return [{ kind: 'broken', says: `${title}: ${recordWords(record)}`, device: key }]
    if (record.kind === 'ice') return []
    const was = machines.get(record.actor)
    const seen = seenAfter(was, record)
    if (seen?.machine === undefined) return []
    machines.set(record.actor, seen)
    return record.kind === 'snapshot' ? settle(seen, was, record.n) : []
  }
}

const BEGINNING = { n: 0, at: 0, place: -1, kind: 'deed', caption: 'The recording begins', happened: [] } as const

/** Signs of life may go on long after anything worth words: how long, is told by where the recording ends. */
const ending = ({ entries }: TimelineView, n: number): RecordedMoment => {
  const at = (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0)
  return { n, at, place: entries.length - 1, kind: 'deed', caption: 'The recording ends', happened: [] }
}

/** Whether the next record belongs to what this one began: the same device, in the same ms. */
const isTogether = (a: Entry, b: Entry | undefined): boolean => a.device === b?.device && a.at === b.at

/** The moments of all devices, in the order of time; what a device did at one time is one. */
export const recordedMoments = (view: TimelineView): readonly RecordedMoment[] => {
  const { entries, devices } = view
  const tellers = new Map(
    devices.flatMap((device) => (device.log ? [[device.key, createTeller(view, device, device.log)]] : [])),
  )
  const begin = entries[0]?.at ?? 0
  const moments: RecordedMoment[] = [BEGINNING]
  let happened: Happening[] = []
  for (const [place, entry] of entries.entries()) {
    happened.push(...(tellers.get(entry.device)?.(entry) ?? []))
    if (isTogether(entry, entries[place + 1])) continue
    const telling = mostTelling(happened)
    if (telling) {
      const { kind, says: caption, step } = telling
      const named = { caption, ...(step !== undefined && { step }) }
      moments.push({ n: moments.length, at: entry.at - begin, place, kind, ...named, happened })
    }
    happened = []
  }
  if (entries.length > 0) moments.push(ending(view, moments.length))
  return moments
}
