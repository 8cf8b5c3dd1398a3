import type { Signal } from '#wire/signal'
import { ourRoad } from './our-road.ts'
import { plainRoad } from './plain-road.ts'
import type { EndReport, Happening, OpenOptions, RunOptions } from './report.ts'
import type { Ears, Road } from './road.ts'

/** What the harness calls in a page, by the id of the link. */
export interface NetworkBench {
  open(options: OpenOptions): void
  signal(id: string, signal: Signal): void
  /** Saturates bulk and sends pings and edits all the while; resolves when the time is over. */
  run(id: string, options: RunOptions): Promise<void>
  report(id: string): EndReport
  close(id: string): void
}

declare global {
  var networkBench: NetworkBench
  /** Given by the harness. */
  var carrySignal: (id: string, signal: Signal) => Promise<void>
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }
interface LinkEnd {
  readonly road: Road
  readonly report: Mutable<EndReport>
  readonly log: (what: Happening, id: number) => void
}

const ends = new Map<string, LinkEnd>()
const now = (): number => performance.timeOrigin + performance.now()

const endOf = (id: string): LinkEnd => {
  const end = ends.get(id)
  if (!end) throw new Error(`no link ${id}`)
  return end
}

const open = ({ id, dials, plainHighBytes }: OpenOptions): void => {
  const report: Mutable<EndReport> = { opened: false, lost: [], events: [], bulkAt: [], startedAt: 0, stoppedAt: 0 }
  const log = (what: Happening, happened: number) => void report.events.push({ what, id: happened, at: now() })
  const ears: Ears = {
    signal: (signal) => void globalThis.carrySignal(id, signal),
    opened: () => {
      report.opened = true
    },
    ping: (ping) => log('heardPing', ping),
    pong: (pong) => log('heardPong', pong),
    edit: (edit) => log('heardEdit', edit),
    bulk: () => void report.bulkAt.push(now()),
    lost: (why) => void report.lost.push(why),
  }
  const options = { id, dials, ears }
  const road = plainHighBytes === undefined ? ourRoad(options) : plainRoad(options, plainHighBytes)
  ends.set(id, { road, report, log })
}

const run = (id: string, { ms, everyMs }: RunOptions): Promise<void> => {
  const { road, report, log } = endOf(id)
  let beats = 0
  const beat = (): void => {
    beats += 1
    const isPing = beats % 2 === 1
    log(isPing ? 'pinged' : 'edited', beats)
    if (isPing) road.ping(beats)
    else road.edit(beats)
  }
  report.startedAt = now()
  road.saturate()
  const timer = setInterval(beat, everyMs / 2)
  return new Promise((resolve) => {
    setTimeout(() => {
      clearInterval(timer)
      road.relax()
      report.stoppedAt = now()
      resolve()
    }, ms)
  })
}

globalThis.networkBench = {
  open,
  run,
  signal: (id, signal) => endOf(id).road.signal(signal),
  report: (id) => endOf(id).report,
  close: (id) => {
    endOf(id).road.close()
    ends.delete(id)
  },
}
