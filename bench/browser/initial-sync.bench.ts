/**
 * Readings from a device that has them to an empty one, beside bare JSON, Yjs + y-webrtc and automerge-repo.
 *
 *   npm run bench -- initial-sync
 */
import { type BenchRow, type BenchTable, writeResults } from '../support/results.ts'
import { type PeakMemory, watchMemory } from './harness/memory.ts'
import { goOnline, openPair, SYSTEM_NAMES } from './harness/pair.ts'
import { type ProfileShares, profiled, shareWords } from './harness/profile.ts'
import { QUICK, sized } from './harness/quick.ts'
import { type Rig, withRig } from './harness/rig.ts'
import { within } from './harness/within.ts'
import type { Traffic } from './page/links.ts'
import type { SystemName } from './page/systems/index.ts'

interface Size {
  readonly records: number
  readonly rounds: number
  /** Beyond it a system is given up, for this and all larger sizes. */
  readonly limitMs: number
}
const SIZES: readonly Size[] = sized(
  [
    { records: 1_000, rounds: 5, limitMs: 20_000 },
    { records: 10_000, rounds: 3, limitMs: 40_000 },
    { records: 100_000, rounds: 2, limitMs: 120_000 },
  ],
  [{ records: 1_000, rounds: 1, limitMs: 10_000 }],
)
const SYSTEMS: readonly SystemName[] = ['bare', 'bareStored', 'fieldmesh', 'yjs', 'automerge']

/** Filling the first device is not measured, and must end all the same. */
const SEED_LIMIT_MS = 60_000

interface Outcome extends PeakMemory {
  /** From the open channel to all readings readable (and durable, where the system stores), ms. */
  readonly allMs: number
  readonly firstMs: number
  readonly traffic: Traffic
}

const run = async (rig: Rig, system: SystemName, { records, limitMs }: Size): Promise<Outcome | undefined> => {
  const pages = await within(SEED_LIMIT_MS, openPair(rig, system, records))
  if (!pages) return undefined
  const { b } = pages
  const holding = b.evaluate((count) => bench.holds(count), records)
  const stopWatching = await watchMemory(b)
  goOnline(pages).catch(() => undefined)
  const arrival = await within(limitMs, holding)
  const peak = await within(2_000, stopWatching())
  if (!arrival || !peak) return undefined
  const opened = await b.evaluate(() => bench.opened()[0] ?? 0)
  const traffic = await b.evaluate(() => bench.traffic())
  return { ...peak, allMs: arrival.all - opened, firstMs: arrival.first - opened, traffic }
}

const outcomes = new Map<string, Outcome[]>()
const givenUp = new Map<SystemName, Size>()
const profiles = new Map<string, ProfileShares>()
const keyOf = (system: SystemName, { records }: Size): string => `${system} ${records}`

const measure = async (rig: Rig, size: Size, round: number): Promise<void> => {
  for (const system of SYSTEMS) {
    if (givenUp.has(system)) continue
    const outcome = await run(rig, system, size)
    const label = `${size.records} ${SYSTEM_NAMES[system]}, round ${round + 1}/${size.rounds}`
    if (outcome) outcomes.set(keyOf(system, size), [...(outcomes.get(keyOf(system, size)) ?? []), outcome])
    else givenUp.set(system, size)
    console.log(`  ${label}: ${outcome ? `${Math.round(outcome.allMs)} ms` : `not within ${size.limitMs / 1_000} s`}`)
  }
}

const profile = async (rig: Rig, size: Size): Promise<void> => {
  const pages = await openPair(rig, 'fieldmesh', size.records)
  const holding = pages.b.evaluate((count) => bench.holds(count), size.records)
  const work = async () => {
    await goOnline(pages)
    await within(size.limitMs, holding)
  }
  const sender = await profiled(pages.a, async () => {
    profiles.set('receiving', (await profiled(pages.b, work)).shares)
  })
  profiles.set('sending', sender.shares)
}

await withRig(async (rig) => {
  for (const size of SIZES) for (let round = 0; round < size.rounds; round++) await measure(rig, size, round)
  const profiledSize = SIZES.at(QUICK ? 0 : 1)
  if (profiledSize) await profile(rig, profiledSize)
})

