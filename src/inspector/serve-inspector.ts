import type { InspectorSource } from './inspector-source.types.ts'
import { openChannel } from './open-channel.ts'
import { machinesIn } from './machines-in.ts'
import type { InspectRecord } from './records.types.ts'
import { watchPage } from './watch-page.ts'

/** Records on their way that nobody has confirmed: beyond, nothing is sent until an inspector has caught up. */
const MOST_UNSEEN = 20_000
/** Records that may go by before an inspector that confirms none of them is taken to be gone. */
const MOST_MISSED = 5 * MOST_UNSEEN
const MOST_WATCHERS = 16

export interface InspectorChannelOptions {
  /** Those of one name find each other; default `fieldmesh`. */
  readonly name?: string
}

/** A device that inspectors in other windows can see. */
export interface ServedInspector {
  /** How inspectors know this device: different for every window, whatever it holds. */
  readonly device: string
  /** Says goodbye. The recorder goes on. */
  readonly close: () => void
}

/**
 * Shows a device to inspectors in other windows of this origin, whenever they come: each gets everything that is
 * recorded, then what is new. While nobody looks nothing is sent, and one that stops listening is not waited for.
 *
 * @example
 * const recorder = createRecorder(engine)
 * const served = serveInspector(recorder)
 * window.open('/inspector.html')
 */
export const serveInspector = (
  source: InspectorSource,
  { name = 'fieldmesh' }: InspectorChannelOptions = {},
): ServedInspector => {
  const device = crypto.randomUUID()
  /** By inspector: the last record that it confirmed. */
  const watchers = new Map<string, number>()
  /** Taken to be gone; one that is not after all is told to ask again. */
  const forgotten = new Set<string>()
  /** Those that asked in this turn: however often they do, each is answered once. */
  const asking = new Set<string>()
  let answering: ReturnType<typeof setTimeout> | undefined
  /** Machines whose charts every watcher has. */
  const drawn = new Set<string>()
  let sent = -1
  let isHeld = false
  let unsubscribe: (() => void) | undefined

  const unseen = (): number => sent - Math.max(...watchers.values())
  const pass = (records: readonly InspectRecord[]): void => {
    const fresh = records.filter(({ n }) => n > sent)
    const last = fresh.at(-1)
    if (!last) return
    forgetBefore(last.n - MOST_MISSED)
    if (watchers.size === 0) return
    isHeld = unseen() > MOST_UNSEEN
    if (isHeld) return
    sent = last.n
    const charts = freshCharts(fresh)
    channel.say({ t: 'batch', device, peerId: source.peerId, records: fresh, ...(charts.length > 0 && { charts }) })
  }
  /** Charts of machines that nobody was told of yet. */
  const freshCharts = (records: readonly InspectRecord[]) => {
    const wanted = machinesIn(records).filter((machine) => !drawn.has(machine))
    if (wanted.length === 0) return []
    for (const machine of wanted) drawn.add(machine)
    return source.recording().charts.filter(({ id }) => wanted.includes(id))
  }
  const forget = (inspector: string): void => {
    forgotten.add(inspector)
    if (forgotten.size > MOST_WATCHERS) forgotten.delete([...forgotten][0] ?? '')
    leave(inspector)
  }
  const forgetBefore = (n: number): void => {
    for (const [inspector, seen] of Array.from(watchers)) if (seen < n) forget(inspector)
  }
  const makeRoom = (inspector: string): void => {
    if (watchers.size < MOST_WATCHERS || watchers.has(inspector)) return
    const [slowest] = [...watchers].toSorted(([, a], [, b]) => a - b)
    if (slowest) forget(slowest[0])
  }
  const ask = (inspector: string): void => {
    if (asking.size < MOST_WATCHERS) asking.add(inspector)
    answering ??= setTimeout(answer, 0)
  }
  const answer = (): void => {
    answering = undefined
    const all = [...asking]
    asking.clear()
    for (const inspector of all) welcome(inspector)
  }
  const welcome = (inspector: string): void => {
    makeRoom(inspector)
    forgotten.delete(inspector)
    const recording = source.recording()
    // The others get what they lack first: they do not read what is meant for this one.
    if (watchers.size > 0) pass(recording.records)
    const end = recording.dropped + recording.records.length - 1
    sent = Math.max(sent, end)
    watchers.set(inspector, end)
    for (const { id } of recording.charts) drawn.add(id)
    unsubscribe ??= source.subscribe(pass)
    channel.say({ t: 'whole', device, recording })
  }
  const leave = (inspector: string): void => {
    asking.delete(inspector)
    watchers.delete(inspector)
    if (watchers.size > 0) return
    unsubscribe?.()
    unsubscribe = undefined
  }
  const confirm = (inspector: string, n: number): void => {
    if (forgotten.delete(inspector)) greet()
    if (!watchers.has(inspector)) return
    watchers.set(inspector, Math.min(n, sent))
    // What was dropped meanwhile leaves a gap, and whoever finds one asks for everything.
    if (isHeld && unseen() <= MOST_UNSEEN / 2) pass(source.recording().records)
  }
  const greet = (): void => channel.say({ t: 'here', device })
  const part = (): void => {
    clearTimeout(answering)
    answering = undefined
    asking.clear()
    for (const inspector of Array.from(watchers.keys())) leave(inspector)
    channel.say({ t: 'bye', device })
  }

  const channel = openChannel(name, (message) => {
    if (message.t === 'ask' && (message.device ?? device) === device) ask(message.inspector)
    if (message.t === 'leave') {
      forgotten.delete(message.inspector)
      leave(message.inspector)
    }
    if (message.t === 'seen' && message.device === device) confirm(message.inspector, message.n)
  })
  const stopWatching = watchPage(part, greet)
  greet()
  return {
    device,
    close: () => {
      stopWatching()
      part()
      channel.close()
    },
  }
}
