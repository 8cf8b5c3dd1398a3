/**
 * What an inspector costs in a bulk transfer: two engines on links in memory, one with many entries, one empty; without
 * an inspector, with ours detached and attached, with the flight recorder, and with Stately's behind our redaction.
 *
 *   npm run bench -- inspector   (5 min)
 */
import { createInspector } from '@statelyai/inspect'
import type { SyncEngine } from '#engine/types'
import { createFlightRecorder } from '#inspector/create-flight-recorder'
import { createRecorder } from '#inspector/create-recorder'
import type { Recorder } from '#inspector/recorder.types'
import { redactedInspect } from '#inspector/redacted-inspect'
import { createMemoryWorld } from '../../tests/support/memory-world.ts'
import { inTurns, sized } from '../browser/harness/quick.ts'
import { idAt } from '../browser/page/readings.ts'
import { type BenchTable, writeResults } from '../support/results.ts'
import { collectGarbage, cpuOf } from './support/processor.ts'
import { inputAt } from './support/stored-readings.ts'

const COUNT = sized(30_000, 2_000)
/** Many short rounds: what is looked for is smaller than what a busy machine adds to one. */
const ROUNDS = sized(15, 1)
const GROUP = 500

const NONE = 'no inspector'
/** Attaches to one engine; gives the recorder, where there is one. */
const WAYS: Readonly<Record<string, (engine: SyncEngine) => Recorder | undefined>> = {
  [NONE]: () => undefined,
  'recorder, detached': (engine) => {
    const recorder = createRecorder(engine)
    recorder.detach()
    return recorder
  },
  'recorder, attached': (engine) => createRecorder(engine),
  'recorder, attached and listened to': (engine) => {
    const recorder = createRecorder(engine)
    recorder.subscribe(() => {})
    return recorder
  },
  'flight recorder': (engine) => createFlightRecorder(engine),
  'Stately’s createInspector, redacted': (engine) => {
    engine.actor.system.inspect(redactedInspect(createInspector({ send: () => {} }).inspect))
    return undefined
  },
  'Stately’s createInspector, bare': (engine) => {
    engine.actor.system.inspect(createInspector({ send: () => {} }).inspect)
    return undefined
  },
}
const names = Object.keys(WAYS)
const cost = new Map<string, number[]>(names.map((name) => [name, []]))
const sizes = new Map<string, { records: number; bytes: number }>()

/** Some inspectors put their work off by a timer: it counts all the same. */
const laterWork = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

const transfer = async (name: string): Promise<void> => {
  const world = createMemoryWorld()
  const [sender, receiver] = [world.engine('a'), world.engine('b')]
  await sender.start()
  for (let from = 0; from < COUNT; from += GROUP)
    await sender.sync(Array.from({ length: Math.min(GROUP, COUNT - from) }, (_, i) => inputAt(from + i)))
  const recorders = [sender, receiver].map((engine) => WAYS[name]?.(engine))
  const last = idAt(COUNT - 1)
  collectGarbage()
  const ms = await cpuOf(async () => {
    await receiver.start()
    await world.until('all readings arrived', () => receiver.record('reading', last) !== undefined)
    await laterWork()
  })
  cost.get(name)?.push((ms * 1_000) / COUNT)
  const recordings = recorders.flatMap((recorder) => (recorder ? [recorder.recording()] : []))
  sizes.set(name, {
    records: recordings.reduce((sum, { records }) => sum + records.length, 0),
    bytes: recordings.reduce((sum, recording) => sum + JSON.stringify(recording).length, 0),
  })
  await world.stop()
}

await transfer(NONE)
cost.set(NONE, [])
await inTurns(ROUNDS, names, async (name) => transfer(name))

const noteOf = (name: string): string => {
  const { records, bytes } = sizes.get(name) ?? { records: 0, bytes: 0 }
  return `${records.toLocaleString('en-US')} records on both devices, ${Math.round(bytes / 1_024)} KiB as files`
}
const isOurs = (name: string): boolean => name.startsWith('recorder, attached') || name === 'flight recorder'
const rows: BenchTable['rows'] = names.map((name) => ({
  name,
  samples: cost.get(name) ?? [],
  ...(isOurs(name) && { note: noteOf(name), aim: { of: 'ratio', atMost: 1.1 } as const }),
}))
await writeResults('inspector', {
  title: 'What an inspector costs in a bulk transfer',
  about: `Two engines in one process move ${COUNT.toLocaleString('en-US')} readings over links in memory, both inspected. Processor time of the whole transfer, rounds in turns. The links cut messages into chunks as the real ones do, and the sender waits for credit.`,
  tables: [
    {
      title: 'Cost of an entry, from one engine to the other',
      unit: 'µs an entry',
      baseline: NONE,
      paired: true,
      rows,
    },
  ],
})
