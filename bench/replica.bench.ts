/**
 * The replica from a thousand entries to a million: what one entry costs to merge, to write and to send on, and what
 * the first look at the records costs, each against the same at a thousand. Flat is the aim: nothing may grow with the log.
 *
 *   npm run bench -- replica   (3 min)
 */
import type { Entry } from '#model/entry'
import { createReplica, type ReplicaCore } from '#model/replica'
import { decodeBatch, encodeBatch, encodeEntry } from '#wire/entry-codec'
import { sized } from './browser/harness/quick.ts'
import { collectGarbage, Samples } from './micro/support/processor.ts'
import { type BenchTable, writeResults } from './support/results.ts'

const SIZES = sized([1_000, 10_000, 100_000, 1_000_000], [1_000, 10_000])
const AUTHORS = ['Qx3vT9_kLm2-pRzYw8bN4A', 'Zt7cVf1HsJq0Xe5UoKd6Mg', 'b0Rn5yGi8WkC-2aSuEjL7Q', 'hP4oD_fXvA9tMz3IqUcB6w']
const WRITES_PER_RECORD = 4
const BATCH = 1_000
const ROUNDS = 10

/** Four authors in turn; every fourth write of a record does not know the one before it. */
const entryAt = (i: number, records: number): Entry => {
  const author = i % AUTHORS.length
  const round = Math.floor(i / records)
  const before = i - records
  const seen = round > 0 && i % 4 !== 3 ? { [authorAt(before)]: Math.floor(before / AUTHORS.length) + 1 } : {}
  return {
    id: `reading-${i % records}`,
    resourceType: 'reading',
    action: round === 0 ? 'create' : 'update',
    data: { kwh: i, meter: `M-${i % 977}`, remark: 'read from the left side only' },
    timestamp: 1_700_000_000_000 + i,
    peerId: authorAt(i),
    vectorClock: { ...seen, [authorAt(i)]: Math.floor((i - author) / AUTHORS.length) + 1 },
  }
}

const authorAt = (i: number): string => AUTHORS[i % AUTHORS.length] ?? ''

/** Microseconds of a piece of work, of processor time: other programs on the machine do not count. */
const timed = (work: () => unknown): number => timedResult(work)[0]

const timedResult = <T>(work: () => T): [us: number, result: T] => {
  const start = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(start)
  return [user + system, result]
}

const batchAt = (from: number, count: number, records: number): Entry[] =>
  Array.from({ length: count }, (_, k) => entryAt(from + k, records))

const inputsAt = (round: number, records: number) =>
  Array.from({ length: BATCH }, (_, i) => ({
    id: `reading-${((round * BATCH + i) * 7) % records}`,
    resourceType: 'reading',
    action: 'update' as const,
    data: { kwh: i },
  }))

const fill = (replica: ReplicaCore, size: number, records: number): void => {
  for (let from = 0; from < size; from += BATCH) replica.merge(batchAt(from, Math.min(BATCH, size - from), records))
}

const WORKS = [
  'merge, checked by the codec',
  'merge, checked by the merge',
  'encode',
  'decode',
  'write',
  'since',
] as const
type Work = (typeof WORKS)[number] | 'first look' | 'look after 1,000 changes' | 'memory'

const named = (work: Work, size: number): string => `${work}, ${size.toLocaleString('en-US')} held`

/** Each round merges two batches more: figures of `size` entries held, and of a few thousand more. */
const rounds = (replica: ReplicaCore, size: number, note: (work: Work, cost: number) => void): void => {
  const records = size / WRITES_PER_RECORD
  for (let round = 0; round < ROUNDS; round++) {
    const held = replica.versionVector()
    const [coded, plain] = [0, 1].map((i) => batchAt(size + (2 * round + i) * BATCH, BATCH, records)) as [
      Entry[],
      Entry[],
    ]
    const [encoded, bytes] = timedResult(() => encodeBatch(coded.map(encodeEntry)))
    const [decoded, batch] = timedResult(() => decodeBatch(bytes))
    note('encode', encoded)
    note('decode', decoded)
    const { entries } = batch.ok ? batch : { entries: [] }
    note(
      'merge, checked by the codec',
      timed(() => replica.commit(replica.plan(entries))),
    )
    note(
      'look after 1,000 changes',
      timed(() => replica.records('reading')),
    )
    note(
      'merge, checked by the merge',
      timed(() => replica.merge(plain)),
    )
    note('since', timed(() => replica.since(held)) / 2)
  }
  for (let round = 0; round < ROUNDS; round++) {
    const inputs = inputsAt(round, records)
    note(
      'write',
      timed(() => inputs.map((input) => replica.write(input))),
    )
  }
}

/** Microseconds an entry, once `size` entries are held. */
const measure = (size: number, samples: Samples): void => {
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  const replica = createReplica({ peerId: 'observer' })
  fill(replica, size, size / WRITES_PER_RECORD)
  collectGarbage()
  samples.add(named('memory', size), (process.memoryUsage().heapUsed - before) / size)
  samples.add(named('first look', size), timed(() => replica.records('reading')) / size)
  rounds(replica, size, (work, us) => samples.add(named(work, size), us / BATCH))
  if (replica.size !== size + 3 * ROUNDS * BATCH) throw new Error(`${replica.size} entries are held`)
}

measure(10_000, new Samples()) // warms up
const samples = new Samples()
for (const size of SIZES) measure(size, samples)

const tableOf = (work: Work, unit: string): BenchTable => {
  const names = SIZES.map((size) => named(work, size))
  const rows = names.map((name) => ({ name, samples: samples.of(name) }))
  const headline = names.at(-1)
  return { title: work, unit, rows, ...(names[0] && { baseline: names[0] }), ...(headline && { headline }) }
}

await writeResults('replica', {
  title: 'The replica and the codec, from a thousand entries to a million',
  about:
    'Processor time of one process, batches of 1,000 entries by four authors; every fourth write does not know the one before it. A ratio of 1 or less: the cost does not grow with what is held.',
  tables: [
    ...WORKS.map((work) => tableOf(work, 'µs an entry')),
    tableOf('look after 1,000 changes', 'µs a change'),
    tableOf('first look', 'µs an entry held'),
    tableOf('memory', 'bytes of heap an entry'),
  ],
})
