/**
 * Many bytes through the chunk path between two Chromium processes, against a bare channel of the same message size.
 *
 *   npm run bench -- transfer   (3 min)
 */
import { writeResults } from '../support/results.ts'
import { profiled, type ProfileShares, shareWords } from './harness/profile.ts'
import { inTurns, sized } from './harness/quick.ts'
import { type Rig, withRig } from './harness/rig.ts'
import { within } from './harness/within.ts'
import type { PipeName } from './page/pipes/index.ts'
import type { PipeOptions } from './page/pipes/pipe.ts'

const TOTAL = sized(64, 8) * 1024 * 1024
const ROUNDS = sized(4, 1)
const LIMIT_MS = 90_000

type Payload = PipeOptions['payload']
interface Case {
  readonly pipe: PipeName
  readonly payload: Payload
}
const NAMES: Readonly<Record<PipeName, string>> = {
  bare: 'bare RTCDataChannel',
  charts: 'fieldmesh chunk path',
  transport: 'fieldmesh transport without charts',
}
const CASES: readonly Case[] = (['noise', 'readings'] as const).flatMap((payload) =>
  (['bare', 'charts', 'transport'] as const).map((pipe) => ({ pipe, payload })),
)
const keyOf = ({ pipe, payload }: Case): string => `${payload}: ${NAMES[pipe]}`

/** MB/s; undefined where it did not come to an end. */
const run = async (rig: Rig, { pipe, payload }: Case, around = unwatched): Promise<number | undefined> => {
  const { a, b, room } = await rig.fresh()
  const options = (self: string) => ({ signaling: rig.signaling, room, self, payload })
  const opened = Promise.all([
    a.evaluate(([name, each]) => bench.openPipe(name, each), [pipe, options('a')] as const),
    b.evaluate(([name, each]) => bench.openPipe(name, each), [pipe, options('b')] as const),
  ])
  if (!(await within(LIMIT_MS, opened))) return undefined
  return around([a, b], async () => {
    const end = b.evaluate((total) => bench.received(total), TOTAL)
    const began = await a.evaluate((total) => bench.send(total), TOTAL)
    const ended = await within(LIMIT_MS, end)
    return ended === undefined ? undefined : TOTAL / 1_000 / (ended - began)
  })
}
type Around = (
  pages: Parameters<typeof profiled>[0][],
  work: () => Promise<number | undefined>,
) => Promise<number | undefined>
const unwatched: Around = (_pages, work) => work()

const samples = new Map<string, (number | null)[]>(CASES.map((each) => [keyOf(each), []]))
const profiles = new Map<string, ProfileShares>()
const profiling =
  (payload: Payload): Around =>
  async ([a, b], work) => {
    if (!a || !b) return undefined
    const sender = await profiled(a, async () => {
      const receiver = await profiled(b, work)
      profiles.set(`${payload}, receiving`, receiver.shares)
      return receiver.value
    })
    profiles.set(`${payload}, sending`, sender.shares)
    return sender.value
  }

await withRig(async (rig) => {
  await inTurns(ROUNDS, CASES, async (each, round) => {
    const speed = await run(rig, each)
    console.log(`  ${round + 1}/${ROUNDS} ${keyOf(each)}: ${speed?.toFixed(1) ?? 'never ended'} MB/s`)
    samples.get(keyOf(each))?.push(speed ?? null)
  })
  for (const payload of ['noise', 'readings'] as const) await run(rig, { pipe: 'charts', payload }, profiling(payload))
})

const tableOf = (payload: Payload, title: string) => ({
  title,
  unit: 'MB/s',
  baseline: NAMES.bare,
  paired: true,
  rows: (['bare', 'charts', 'transport'] as const).map((pipe) => {
    const figures = samples.get(keyOf({ pipe, payload })) ?? []
    return {
      name: NAMES[pipe],
      samples: figures,
      ...(pipe === 'charts' && { aim: { of: 'ratio', atLeast: 0.95 } as const }),
      ...(figures.includes(null) && {
        failed: `${figures.filter((speed) => speed === null).length} of ${ROUNDS} not within ${LIMIT_MS / 1_000} s`,
      }),
    }
  }),
})
const shareOf = ({ byFile }: ProfileShares, ...files: string[]): number =>
  byFile.filter(([name]) => files.includes(name)).reduce((sum, [, share]) => sum + share, 0)
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

await writeResults('transfer', {
  title: `${TOTAL / 2 ** 20} MB from one Chromium process to another`,
  about:
    'The chart of a peer, transport, depot, send queue and credit as they ship, with batches of 256 KiB that cost nothing to make or digest, against a bare channel with messages of 14,000 bytes. Bytes are counted before deflate: noise cannot be deflated (photos), readings can. “Without charts” has the same transport under a plain function.',
  tables: [
    tableOf('noise', 'Bytes that cannot be deflated'),
    tableOf('readings', 'Meter readings as JSON'),
    {
      title: 'Time of XState and the charts on the page’s main thread (sampling profiler)',
      unit: 'ms per MB',
      rows: [...profiles].map(([name, shares]) => ({
        name,
        samples: [(shareOf(shares, 'xstate', 'machines') * shares.busyMs) / (TOTAL / 1_000_000)],
        note: `${percent(shareOf(shares, 'xstate', 'machines'))} of what was not idle; the main thread was busy ${percent(shares.busyMs / shares.totalMs)} of the time; ${shareWords(shares.byFile, 8)}`,
      })),
    },
  ],
  findings: [...profiles].map(([name, shares]) => `Most of the time, ${name}: ${shareWords(shares.byFunction, 8)}.`),
})
