import type { FaultCode } from '#model/fault'
import type { InspectRecord } from '../records.types.ts'
import { createDeviceLog, type DeviceLog } from './device-log.ts'
import type { PanelDevices } from './panel-devices.ts'
import { deviceTitle } from './words.ts'

/** A record among those of all devices. */
export interface Entry {
  /** Key of its device. */
  readonly device: string
  /** ms since 1970; a clock set back does not lead back. */
  readonly at: number
  readonly record: InspectRecord
}

/** A device as the panel lists it. */
export interface ShownDevice {
  readonly key: string
  readonly title: string
  /** Absent where its recording could not be read. */
  readonly log?: DeviceLog
  readonly fault?: FaultCode
}

/** Everything that is known at one time. Immutable. */
export interface TimelineView {
  readonly devices: readonly ShownDevice[]
  /** Of all devices, in the order of time; those of one device keep their own. */
  readonly entries: readonly Entry[]
  /** Those from here on came last. */
  readonly fresh: number
}

/** Follows all devices, as one course of events. */
export interface Timeline {
  readonly view: () => TimelineView
  readonly subscribe: (listener: () => void) => () => void
  /** Begins to follow; returns what ends it. */
  readonly start: () => () => void
}

/** How often news is shown, ms: more often nobody can read it, and a long course of events takes its time. */
const TICK_MS = 120
const TICK_MS_PER_ENTRY = 0.01
const EMPTY: TimelineView = { devices: [], entries: [], fresh: 0 }

interface Followed {
  readonly log: DeviceLog
  taken: number
  records: readonly InspectRecord[]
  at: number
}

const inOrder = (a: Entry, b: Entry): number => a.at - b.at

/** Puts news where they belong: nearly always at the end. Entries of equal time stay as they came. */
export const withNews = (
  entries: readonly Entry[],
  news: readonly Entry[],
): { entries: readonly Entry[]; fresh: number } => {
  const earliest = news.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY)
  let fresh = entries.length
  while (fresh > 0 && (entries[fresh - 1]?.at ?? 0) > earliest) fresh -= 1
  const tail = [...entries.slice(fresh), ...news].sort(inOrder)
  return { entries: entries.slice(0, fresh).concat(tail), fresh }
}

const newsOf = (followed: Followed): Entry[] => {
  const { log, records, taken } = followed
  const news = records.slice(taken).map((record) => {
    followed.at = Math.max(followed.at, record.at)
    return { device: log.key, at: followed.at, record }
  })
  followed.taken = records.length
  return news
}

/** Makes one course of events out of what devices record. */
export const createTimeline = (devices: PanelDevices): Timeline => {
  const listeners = new Set<() => void>()
  const followed = new Map<string, Followed>()
  let view = EMPTY
  let timer: ReturnType<typeof setTimeout> | undefined

  const tell = (): void => {
    for (const listener of Array.from(listeners)) listener()
  }
  /** A device that began anew, or forgot, is read from its beginning, and all others with it. */
  const hasForgotten = () => [...followed.values()].some(({ log, records }) => log.records() !== records)
  const readAgain = (): void => {
    for (const each of followed.values()) Object.assign(each, { taken: 0, at: 0, records: each.log.records() })
    view = { ...view, entries: [] }
  }
  const tick = (): void => {
    timer = undefined
    if (hasForgotten()) readAgain()
    const news = [...followed.values()].flatMap(newsOf)
    view = { devices: listed(), ...withNews(view.entries, news) }
    tell()
  }
  const soon = (): void => {
    timer ??= setTimeout(tick, Math.max(TICK_MS, view.entries.length * TICK_MS_PER_ENTRY))
  }
  const listed = (): ShownDevice[] =>
    devices.devices().map(({ device, source, fault }, at) => {
      const log = followed.get(device)?.log
      const title = deviceTitle(source, at)
      return { key: device, title, ...(log && { log }), ...(fault !== undefined && { fault }) }
    })
  const follow = (): void => {
    const present = new Map(devices.devices().map(({ device, source }) => [device, source]))
    for (const [key, { log }] of followed)
      if (present.get(key) !== log.source) {
        log.stop()
        followed.delete(key)
        view = { ...view, entries: view.entries.filter(({ device }) => device !== key) }
      }
    for (const [key, source] of present)
      if (source && !followed.has(key)) {
        const log = createDeviceLog(key, source, soon)
        followed.set(key, { log, taken: 0, at: 0, records: log.records() })
      }
    if (timer !== undefined) clearTimeout(timer)
    tick()
  }
  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    start: () => {
      const stop = devices.subscribe(follow)
      follow()
      return () => {
        stop()
        clearTimeout(timer)
        timer = undefined
        for (const { log } of followed.values()) log.stop()
        followed.clear()
        view = EMPTY
      }
    },
  }
}
