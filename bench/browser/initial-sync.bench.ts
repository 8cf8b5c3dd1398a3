/**
 * Readings from a device that has them to an empty one, beside bare JSON, Yjs + y-webrtc and automerge-repo.
 *
 *   npm run bench -- initial-sync   (10 to 25 min)
 */
import { type BenchRow, type BenchTable, writeResults } from '../support/results.ts'
import { bareDeflated } from './harness/bare-deflated.ts'
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
const SEED_LIMIT_MS = 300_000

interface Outcome {
  /** From the open channel to all readings readable (and durable, where the system stores), ms. */
  readonly allMs: number
  readonly firstMs: number
  readonly traffic: Traffic
  readonly peak: PeakMemory | undefined
}
type Pair = Awaited<ReturnType<typeof openPair>>

/** Why a system did not come to an end. */
interface Failure {
  readonly size: Size
  /** Filling the first device, or syncing the second. */
  readonly at: 'seed' | 'sync'
  readonly why: string
  /** Whether the empty device was linked and had nothing when it was given up. */
  readonly linkedAndEmpty: boolean
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
/** Its value, undefined where it is late, or the words of its error. */
const ended = <T>(ms: number, work: Promise<T>): Promise<T | undefined | { readonly error: string }> =>
  within(
    ms,
    work.catch((error: unknown) => ({ error: words(error) })),
  )
const isError = (it: unknown): it is { readonly error: string } =>
  typeof it === 'object' && it !== null && 'error' in it
const failureOf = (it: unknown, limitMs: number): string => (isError(it) ? it.error : `not within ${limitMs / 1_000} s`)

/** A page that is busy all the time answers nothing. */
const ASKING_MS = 2_000
const isLinkedAndEmpty = async ({ b }: Pair): Promise<boolean> =>
  (await within(
    ASKING_MS,
    b.evaluate(() => bench.openLinks() > 0 && bench.count() === 0).catch(() => false),
  )) === true

const run = async (rig: Rig, system: SystemName, size: Size): Promise<Outcome | Failure> => {
  const { records, limitMs } = size
  const pages = await ended(SEED_LIMIT_MS, openPair(rig, system, records))
  if (!pages || isError(pages)) return { size, at: 'seed', why: failureOf(pages, SEED_LIMIT_MS), linkedAndEmpty: false }
  const { b } = pages
  const holding = b.evaluate((count) => bench.holds(count), records)
  const stopWatching = await watchMemory(b)
  goOnline(pages).catch(() => undefined)
  const arrival = await ended(limitMs, holding)
  const peak = await within(ASKING_MS, stopWatching())
  if (!arrival || isError(arrival))
    return { size, at: 'sync', why: failureOf(arrival, limitMs), linkedAndEmpty: await isLinkedAndEmpty(pages) }
  const opened = await b.evaluate(() => bench.opened()[0] ?? 0)
  const traffic = await b.evaluate(() => bench.traffic())
  return { peak, allMs: arrival.all - opened, firstMs: arrival.first - opened, traffic }
}

const outcomes = new Map<string, Outcome[]>()
const givenUp = new Map<SystemName, Failure>()
const profiles = new Map<string, ProfileShares>()
const keyOf = (system: SystemName, { records }: Size): string => `${system} ${records}`
const failedWords = ({ at, why }: Failure): string =>
  at === 'seed' ? `the first device was not filled: ${why}` : `the second device did not get all: ${why}`

const measure = async (rig: Rig, size: Size, round: number): Promise<void> => {
  for (const system of SYSTEMS) {
    if (givenUp.has(system)) continue
    const outcome = await run(rig, system, size)
    const label = `${size.records} ${SYSTEM_NAMES[system]}, round ${round + 1}/${size.rounds}`
    if ('at' in outcome) givenUp.set(system, outcome)
    else outcomes.set(keyOf(system, size), [...(outcomes.get(keyOf(system, size)) ?? []), outcome])
    console.log(`  ${label}: ${'at' in outcome ? failedWords(outcome) : `${Math.round(outcome.allMs)} ms`}`)
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

const rowOf = (system: SystemName, size: Size, figure: (outcome: Outcome) => number | null): BenchRow => {
  const samples = (outcomes.get(keyOf(system, size)) ?? []).map(figure)
  const lost = givenUp.get(system)
  const notTried = `not tried: given up at ${lost?.size.records.toLocaleString('en-US')}`
  const failed = lost?.size === size ? failedWords(lost) : samples.length === 0 ? notTried : undefined
  return { name: SYSTEM_NAMES[system], samples, ...(failed && { failed }) }
}
const tableOf = (
  size: Size,
  title: string,
  unit: string,
  figure: (outcome: Outcome) => number | null,
  aim?: BenchRow['aim'],
): BenchTable => ({
  title: `${size.records.toLocaleString('en-US')} records: ${title}`,
  unit,
  baseline: SYSTEM_NAMES.bare,
  rows: SYSTEMS.map((system) => ({
    ...rowOf(system, size, figure),
    ...(aim && system === 'fieldmesh' && { aim }),
  })),
})
/** Tells what our format saves from what deflate saves. */
const withBareDeflated = (table: BenchTable, size: Size): BenchTable => {
  const note = 'Computed: each message of bare JSON deflated in Node (zlib, level 6); nothing is sent.'
  const [bare, ...others] = table.rows
  const deflated = { name: 'bare JSON, deflated', samples: [bareDeflated(size.records)], note }
  return { ...table, rows: [...(bare ? [bare] : []), deflated, ...others] }
}
const bytesTable = (size: Size): BenchTable =>
  withBareDeflated(
    tableOf(
      size,
      'application bytes on the channel, both ways',
      'bytes per record',
      ({ traffic }) => (traffic.appSent + traffic.appReceived) / size.records,
      { of: 'ratio', atMost: 0.35 },
    ),
    size,
  )
const tablesOf = (size: Size): BenchTable[] => [
  tableOf(size, 'time until all are readable', 'ms', ({ allMs }) => allMs, { of: 'ratio', atMost: 2 }),
  {
    ...tableOf(size, 'time until the first is shown', 'ms', ({ firstMs }) => firstMs),
    headline: SYSTEM_NAMES.fieldmesh,
  },
  bytesTable(size),
  tableOf(
    size,
    'bytes of the transport (SCTP and DTLS included), both ways',
    'bytes per record',
    ({ traffic }) => (traffic.wireSent + traffic.wireReceived) / size.records,
  ),
  tableOf(size, 'most JavaScript heap of the receiver', 'MB', ({ peak }) => peak?.heapMB ?? null),
  tableOf(size, 'most resident memory of the receiver’s process', 'MB', ({ peak }) => peak?.residentMB ?? null, {
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

/** Only where the device that stayed empty was linked all the while: anything else has another cause. */
const tooLargeAMessage = (failure: Failure | undefined): string[] =>
  failure?.linkedAndEmpty
    ? [
        `Yjs + y-webrtc did not arrive at ${failure.size.records.toLocaleString('en-US')} records: its whole state is one message, and one over 256 KiB is dropped without a word. The device that has the records reports itself synced, the other one stays empty and linked.`,
      ]
    : []

await writeResults('initial-sync', {
  title: 'First sync of an empty device',
  about:
    'From the opening of the first channel until every record can be read on the empty device, by its own clock. fieldmesh counts a record only once it is durable there (IndexedDB, `durability: strict`); Yjs, automerge-repo and “bare JSON” keep it in memory only, which is in their favor. Bare JSON goes in messages of 80 readings (about 14 kB) and is parsed into a Map. Yjs: a map of maps, y-webrtc as published with a server of its own protocol. automerge-repo: one document with a map of readings, their strings `ImmutableString` (last-writer values, as ours and those of Yjs are here; a plain string would be a text to edit together), over a bare channel in pieces of 64 KiB, since it ships no adapter for WebRTC; a document for each reading would need an index and a sync conversation each.',
  tables: [...SIZES.flatMap(tablesOf), linearity],
  findings: [
    ...tooLargeAMessage(givenUp.get('yjs')),
    ...[...profiles].flatMap(([side, shares]) => [
      `fieldmesh, ${side}: main thread busy ${Math.round((shares.busyMs / shares.totalMs) * 100)} % of the time; by file: ${shareWords(shares.byFile, 10)}.`,
      `fieldmesh, ${side}, by function: ${shareWords(shares.byFunction, 12)}.`,
    ]),
  ],
})
