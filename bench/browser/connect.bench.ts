/**
 * From a page that comes online to the first record, and back after links were closed or silently cut.
 *
 *   npm run bench -- connect   (4 min)
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type BenchRow, writeResults } from '../support/results.ts'
import { openPair, SYSTEM_NAMES } from './harness/pair.ts'
import { inTurns, sized } from './harness/quick.ts'
import { type ClosedAt, recoverAllFromSilence, recoverFromClosing } from './harness/recover.ts'
import { type Rig, withRig } from './harness/rig.ts'
import { within } from './harness/within.ts'
import type { SystemName } from './page/systems/index.ts'

const ROUNDS = sized(12, 2)
const CLOSING_ROUNDS = sized(10, 2)
/** Each that does not come back costs the whole limit. */
const OTHERS_CLOSING_ROUNDS = sized(3, 1)
const SILENT_ROUNDS = sized(3, 1)
/** Longer than ICE takes to call a path lost (5 s), shorter than it takes to give a link up. */
const SILENT_MS = 6_000
const LIMIT_MS = 10_000
/** Long enough for a waiting page to have joined. */
const WAITING_MS = 300
const CONNECTING = ['bare', 'fieldmesh', 'yjs', 'automerge'] as const
const CLOSINGS: readonly ClosedAt[] = ['author', 'other', 'both']
/** The bare channels make no second link. */
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

const recoverAll = async (rig: Rig, system: SystemName, closedAt: ClosedAt): Promise<void> => {
  const key = `${system} ${closedAt}`
  const rounds = system === 'fieldmesh' ? CLOSING_ROUNDS : OTHERS_CLOSING_ROUNDS
  for (let round = 0; round < rounds; round++) {
    const recovered = recoverFromClosing(rig, system, closedAt, LIMIT_MS).catch(() => undefined)
    note(key, await within(2 * LIMIT_MS, recovered))
  }
  console.log(
    `  ${SYSTEM_NAMES[system]}, closed (${closedAt}): back ${figures.get(key)?.length ?? 0} of ${tries.get(key)}`,
  )
}

await withRig(async (rig) => {
  await inTurns(ROUNDS, CONNECTING, async (system, round) => {
    const outcome = await within(2 * LIMIT_MS, connect(rig, system))
    note(`${system} open`, outcome?.open)
    note(`${system} first`, outcome?.first)
    if (round % 5 === 0)
      console.log(`  ${round + 1}/${ROUNDS} ${SYSTEM_NAMES[system]}: ${outcome?.first.toFixed(0) ?? 'never'} ms`)
  })
  for (const closedAt of CLOSINGS) for (const system of RECOVERING) await recoverAll(rig, system, closedAt)
  for (let round = 0; round < SILENT_ROUNDS; round++)
    for (const [system, ms] of await recoverAllFromSilence(rig, CONNECTING, SILENT_MS, LIMIT_MS)) {
      note(`${system} silent`, ms)
      console.log(`  ${SYSTEM_NAMES[system]}, silent cut: ${ms?.toFixed(0) ?? 'never'} ms after the heal`)
    }
})

const row = (name: string, key: string, aim?: BenchRow['aim']): BenchRow => {
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
const WHERE: Readonly<Record<ClosedAt, string>> = {
  author: 'the author’s end',
  other: 'the other end',
  both: 'both ends',
}
const recoveryAim = (system: SystemName): BenchRow['aim'] =>
  system === 'fieldmesh' ? { of: 'median', atMost: 300 } : undefined

await writeResults('connect', {
  title: 'Connecting, and back after links were lost',
  about: `Connecting: one page waits in the room with one record, the other comes online (its WebSocket not yet opened), by its clock. All over our signaling server, y-webrtc over one of its own protocol. The pages are loaded and the engine has opened its storage before.

Closed: the RTCPeerConnection is closed under the program, at one end or both; the browsers say goodbye to each other, so both ends know within milliseconds. An edit is made right after it, and the time runs from the closing until the other device shows it. Bare channels and automerge-repo (which has no adapter for WebRTC, so that a second link would be ours) are left out.

Silently cut: for ${SILENT_MS / 1_000} s every packet of a link is lost at the author’s browser (network conditions by the DevTools protocol, which add 1 ms), the signaling server still answers, and nobody is told. An edit is made at the beginning, and the time runs from the healing until the other device shows it. All systems at once, each with two pages of its own. What brings bare JSON and automerge-repo back is their bare channel alone, which sends again what was lost.`,
  tables: [
    {
      title: 'Online → channels open',
      unit: 'ms',
      baseline: SYSTEM_NAMES.bare,
      headline: SYSTEM_NAMES.fieldmesh,
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
    ...CLOSINGS.map((closedAt) => ({
      title: `Links closed at ${WHERE[closedAt]}, both are told → the next edit is on the other device`,
      unit: 'ms',
      rows: RECOVERING.map((system) => row(SYSTEM_NAMES[system], `${system} ${closedAt}`, recoveryAim(system))),
    })),
    {
      title: `Links silently cut for ${SILENT_MS / 1_000} s, nobody is told: healed → the edit is on the other device`,
      unit: 'ms',
      baseline: SYSTEM_NAMES.bare,
      rows: CONNECTING.map((system) => row(SYSTEM_NAMES[system], `${system} silent`, recoveryAim(system))),
    },
  ],
})
