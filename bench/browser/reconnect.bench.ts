/**
 * One changed record among very many after a reconnect: bytes and round trips until the other device has it.
 *
 *   npm run bench -- reconnect   (2 min)
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type BenchRow, writeResults } from '../support/results.ts'
import { goOnline, openPair } from './harness/pair.ts'
import { sized } from './harness/quick.ts'
import { withRig } from './harness/rig.ts'
import { within } from './harness/within.ts'
import type { Traced } from './page/links.ts'

const RECORDS = sized(100_000, 1_000)
const ROUNDS = sized(5, 2)
const LIMIT_MS = 180_000
/** Acknowledgments that follow the entry belong to the reconnect. */
const AFTER_MS = 300
const HEARTBEATS: ReadonlySet<number> = new Set([3, 4])

interface Outcome {
  readonly bytes: number
  readonly sent: number
  readonly received: number
  readonly roundTrips: number
  readonly ms: number
}

/** Times that the author had to wait for a word of the other side before it could go on, until the entry was there. */
const roundTripsIn = (trace: readonly Traced[]): number => {
  let turns = 0
  let last: Traced['to'] = 'in'
  for (const { to } of trace) {
    if (to === 'out' && last === 'in') turns += 1
    last = to
  }
  return turns
}

const reconnect = async (round: number, pair: Awaited<ReturnType<typeof openPair>>): Promise<Outcome | undefined> => {
  const { a, b } = pair
  await Promise.all([a, b].map((page) => page.evaluate(() => bench.offline())))
  await Promise.all([a, b].map((page) => page.evaluate(() => bench.closeLinks())))
  const edit = [`reading-${String(round * 101).padStart(6, '0')}`, 500_000 + round] as const
  await a.evaluate(([id, kwh]) => bench.edit(id, kwh), edit)
  const seen = b.evaluate(([id, kwh]) => bench.reads(id, kwh), edit)
  const already = await a.evaluate(() => bench.trace().length)
  await goOnline(pair)
  const seenAt = await within(LIMIT_MS, seen)
  if (seenAt === undefined) return undefined
  await pause(AFTER_MS)
  const trace = (await a.evaluate((from) => bench.trace().slice(from), already)).filter(
    ({ kind }) => !HEARTBEATS.has(kind),
  )
  const openedAt = await b.evaluate(() => bench.opened()[0] ?? 0)
  const bytes = (to: Traced['to']) => trace.filter((it) => it.to === to).reduce((sum, it) => sum + it.bytes, 0)
  return {
    bytes: bytes('out') + bytes('in'),
    sent: trace.filter(({ to }) => to === 'out').length,
    received: trace.filter(({ to }) => to === 'in').length,
    roundTrips: roundTripsIn(trace.filter(({ at }) => at <= seenAt)),
    ms: seenAt - openedAt,
  }
}

const outcomes: Outcome[] = []
let failed: string | undefined

await withRig(async (rig) => {
  const pair = await openPair(rig, 'fieldmesh', RECORDS, true)
  const holding = pair.b.evaluate((count) => bench.holds(count), RECORDS)
  await goOnline(pair)
  if (!(await within(LIMIT_MS, holding))) {
    failed = `the first sync did not end within ${LIMIT_MS / 1_000} s`
    return
  }
  for (let round = 0; round < ROUNDS; round++) {
    const outcome = await reconnect(round, pair)
    if (outcome) outcomes.push(outcome)
    else failed = `${round + 1}. reconnect not within ${LIMIT_MS / 1_000} s`
    console.log(`  ${round + 1}/${ROUNDS}: ${outcome ? `${outcome.bytes} bytes, ${outcome.ms.toFixed(0)} ms` : failed}`)
    if (!outcome) return
  }
})

const row = (name: string, figure: (outcome: Outcome) => number, aim?: NonNullable<BenchRow['aim']>): BenchRow => ({
  name,
  samples: outcomes.map(figure),
  ...(aim && { aim }),
  ...(failed && { failed }),
})

await writeResults('reconnect', {
  title: `One changed record among ${RECORDS.toLocaleString('en-US')} after a reconnect`,
  about:
    'Both devices hold everything; the link is closed, one field of one record is changed on one of them, and they link again. Counted on the author’s channels from the new link on, until 0.3 s after the other device shows the change: hello, entry, vectors, everything but heartbeats. A round trip is a time when the author, having heard the other side, speaks again before the change is there; both hellos cross and count as one.',
  tables: [
    {
      title: 'Bytes, both ways',
      unit: 'bytes',
      rows: [row('fieldmesh', ({ bytes }) => bytes, { of: 'max', atMost: 1_000 })],
    },
    {
      title: 'Round trips until the change is there',
      unit: 'round trips',
      rows: [row('fieldmesh', ({ roundTrips }) => roundTrips, { of: 'max', atMost: 2 })],
    },
    {
      title: 'Messages',
      unit: 'messages',
      rows: [
        row('fieldmesh, from the author', ({ sent }) => sent),
        row('fieldmesh, to the author', ({ received }) => received),
      ],
    },
    { title: 'From the open channel until the change is there', unit: 'ms', rows: [row('fieldmesh', ({ ms }) => ms)] },
  ],
})