const rowOf = (system: SystemName, size: Size, figure: (outcome: Outcome) => number): BenchRow => {
  const samples = (outcomes.get(keyOf(system, size)) ?? []).map(figure)
  const lost = givenUp.get(system)
  const failed =
    lost === size
      ? `not within ${size.limitMs / 1_000} s`
      : samples.length === 0
        ? `not tried: given up at ${lost?.records.toLocaleString('en-US')}`
        : undefined
  return { name: SYSTEM_NAMES[system], samples, ...(failed && { failed }) }
}
const tableOf = (
  size: Size,
  title: string,
  unit: string,
  figure: (outcome: Outcome) => number,
  aim?: NonNullable<BenchRow['aim']>,
): BenchTable => ({
  title: `${size.records.toLocaleString('en-US')} records: ${title}`,
  unit,
  baseline: SYSTEM_NAMES.bare,
  rows: SYSTEMS.map((system) => ({
    ...rowOf(system, size, figure),
    ...(aim && system === 'fieldmesh' && { aim }),
  })),
})
const tablesOf = (size: Size): BenchTable[] => [
  tableOf(size, 'time until all are readable', 'ms', ({ allMs }) => allMs, { of: 'ratio', atMost: 2 }),
  tableOf(size, 'time until the first is shown', 'ms', ({ firstMs }) => firstMs),
  tableOf(
    size,
    'application bytes on the channel, both ways',
    'bytes per record',
    ({ traffic }) => (traffic.appSent + traffic.appReceived) / size.records,
    { of: 'ratio', atMost: 0.35 },
  ),
  tableOf(
    size,
    'bytes of the transport (SCTP and DTLS included), both ways',
    'bytes per record',
    ({ traffic }) => (traffic.wireSent + traffic.wireReceived) / size.records,
  ),
  tableOf(size, 'most JavaScript heap of the receiver', 'MB', ({ heapMB }) => heapMB),
  tableOf(size, 'most resident memory of the receiver’s process', 'MB', ({ residentMB }) => residentMB, {
    of: 'max',
    atMost: 300,
  }),
]
const linearity: BenchTable = {
  title: 'Cost of a record, fieldmesh',
  unit: 'µs per record',
  baseline: `${(SIZES[1] ?? SIZES[0])?.records.toLocaleString('en-US')} records`,
  rows: SIZES.map((size) => ({
    name: `${size.records.toLocaleString('en-US')} records`,
    samples: (outcomes.get(keyOf('fieldmesh', size)) ?? []).map(({ allMs }) => (allMs * 1_000) / size.records),
    ...(size.records === 100_000 && { aim: { of: 'ratio', atMost: 1.25 } as const, note: 'linear would be 1' }),
  })),
}

await writeResults('initial-sync', {
  title: 'First sync of an empty device',
  about:
    'From the opening of the first channel until every record can be read on the empty device, by its own clock. fieldmesh counts a record only once it is durable there (IndexedDB, `durability: strict`); Yjs, automerge-repo and “bare JSON” keep it in memory only, which is in their favor. Bare JSON goes in messages of 80 readings (about 14 kB) and is parsed into a Map. Yjs: a map of maps, y-webrtc as published with a server of its own protocol. automerge-repo: one document with a map of readings, over a bare channel in pieces of 64 KiB, since it ships no adapter for WebRTC; a document for each reading would need an index and a sync conversation each.',
  tables: [...SIZES.flatMap(tablesOf), linearity],
  findings: [
    ...(givenUp.has('yjs')
      ? [
          `Yjs + y-webrtc did not arrive at ${givenUp.get('yjs')?.records.toLocaleString('en-US')} records: its whole state is one message, and one over 256 KiB is dropped without a word. The device that has the records reports itself synced, the other one stays empty and linked.`,
        ]
      : []),
    ...[...profiles].flatMap(([side, shares]) => [
      `fieldmesh, ${side}: main thread busy ${Math.round((shares.busyMs / shares.totalMs) * 100)} % of the time; by file: ${shareWords(shares.byFile, 10)}.`,
      `fieldmesh, ${side}, by function: ${shareWords(shares.byFunction, 12)}.`,
    ]),
  ],
})
