/**
 * The replica from a thousand entries to a million: what one entry costs to merge, to write and to send on, and what
 * the first look at the records costs, each against the same at a thousand. Flat is the aim: nothing may grow with the log.
 *
 *   node -C fieldmesh-source bench/replica.bench.ts [largest, default 1000000]
 */
import type { Entry } from '#model/entry'
import { createReplica, type ReplicaCore } from '#model/replica'

const LARGEST = Number(process.argv[2] ?? 1_000_000)
const AUTHORS = ['anaAAAAAAAAAAAAAAAAAAA', 'benAAAAAAAAAAAAAAAAAAA', 'cyAAAAAAAAAAAAAAAAAAAA', 'deeAAAAAAAAAAAAAAAAAAA']
const WRITES_PER_RECORD = 4
const BATCH = 1_000
const SAMPLE = 5_000
const REPEATS = 20

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
const timed = (work: () => void): number => {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

const fill = (replica: ReplicaCore, from: number, to: number, records: number): number => {
  let spent = 0
  for (let i = from; i < to; i += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, to - i) }, (_, k) => entryAt(i + k, records))
    spent += timed(() => replica.merge(batch))
  }
  return spent
}

/** Microseconds per entry, once `size` entries are there. */
const measure = (size: number): Record<string, number> => {
  const records = size / WRITES_PER_RECORD
  const replica = createReplica({ peerId: 'observer' })
  fill(replica, 0, size, records)
  const firstLook = timed(() => replica.records('reading')) / size
  const merge = fill(replica, size, size + SAMPLE, records) / SAMPLE
  const have = replica.versionVector()
  const inputs = Array.from({ length: SAMPLE }, (_, i) => ({
    id: `reading-${(i * 7) % records}`,
    resourceType: 'reading',
    action: 'update' as const,
    data: { kwh: i },
  }))
  const write = timed(() => inputs.map((input) => replica.write(input))) / SAMPLE
  const since = timed(() => Array.from({ length: REPEATS }, () => replica.since(have))) / (SAMPLE * REPEATS)
  return { merge, write, since, 'first look at the records': firstLook }
}

measure(10_000) // warms up
const sizes = [1_000, 10_000, 100_000, 1_000_000].filter((size) => size <= LARGEST)
const results = sizes.map(measure)
for (const what of Object.keys(results[0] ?? {})) {
  const base = results[0]?.[what] ?? 1
  const cells = results.map((result, i) => {
    const cost = result[what] ?? 0
    return `${sizes[i]}: ${Math.round(1e6 / cost)}/s (${(cost / base).toFixed(2)} ×)`
  })
  console.log(`${what.padEnd(26)} ${cells.join('   ')}`)
}
