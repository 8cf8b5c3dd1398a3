import { answerEdits, type EditSeries, makeEdits, openAnswers } from './edits.ts'
import {
  closeLinks,
  opened,
  openLinks,
  type Traced,
  traceMessages,
  traced,
  trackLinks,
  type Traffic,
  traffic,
} from './links.ts'
import { joinMesh, type MeshOptions } from './mesh.ts'
import { openPipe, type PipeName } from './pipes/index.ts'
import type { Pipe, PipeOptions } from './pipes/pipe.ts'
import type { Arrival, System, SystemOptions } from './system.ts'
import { openSystem, type SystemName } from './systems/index.ts'
import { pause, wall } from './wall.ts'

/** What the benchmarks call in a page. One system or pipe a page; a page lives for one round. */
export interface BenchPage {
  open(name: SystemName, options: SystemOptions, trace?: boolean): Promise<void>
  seed(count: number): Promise<string>
  meet(address: string): void
  /** Resolves to when it began. */
  online(): Promise<number>
  offline(): Promise<void>
  holds(count: number): Promise<Arrival>
  count(): number
  /** Resolves to when the edit began. */
  edit(id: string, kwh: number): Promise<number>
  /** Resolves to when the edit could be read here. */
  reads(id: string, kwh: number): Promise<number>
  opened(): readonly number[]
  openLinks(): number
  /** Closes all links at a moment, ms since 1970, or now; resolves to when. */
  closeLinks(at?: number): Promise<number>
  traffic(): Promise<Traffic>
  trace(): readonly Traced[]
  answers(url: string, room: string, self: string): Promise<void>
  makeEdits(series: EditSeries): Promise<number[]>
  answerEdits(series: EditSeries): Promise<void>
  openPipe(name: PipeName, options: PipeOptions): Promise<void>
  send(total: number): Promise<number>
  received(total: number): Promise<number>
  joinMesh(options: MeshOptions): Promise<number>
}

declare global {
  var bench: BenchPage
}

const present = <T>(thing: T | undefined): T => {
  if (thing === undefined) throw new Error('not opened yet')
  return thing
}

let system: System | undefined
let pipe: Pipe | undefined
let answers: RTCDataChannel | undefined

globalThis.bench = {
  open: async (name, options, trace = false) => {
    trackLinks()
    if (trace) traceMessages()
    system = await openSystem(name, options)
  },
  seed: (count) => present(system).seed(count),
  meet: (address) => present(system).meet(address),
  online: async () => {
    const began = wall()
    await present(system).online()
    return began
  },
  offline: () => present(system).offline(),
  holds: (count) => present(system).holds(count),
  count: () => present(system).count(),
  edit: async (id, kwh) => {
    const began = wall()
    await present(system).edit(id, kwh)
    return began
  },
  reads: async (id, kwh) => {
    await present(system).reads(id, kwh)
    return wall()
  },
  opened,
  openLinks,
  closeLinks: async (at = 0) => {
    if (at > wall()) await pause(at - wall())
    closeLinks()
    return wall()
  },
  traffic,
  trace: traced,
  answers: async (url, room, self) => {
    answers = await openAnswers(url, room, self)
  },
  makeEdits: (series) => makeEdits(present(system), present(answers), series),
  answerEdits: (series) => answerEdits(present(system), present(answers), series),
  openPipe: async (name, options) => {
    pipe = await openPipe(name, options)
  },
  send: (total) => present(pipe).send(total),
  received: (total) => present(pipe).received(total),
  joinMesh,
}
