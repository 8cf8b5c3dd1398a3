import { type ConnectedInspector, connectInspector } from './connect-inspector.ts'
import type { InspectorSource } from './inspector-source.types.ts'
import type { InspectRecord } from './records.types.ts'
import { millRecording, recordedMill } from './recording.testing.ts'
import { serveInspector } from './serve-inspector.ts'

let count = 0
const ends: (() => void)[] = []
/** Called when the test is over, the last one first. */
export const atEnd = (...more: readonly (() => void)[]): void => void ends.push(...more)
/** To be called after each test. */
export const endAll = (): void => {
  for (const end of ends.splice(0).toReversed()) end()
}

/** A name that no other test talks under. */
export const freshName = (): string => {
  count += 1
  return `test-${count}`
}

/** A mill that is recorded and served. */
export const device = (name: string, called: string) => {
  const { actor, recorder } = recordedMill({ name: called })
  const served = serveInspector(recorder, { name })
  atEnd(() => actor.stop(), recorder.detach, served.close)
  return { actor, recorder, served }
}
export const inspector = (name: string): ConnectedInspector => {
  const connected = connectInspector({ name })
  atEnd(connected.close)
  return connected
}
/** A plain channel on the same name: what any window could say and hear. */
export const eavesdrop = (name: string) => {
  const channel = new BroadcastChannel(`fieldmesh-inspector:${name}`)
  atEnd(() => channel.close())
  const heard: { t: string; device?: string }[] = []
  const waiting = new Set<() => void>()
  channel.onmessage = ({ data }: MessageEvent<{ t: string }>) => {
    heard.push(data)
    for (const look of waiting) look()
  }
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { heard, until, say: (message: unknown) => channel.postMessage(message) }
}

/** Waits for a state of an inspector, told of by itself and by its devices. */
export const until = (connected: ConnectedInspector, holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stops: (() => void)[] = []
    const look = (): void => {
      for (const stop of stops.splice(0)) stop()
      if (holds()) {
        resolve()
        return
      }
      stops.push(connected.subscribe(look))
      for (const { source } of connected.devices()) if (source) stops.push(source.subscribe(look))
    }
    look()
  })
export const sourceOf = (connected: ConnectedInspector, called: string): InspectorSource | undefined =>
  connected.devices().find(({ source }) => source?.name === called)?.source

/** A device that records what it is told to. */
export const toldDevice = (name: string) => {
  const [record] = millRecording(1).records
  const records: InspectRecord[] = []
  const left = Promise.withResolvers<void>()
  let tell: (batch: readonly InspectRecord[]) => void = () => {}
  const source: InspectorSource = {
    peerId: '',
    recording: () => ({ ...millRecording(0), records }),
    actors: () => ({}),
    subscribe: (listener) => {
      tell = listener
      return left.resolve
    },
  }
  const served = serveInspector(source, { name })
  atEnd(served.close)
  const add = (count: number) => {
    const batch = Array.from({ length: count }, (_, i) => ({ ...record, n: records.length + i }) as InspectRecord)
    records.push(...batch)
    tell(batch)
  }
  return { served, add, records, left: left.promise }
}

/** Records that were sent to anybody. */
export const sentTo = ({ heard }: ReturnType<typeof eavesdrop>): InspectRecord[] =>
  heard.flatMap((message) => ('records' in message ? (message.records as InspectRecord[]) : []))
