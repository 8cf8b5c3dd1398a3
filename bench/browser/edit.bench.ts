/**
 * One edit while linked: how soon the other device shows it, and what it costs on the wire.
 *
 *   npm run bench -- edit   (3 min)
 */
import { setTimeout as pause } from 'node:timers/promises'
import { EDIT_AIM } from '../support/edit-aim.ts'
import { type BenchRow, writeResults } from '../support/results.ts'
import { goOnline, openPair, SYSTEM_NAMES } from './harness/pair.ts'
import { inTurns, sized } from './harness/quick.ts'
import { type Rig, type Round, withRig } from './harness/rig.ts'
import { within } from './harness/within.ts'
import type { Traffic } from './page/links.ts'
import type { SystemName } from './page/systems/index.ts'

const SERIES = { edits: sized(100, 20), records: 500, gapMs: 40 }
const ROUNDS = sized(2, 1)
const LIMIT_MS = 60_000
const SYSTEMS: readonly SystemName[] = ['bare', 'bareStored', 'fieldmesh', 'yjs', 'automerge']

interface Outcome {
  readonly times: readonly number[]
  readonly sent: number
  readonly received: number
  readonly messages: number
}
const times = new Map<SystemName, number[]>(SYSTEMS.map((system) => [system, []]))
const outcomes = new Map<SystemName, Outcome[]>(SYSTEMS.map((system) => [system, []]))

const linkAnswers = ({ a, b, room }: Round, url: string) =>
  Promise.all(
    [a, b].map((page, at) =>
      page.evaluate(([server, name, self]) => bench.answers(server, name, self), [
        url,
        room,
        at === 0 ? 'a' : 'b',
      ] as const),
    ),
  )

/** What vectors and beats follow an edit are its cost too: the traffic is read once it has been quiet for a while. */
const SETTLE_MS = 1_500
const settled = async ({ a }: Round): Promise<Traffic> => {
  await pause(SETTLE_MS)
  return a.evaluate(() => bench.traffic())
}

const run = async (rig: Rig, system: SystemName): Promise<Outcome> => {
  const round = await openPair(rig, system, SERIES.records)
  const { a, b } = round
  await linkAnswers(round, rig.signaling)
  const holding = b.evaluate((count) => bench.holds(count), SERIES.records)
  await goOnline(round)
  await holding
  const before = await settled(round)
  const answering = b.evaluate((series) => bench.answerEdits(series), SERIES)
  const measured = await a.evaluate((series) => bench.makeEdits(series), SERIES)
  await answering
  const after = await settled(round)
  return {
    times: measured,
    sent: (after.appSent - before.appSent) / SERIES.edits,
    received: (after.appReceived - before.appReceived) / SERIES.edits,
    messages:
      (after.messagesSent + after.messagesReceived - before.messagesSent - before.messagesReceived) / SERIES.edits,
  }
}

await withRig(async (rig) => {
  await inTurns(ROUNDS, SYSTEMS, async (system, round) => {
    const outcome = await within(LIMIT_MS, run(rig, system))
    console.log(
      `  ${round + 1}/${ROUNDS} ${SYSTEM_NAMES[system]}: ${outcome ? `${outcome.sent.toFixed(0)} + ${outcome.received.toFixed(0)} bytes` : 'failed'}`,
    )
    if (!outcome) return
    times.get(system)?.push(...outcome.times)
    outcomes.get(system)?.push(outcome)
  })
})

const rows = (figures: (system: SystemName) => readonly number[], aim?: BenchRow['aim']): BenchRow[] =>
  SYSTEMS.map((system) => {
    const samples = figures(system)
    return {
      name: SYSTEM_NAMES[system],
      samples,
      ...(aim && system === 'fieldmesh' && { aim }),
      ...(samples.length === 0 && { failed: `not within ${LIMIT_MS / 1_000} s` }),
    }
  })
const of = (figure: (outcome: Outcome) => number) => (system: SystemName) => (outcomes.get(system) ?? []).map(figure)

await writeResults('edit', {
  title: 'One edit while linked',
  about: `One field of one of ${SERIES.records} readings is changed on one device; as soon as the other one can read it, it answers over a bare link of its own, the same for every system. ${SERIES.edits} edits a round, one after the other, ${SERIES.gapMs} ms apart. fieldmesh and “bare JSON, stored” write to disk on both sides before (IndexedDB, strict): on the one before it is sent, on the other before it is shown; the others keep everything in memory.

Bytes are what the browser counted on the author’s data channels during the series and ${SETTLE_MS / 1_000} s after it, divided by the edits: the edit, its acknowledgment, and of heartbeats and credit what fell into that time. The result \`edit-bytes\` counts the protocol’s messages of a single edit, made in Node by the codecs that ship, and comes to more: its record was written by another device, whose id and count are then in the edit’s clock (some 20 bytes); here the author has written every record itself. An acknowledgment is there counted with each edit and no heartbeat at all; here an acknowledgment may stand for more than one edit. Both have the same aim, of all bytes both ways, before signatures. automerge-repo’s strings are \`ImmutableString\`: last-writer values, as ours and those of Yjs are here.`,
  tables: [
    {
      title: 'Edit → visible on the other device → answer back',
      unit: 'ms',
      baseline: SYSTEM_NAMES.bare,
      headline: SYSTEM_NAMES.fieldmesh,
      rows: rows((system) => times.get(system) ?? []),
    },
    {
      title: 'Bytes of one edit, both ways, with its acknowledgment',
      unit: 'bytes',
      baseline: SYSTEM_NAMES.bare,
      rows: rows(
        of(({ sent, received }) => sent + received),
        EDIT_AIM,
      ),
    },
    {
      title: 'Of these from the author',
      unit: 'bytes',
      baseline: SYSTEM_NAMES.bare,
      rows: rows(of(({ sent }) => sent)),
    },
    {
      title: 'Messages of one edit, both ways',
      unit: 'messages',
      baseline: SYSTEM_NAMES.bare,
      rows: rows(of(({ messages }) => messages)),
    },
  ],
})
