import type { Signal } from '#wire/signal'
import { sized } from '../browser/harness/quick.ts'
import type { Condition, Variant } from './conditions.ts'
import type { EndReport, Happening } from './page/report.ts'
import { FRAME_BYTES } from './page/road.ts'
import type { Carry, Pages } from './pages.ts'
import { createUdpRelay, type End, type UdpRelay } from './relay.ts'
import type { LineCounts } from './shaped-line.ts'
import { viaRelay } from './via-relay.ts'

/** What one saturated link was like. Latencies in ms; one that never came counts with the time it was waited for. */
export interface Measured {
  /** Bulk frames that arrived while bulk was saturated, MB/s. */
  readonly goodput: number
  readonly roundTrips: readonly number[]
  /** One way, from the saturated side. */
  readonly ctl: readonly number[]
  readonly edits: readonly number[]
  readonly unanswered: number
  /** Packets of the saturated direction; absent where there was no relay. */
  readonly line?: LineCounts
}

export interface Cell {
  readonly condition: Condition
  readonly variant: Variant
  /** Of the losses. */
  readonly seed: number
  readonly ms: number
}

const EVERY_MS = 250
const OPEN_MS = 20_000
/** After saturation: what is under way may still arrive. */
export const DRAIN_MS = sized(5_000, 2_000)
const POLL_MS = 100

const times = ({ events }: EndReport, what: Happening): Map<number, number> =>
  new Map(events.filter((event) => event.what === what).map(({ id, at }) => [id, at]))

/** From each first event to its second. */
const spans = (from: Map<number, number>, to: Map<number, number>, end: number): number[] =>
  [...from].map(([id, at]) => (to.get(id) ?? end) - at)

const missing = (from: Map<number, number>, to: Map<number, number>): number =>
  [...from.keys()].filter((id) => !to.has(id)).length

const measured = (a: EndReport, b: EndReport, end: number, line?: LineCounts): Measured => {
  const pinged = times(a, 'pinged')
  const edited = times(a, 'edited')
  const [ponged, heard] = [times(a, 'heardPong'), times(b, 'heardEdit')]
  const frames = b.bulkAt.filter((at) => at >= a.startedAt && at <= a.stoppedAt).length
  return {
    goodput: (frames * FRAME_BYTES) / 1_000 / (a.stoppedAt - a.startedAt),
    roundTrips: spans(pinged, ponged, end),
    ctl: spans(pinged, times(b, 'heardPing'), end),
    edits: spans(edited, heard, end),
    unanswered: missing(pinged, ponged) + missing(edited, heard),
    ...(line && { line }),
  }
}

/** Signals go through a link's relay, if it has one, and keep their order. */
export const createPost = () => {
  const relays = new Map<string, UdpRelay | undefined>()
  let pages: Pages | undefined
  let queue = Promise.resolve()

  const carried = async (from: End, id: string, signal: Signal): Promise<void> => {
    const relay = relays.get(id)
    const told = relay ? await viaRelay(relay, from, signal) : signal
    if (!told || !pages || !relays.has(id)) return
    const to = pages[from === 'a' ? 'b' : 'a']
    await to.evaluate(([link, it]) => globalThis.networkBench.signal(link, it), [id, told] as const)
  }
  const carry: Carry = (from, id, signal) => {
    queue = queue.then(() => carried(from, id, signal)).catch((error) => console.error(String(error)))
  }
  return {
    carry,
    serve: (served: Pages) => {
      pages = served
    },
    relays,
  }
}
type Post = ReturnType<typeof createPost>

const reports = (pages: Pages, id: string): Promise<[EndReport, EndReport]> => {
  const read = (page: Pages['a']) => page.evaluate((link) => globalThis.networkBench.report(link), id)
  return Promise.all([read(pages.a), read(pages.b)])
}

/** Looks until it is so or the time is over; then goes on all the same. */
const until = async (isSo: () => Promise<boolean>, ms: number): Promise<boolean> => {
  const end = performance.now() + ms
  while (performance.now() < end) {
    if (await isSo()) return true
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return false
}

const openLink = async (pages: Pages, id: string, variant: Variant): Promise<void> => {
  const options = { id, ...(variant.plainHighBytes !== undefined && { plainHighBytes: variant.plainHighBytes }) }
  await pages.b.evaluate((it) => globalThis.networkBench.open(it), { ...options, dials: false })
  await pages.a.evaluate((it) => globalThis.networkBench.open(it), { ...options, dials: true })
  const isOpen = await until(async () => (await reports(pages, id)).every(({ opened }) => opened), OPEN_MS)
  if (!isOpen) throw new Error(`${id} did not open within ${OPEN_MS} ms`)
}

const allArrived = async (pages: Pages, id: string): Promise<boolean> => {
  const [a, b] = await reports(pages, id)
  return missing(times(a, 'pinged'), times(a, 'heardPong')) + missing(times(a, 'edited'), times(b, 'heardEdit')) === 0
}

let links = 0

/** One link under load from its first signal to its end. */
export const measure = async (pages: Pages, post: Post, cell: Cell): Promise<Measured> => {
  links += 1
  const id = `link-${links}`
  const { line } = cell.condition
  const relay = line && createUdpRelay({ a: line, b: line, seed: cell.seed })
  post.relays.set(id, relay)
  try {
    await openLink(pages, id, cell.variant)
    await pages.a.evaluate(([link, run]) => globalThis.networkBench.run(link, run), [
      id,
      { ms: cell.ms, everyMs: EVERY_MS },
    ] as const)
    const counts = relay?.counts('a')
    await until(() => allArrived(pages, id), DRAIN_MS)
    const end = performance.timeOrigin + performance.now()
    const [a, b] = await reports(pages, id)
    const lost = [...a.lost, ...b.lost]
    if (lost.length > 0) throw new Error(`${id} ended: ${lost.join(', ')}`)
    return measured(a, b, end, counts)
  } finally {
    post.relays.delete(id)
    await Promise.all([pages.a, pages.b].map((page) => page.evaluate((it) => globalThis.networkBench.close(it), id)))
    await relay?.close()
  }
}
