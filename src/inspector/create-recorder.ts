import type { AnyActorRef } from 'xstate'
import type { ChartModel } from '#chart/chart.types'
import { linkWatchOf } from '#engine/link-watch'
import type { SyncEngine } from '#engine/types'
import { familyOf, type KnownActor, rootOf, seenNow } from './actor-facts.ts'
import { createBatches } from './batches.ts'
import { createChartBook } from './chart-book.ts'
import { checkRecorderOptions } from './check-recorder-options.ts'
import { createRecordBuffer } from './record-buffer.ts'
import type { Recorder, RecorderOptions } from './recorder.types.ts'
import type { InspectRecord } from './records.types.ts'
import { createRedactor } from './redact.ts'
import { type Note, watchActors } from './watch-actors.ts'
import { createLawWatch } from './watch-laws.ts'

const isEngine = (subject: SyncEngine | AnyActorRef): subject is SyncEngine => !('sessionId' in subject)

const timeOf = (actor: AnyActorRef): (() => number) => {
  const clock: unknown = Reflect.get(actor, 'clock')
  const tells = typeof clock === 'object' && clock !== null && 'now' in clock && typeof clock.now === 'function'
  return tells ? () => Number((clock as { now(): unknown }).now()) : () => Date.now()
}

/** A defect of ours, or of a stranger's law or machine, must not reach the actors that are looked at. */
const harmless =
  <A extends unknown[]>(work: (...args: A) => void): ((...args: A) => void) =>
  (...args) => {
    try {
      work(...args)
    } catch (error) {
      console.error('an inspector could not record', error)
    }
  }

/**
 * Records what the actors of an engine do, or those of any XState system: births, events with their redacted payload,
 * microsteps, states, contexts, laws that do not hold, faults. It keeps the latest that fit in `maxBytes`; while it is
 * not attached there is nothing in the engine that waits for it.
 *
 * @param subject a `SyncEngine`, or any actor: its whole system is recorded
 * @throws FieldmeshError `options-invalid`
 * @example
 * const recorder = createRecorder(engine)
 * const stop = recorder.subscribe((records) => console.log(records.length, 'new records'))
 * recorder.recording().records.filter(({ kind }) => kind === 'law') // what should never be
 * recorder.detach()
 */
export const createRecorder = (subject: SyncEngine | AnyActorRef, options: RecorderOptions = {}): Recorder => {
  const { maxBytes } = checkRecorderOptions(options)
  const redactor = createRedactor(options.redact)
  const actor = isEngine(subject) ? subject.actor : subject
  const now = options.now ?? timeOf(actor)
  const root = rootOf(actor as KnownActor)
  const family = familyOf(root)
  const charts: ChartModel[] = []
  let draw = (chart: ChartModel): void => void charts.push(chart)
  const nameOf = createChartBook(options.redact === 'none' ? 'values' : 'names', (chart) => draw(chart))
  const before = Object.fromEntries(family.map((each) => [each.sessionId, seenNow(each, redactor, nameOf)]))
  const buffer = createRecordBuffer({ maxBytes, before })
  draw = buffer.addChart
  charts.forEach(draw)
  const batches = createBatches()
  const ends: (() => void)[] = []

  const note = (what: Note): void => {
    const record: InspectRecord = { n: buffer.next, at: now(), ...what }
    buffer.push(record)
    batches.add(record)
  }
  const tell = harmless(note)
  const watch = watchActors({
    redactor,
    lawWatch: createLawWatch(options.laws),
    note,
    nameOf,
  })
  for (const each of family) watch.known(each)

  const inspection = actor.system.inspect(harmless(watch.inspect))
  ends.push(() => inspection.unsubscribe())
  if (isEngine(subject))
    ends.push(
      subject.on('fault', ({ fault, peerId }) =>
        tell({ kind: 'fault', fault, ...(peerId !== undefined && { peerId }) }),
      ),
    )
  const stopFigures = options.figures && linkWatchOf(actor)?.listen((sampled) => tell({ kind: 'ice', ...sampled }))
  if (stopFigures) ends.push(stopFigures)

  const peerId = () => (isEngine(subject) ? subject.peerId : '')
  const name = options.name !== undefined && { name: options.name }

  return {
    ...name,
    get peerId() {
      return peerId()
    },
    get attached() {
      return ends.length > 0
    },
    detach: () => {
      for (const end of ends.splice(0)) end()
    },
    recording: () => {
      if (ends.length > 0) harmless(watch.look)(root)
      return buffer.recording({ peerId: peerId(), ...name })
    },
    actors: buffer.actors,
    subscribe: batches.subscribe,
  }
}
