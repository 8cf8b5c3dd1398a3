import type { InspectorSource } from './inspector-source.types.ts'
import { openChannel } from './open-channel.ts'
import { machinesIn } from './machines-in.ts'
import type { InspectRecord } from './records.types.ts'

/** Records on their way that nobody has confirmed: beyond, nothing is sent until an inspector has caught up. */
const MOST_UNSEEN = 20_000

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
  const welcome = (inspector: string): void => {
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
    watchers.delete(inspector)
    if (watchers.size > 0) return
    unsubscribe?.()
    unsubscribe = undefined
  }
  const confirm = (inspector: string, n: number): void => {
    if (!watchers.has(inspector)) return
    watchers.set(inspector, Math.min(n, sent))
    // What was dropped meanwhile leaves a gap, and whoever finds one asks for everything.
    if (isHeld && unseen() <= MOST_UNSEEN / 2) pass(source.recording().records)
  }
  const greet = (): void => channel.say({ t: 'here', device })
  const part = (): void => {
    for (const inspector of watchers.keys()) leave(inspector)
    channel.say({ t: 'bye', device })
  }

  const channel = openChannel(name, (message) => {
    if (message.t === 'ask' && (message.device ?? device) === device) welcome(message.inspector)
    if (message.t === 'leave') leave(message.inspector)
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

/** A page that is left may be kept and come back. */
const watchPage = (left: () => void, back: () => void): (() => void) => {
  const page = globalThis as Partial<Pick<typeof globalThis, 'addEventListener' | 'removeEventListener'>>
  page.addEventListener?.('pagehide', left)
  page.addEventListener?.('pageshow', back)
  return () => {
    page.removeEventListener?.('pagehide', left)
    page.removeEventListener?.('pageshow', back)
  }
}
