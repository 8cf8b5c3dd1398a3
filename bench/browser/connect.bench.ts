/**
 * From a page that comes online to the first record, and back from a cut.
 *
 *   npm run bench -- connect
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type BenchRow, writeResults } from '../support/results.ts'
import { goOnline, openPair, SYSTEM_NAMES } from './harness/pair.ts'
import { inTurns, sized } from './harness/quick.ts'
import { type Rig, withRig } from './harness/rig.ts'
import { within } from './harness/within.ts'
import type { SystemName } from './page/systems/index.ts'

const ROUNDS = sized(20, 2)
const CUT_ROUNDS = sized(20, 2)
/** Each that does not come back costs the whole limit. */
const OTHERS_CUT_ROUNDS = sized(3, 1)
const LIMIT_MS = 10_000
/** Until every page has heard when to cut. */
const CUT_LEAD_MS = 100
/** Long enough for a waiting page to have joined, and for a link to have said all it had to say. */
const WAITING_MS = 300
const CONNECTING: readonly SystemName[] = ['bare', 'fieldmesh', 'yjs', 'automerge']
type Cut = 'author' | 'other' | 'both'
const CUTS: readonly Cut[] = ['author', 'other', 'both']
const RECOVERING: readonly SystemName[] = ['fieldmesh', 'yjs']

const figures = new Map<string, number[]>()
const tries = new Map<string, number>()
const note = (key: string, figure: number | undefined) => {
  tries.set(key, (tries.get(key) ?? 0) + 1)
  if (figure !== undefined) figures.set(key, [...(figures.get(key) ?? []), figure])
}

/** One page waits in the room with a reading; the other comes online. */
const connect = async (rig: Rig, system: SystemName): Promise<{ open: number; first: number } | undefined> => {
  const pages = await openPair(rig, system, 1)
  const { a, b } = pages
  const holding = b.evaluate(() => bench.holds(1))
  a.evaluate(() => bench.online()).catch(() => undefined)
  await pause(WAITING_MS)
  const began = await b.evaluate(() => {
    const at = performance.timeOrigin + performance.now()
    bench.online().catch(() => undefined)
    return at
  })
  const arrival = await within(LIMIT_MS, holding)
  if (!arrival) return undefined
  const opened = await b.evaluate(() => bench.opened())
  return { open: (opened.at(-1) ?? Number.NaN) - began, first: arrival.first - began }
}

/** From the cut until an edit made right after it can be read on the other device. Links that never broke before. */
const recover = async (rig: Rig, system: SystemName, cut: Cut): Promise<number | undefined> => {
  const pages = await openPair(rig, system, 10)
  const { a, b } = pages
  const holding = b.evaluate(() => bench.holds(10))
  await goOnline(pages)
  await holding
  await pause(WAITING_MS)
  const edit = ['reading-000003', 700_000] as const
  const seen = b.evaluate(([id, kwh]) => bench.reads(id, kwh), edit)
  const at = Date.now() + CUT_LEAD_MS
  const ends = { author: [a], other: [b], both: [a, b] }[cut]
  const cuts = await Promise.all(ends.map((page) => page.evaluate((when) => bench.cut(when), at)))
  await a.evaluate(([id, kwh]) => bench.edit(id, kwh), edit)
  const seenAt = await within(LIMIT_MS, seen)
  return seenAt === undefined ? undefined : seenAt - Math.min(...cuts)
}

const recoverAll = async (rig: Rig, system: SystemName, cut: Cut): Promise<void> => {
  const key = `${system} ${cut}`
  const rounds = system === 'fieldmesh' ? CUT_ROUNDS : OTHERS_CUT_ROUNDS
  for (let round = 0; round < rounds; round++)
    note(
      key,
      await within(
        2 * LIMIT_MS,
        recover(rig, system, cut).catch(() => undefined),
      ),
    )
  console.log(`  ${SYSTEM_NAMES[system]}, cut (${cut}): back ${figures.get(key)?.length ?? 0} of ${tries.get(key)}`)
}

await withRig(async (rig) => {
  await inTurns(ROUNDS, CONNECTING, async (system, round) => {
    const outcome = await within(2 * LIMIT_MS, connect(rig, system))
    note(`${system} open`, outcome?.open)
    note(`${system} first`, outcome?.first)
    if (round % 5 === 0)
      console.log(`  ${round + 1}/${ROUNDS} ${SYSTEM_NAMES[system]}: ${outcome?.first.toFixed(0) ?? 'never'} ms`)
  })
  for (const cut of CUTS) for (const system of RECOVERING) await recoverAll(rig, system, cut)
})

const row = (name: string, key: string, aim?: NonNullable<BenchRow['aim']>): BenchRow => {
  const samples = figures.get(key) ?? []
  const tried = tries.get(key) ?? 0
  return {
    name,
    samples,
    ...(aim && { aim }),
    ...(samples.length < tried && {
      failed: `only ${samples.length} of ${tried}, the others not within ${LIMIT_MS / 1_000} s`,
    }),
    note: `${samples.length} of ${tried}`,
  }
}
const WHERE: Readonly<Record<Cut, string>> = { author: 'the author’s end', other: 'the other end', both: 'both ends' }

await writeResults('connect', {
  title: 'Connecting, and back from a cut',
  about:
    'Connecting: one page waits in the room with one record, the other comes online (its WebSocket not yet opened), by its clock. All over our signaling server, y-webrtc over one of its own protocol. The pages are loaded and the engine has opened its storage before. A cut closes the RTCPeerConnection under the program, at one end or both; an edit is made right after it, and the time runs until the other device shows it. automerge-repo has no adapter for WebRTC, so what would be measured of its recovery is ours.',
  tables: [
    {
      title: 'Online → channels open',
      unit: 'ms',
      baseline: SYSTEM_NAMES.bare,
      rows: CONNECTING.map((system) => row(SYSTEM_NAMES[system], `${system} open`)),
    },
    {
      title: 'Online → first record',
      unit: 'ms',
      baseline: SYSTEM_NAMES.bare,
      rows: CONNECTING.map((system) =>
        row(SYSTEM_NAMES[system], `${system} first`, system === 'fieldmesh' ? { of: 'ratio', atMost: 1.3 } : undefined),
      ),
    },
    {
      title: 'Cut → the next edit is on the other device',
      unit: 'ms',
      rows: RECOVERING.flatMap((system) =>
        CUTS.map((cut) =>
          row(
            `${SYSTEM_NAMES[system]}, cut at ${WHERE[cut]}`,
            `${system} ${cut}`,
            system === 'fieldmesh' ? { of: 'median', atMost: 300 } : undefined,
          ),
        ),
      ),
    },
  ],
})
