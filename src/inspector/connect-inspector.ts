import { type FaultCode, toFieldmeshError } from '#model/fault'
import { checkMaxBytes, RECORDING_BYTES } from './check-recorder-options.ts'
import type { InspectorSource } from './inspector-source.types.ts'
import { createMirror, type Mirror } from './mirror.ts'
import { openChannel } from './open-channel.ts'
import { parseRecording } from './parse-recording.ts'
import type { ChannelMessage } from './channel-messages.ts'
import type { InspectorChannelOptions } from './serve-inspector.ts'
import { watchPage } from './watch-page.ts'

type Batch = Extract<ChannelMessage, { t: 'batch' }>

/** A device is told after so many records that they arrived. */
const CONFIRM_EVERY = 1_000

export interface ConnectOptions extends InspectorChannelOptions {
  /** Bound of what is kept of each device, bytes; default 16 MiB. */
  readonly maxBytes?: number
}

/** A device in another window. */
export type InspectedDevice =
  | { readonly device: string; readonly source: InspectorSource; readonly fault?: never }
  /** It is there, but its recording could not be read, as of another version. */
  | { readonly device: string; readonly fault: FaultCode; readonly source?: never }

/** Every device that shows itself under the name. */
export interface ConnectedInspector {
  /** In the order of their coming; the same list until one comes, goes, or starts anew. */
  readonly devices: () => readonly InspectedDevice[]
  /** Tells when `devices()` changed; what each records is told by its own source. */
  readonly subscribe: (listener: () => void) => () => void
  readonly close: () => void
}

/**
 * Finds all devices that are served in windows of this origin, before and after this call, and follows them.
 * A window that crashed says no goodbye: its device stays listed, with what it had told.
 *
 * @throws FieldmeshError `options-invalid`
 * @example
 * const inspector = connectInspector()
 * inspector.subscribe(() => {
 *   for (const { device, source } of inspector.devices()) console.log(device, source?.recording().records.length)
 * })
 */
export const connectInspector = ({ name = 'fieldmesh', maxBytes }: ConnectOptions = {}): ConnectedInspector => {
  const bound = checkMaxBytes(maxBytes ?? 4 * RECORDING_BYTES.usual)
  const inspector = crypto.randomUUID()
  const listeners = new Set<() => void>()
  const mirrors = new Map<string, Mirror>()
  const asked = new Set<string>()
  let confirmed = new Map<string, number>()
  let devices: readonly InspectedDevice[] = []

  const change = (device: string, to: InspectedDevice | undefined): void => {
    const isKnown = devices.some((each) => each.device === device)
    if (!to) devices = devices.filter((each) => each.device !== device)
    else if (isKnown) devices = devices.map((each) => (each.device === device ? to : each))
    else devices = [...devices, to]
    for (const listener of Array.from(listeners)) listener()
  }
  const isUnreadable = (device: string): boolean =>
    devices.some((each) => each.device === device && each.fault !== undefined)
  const ask = (device: string): void => {
    if (asked.has(device)) return
    asked.add(device)
    channel.say({ t: 'ask', inspector, device })
  }
  const begin = (device: string, recording: unknown): void => {
    // What another inspector asked for is of no use here while ours is whole.
    if (!asked.delete(device) && devices.some((each) => each.device === device)) return
    try {
      const source = createMirror(parseRecording(recording), bound)
      mirrors.set(device, source)
      change(device, { device, source })
      confirm(device, source.next)
    } catch (error) {
      mirrors.delete(device)
      change(device, { device, fault: toFieldmeshError(error).code })
    }
  }
  const confirm = (device: string, next: number): void => {
    confirmed.set(device, next)
    channel.say({ t: 'seen', inspector, device, n: next - 1 })
  }
  const follow = ({ device, peerId, records, charts = [] }: Batch): void => {
    // It is asked again when it comes anew: what it records now is no more readable than what it had.
    if (isUnreadable(device)) return
    const mirror = mirrors.get(device)
    mirror?.draw(charts)
    const fresh = records.filter(({ n }) => n >= (mirror?.next ?? 0))
    if (fresh.length === 0 || asked.has(device)) return
    const isGapless = fresh.every(({ n }, at) => n === (mirror?.next ?? -1) + at)
    if (!mirror || !isGapless) {
      ask(device)
      return
    }
    mirror.take(fresh, peerId)
    if (mirror.next - (confirmed.get(device) ?? 0) >= CONFIRM_EVERY) confirm(device, mirror.next)
  }
  const forget = (device: string): void => {
    mirrors.delete(device)
    asked.delete(device)
    confirmed.delete(device)
    if (devices.some((each) => each.device === device)) change(device, undefined)
  }

  const channel = openChannel(name, (message) => {
    if (message.t === 'here') ask(message.device)
    else if (message.t === 'whole') begin(message.device, message.recording)
    else if (message.t === 'batch') follow(message)
    else if (message.t === 'bye') forget(message.device)
  })
  const leave = (): void => channel.say({ t: 'leave', inspector })
  const come = (): void => {
    for (const { device } of devices) asked.add(device)
    channel.say({ t: 'ask', inspector })
  }
  come()
  const stopWatching = watchPage(leave, (event) => event.persisted && come())

  return {
    devices: () => devices,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => {
      stopWatching()
      leave()
      channel.close()
      listeners.clear()
      confirmed = new Map()
    },
  }
}
