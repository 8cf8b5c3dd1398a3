/**
 * Start-up with a full log: reading the journal by phase, then the whole `engine.start()` over ports in memory.
 *
 *   npm run bench -- start-up   (2 min)
 */
import { createReplica } from '#model/replica'
import { createMemoryDisk, type MemoryDisk } from '#store/memory-journal'
import { decodeBatch } from '#wire/entry-codec'
import { createMemoryWorld } from '../../tests/support/memory-world.ts'
import { sized } from '../browser/harness/quick.ts'
import { writeResults } from '../support/results.ts'
import { collectGarbage, cpuOf, Samples } from './support/processor.ts'
import { type Shares, sharesOf, shareWords } from './support/profile.ts'
import { AUTHOR, batchesOf, inputAt, openStore, RECEIVER, storeOf } from './support/stored-readings.ts'

const SIZES = sized([1_000, 10_000, 100_000], [1_000])
const ROUNDS = sized(5, 1)
const GROUP = 500

const samples = new Samples()
const memory = new Samples()
const named = (phase: string, size: number): string => `${size.toLocaleString('en-US')} records: ${phase}`
const PHASES = ['decode', 'plan and commit', 'open the store', 'first list of records', 'engine.start()'] as const

/** The journal of a device that received so many entries in real batches. */
const diskOf = async (size: number): Promise<MemoryDisk> => {
  const disk = createMemoryDisk()
  const store = await openStore(RECEIVER, disk)
  for (const batch of batchesOf(await storeOf(size))) await store.ingest(batch, AUTHOR)
  return disk
}

const measurePhases = async (disk: MemoryDisk, size: number): Promise<void> => {
  const segments = disk.segments.map(({ bytes }) => bytes)
  const decoded: ReturnType<typeof decodeBatch>[] = []
  samples.add(named('decode', size), await cpuOf(() => decoded.push(...segments.map((bytes) => decodeBatch(bytes)))))
  const core = createReplica({ peerId: RECEIVER })
  const merge = () => {
    for (const batch of decoded) if (batch.ok) core.commit(core.plan(batch.entries))
  }
  samples.add(named('plan and commit', size), await cpuOf(merge))
}

const measureStore = async (disk: MemoryDisk, size: number): Promise<void> => {
  collectGarbage()
  const before = process.memoryUsage()
  let store = await openStore(RECEIVER)
  const open = async () => {
    store = await openStore(RECEIVER, disk)
  }
  samples.add(named('open the store', size), await cpuOf(open))
  if (store.size !== size) throw new Error(`${store.size} of ${size} entries were loaded`)
  collectGarbage()
  const after = process.memoryUsage()
  const bytes = after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers
  memory.add(`${size.toLocaleString('en-US')} records`, bytes / size)
  samples.add(named('first list of records', size), await cpuOf(() => store.records('reading')))
}

const measureEngine = async (size: number): Promise<void> => {
  const world = createMemoryWorld()
  const first = world.engine('a')
  await first.start()
  for (let from = 0; from < size; from += GROUP)
    await first.sync(Array.from({ length: Math.min(GROUP, size - from) }, (_, i) => inputAt(from + i)))
  await first.stop()
  for (let round = 0; round < ROUNDS; round++) {
    collectGarbage()
    const engine = world.engine('a')
    samples.add(named('engine.start()', size), await cpuOf(() => engine.start()))
    await engine.stop()
  }
}

let shares: Shares = { groups: [], functions: [] }
for (const size of SIZES) {
  const disk = await diskOf(size)
  for (let round = 0; round < ROUNDS; round++) {
    await measurePhases(disk, size)
    await measureStore(disk, size)
  }
  await measureEngine(size)
  if (size === SIZES.at(-1)) shares = await sharesOf(async () => void (await openStore(RECEIVER, disk)))
}

await writeResults('start-up', {
  title: 'Start-up with a full log',
  about:
    'Processor time. The journal holds the batches as they came over a link; journals and links are in memory. The engine’s own log was written by itself, in groups of 500.',
  tables: [
    {
      title: 'Start-up',
      unit: 'ms',
      headline: named('engine.start()', SIZES.at(-1) ?? 0),
      rows: SIZES.flatMap((size) =>
        PHASES.map((phase) => ({ name: named(phase, size), samples: samples.of(named(phase, size)) })),
      ),
    },
    {
      title: 'Memory of an open store',
      unit: 'bytes an entry',
      rows: SIZES.map((size) => `${size.toLocaleString('en-US')} records`).map((name) => ({
        name,
        samples: memory.of(name),
        note: 'Needs --expose-gc to mean anything.',
      })),
    },
    {
      title: 'Where opening the store spends its time',
      unit: '% of the samples',
      rows: shares.groups.map(([name, share]) => ({ name, samples: [share * 100] })),
    },
  ],
  findings: [`Largest functions: ${shareWords(shares.functions, 12)}.`],
})
