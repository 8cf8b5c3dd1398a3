import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright'
import { controlNetwork, cutNetwork, healNetwork } from '../../../tests/e2e/support/network.ts'
import type { SystemName } from '../page/systems/index.ts'
import { fillPair, goOnline, openPair } from './pair.ts'
import type { Rig, Round } from './rig.ts'
import { within } from './within.ts'

/** At which end links are closed. */
export type ClosedAt = 'author' | 'other' | 'both'

const RECORDS = 10
const EDIT = ['reading-000003', 700_000] as const
/** For a link to have said all it had to say. */
const QUIET_MS = 300
/** Until every page has heard when to close. */
const LEAD_MS = 100

const link = async (pages: Pick<Round, 'a' | 'b'>): Promise<void> => {
  const holding = pages.b.evaluate((count) => bench.holds(count), RECORDS)
  await goOnline(pages)
  await holding
  await pause(QUIET_MS)
}
const edit = (page: Page): Promise<number> => page.evaluate(([id, kwh]) => bench.edit(id, kwh), EDIT)
const readsEdit = (page: Page): Promise<number> => page.evaluate(([id, kwh]) => bench.reads(id, kwh), EDIT)

/** From the closing of the links until an edit made right after it can be read on the other device, ms. */
export const recoverFromClosing = async (
  rig: Rig,
  system: SystemName,
  closedAt: ClosedAt,
  limitMs: number,
): Promise<number | undefined> => {
  const pages = await openPair(rig, system, RECORDS)
  const { a, b } = pages
  await link(pages)
  const seen = readsEdit(b)
  const at = Date.now() + LEAD_MS
  const ends = { author: [a], other: [b], both: [a, b] }[closedAt]
  const closed = await Promise.all(ends.map((page) => page.evaluate((when) => bench.closeLinks(when), at)))
  await edit(a)
  const seenAt = await within(limitMs, seen)
  return seenAt === undefined ? undefined : seenAt - Math.min(...closed)
}

const recoverFromSilence = async (
  round: Round,
  system: SystemName,
  silentMs: number,
  limitMs: number,
): Promise<number | undefined> => {
  const { a, b } = await fillPair(round, system, RECORDS)
  await Promise.all([a, b].map(controlNetwork))
  await link(round)
  const seen = readsEdit(b)
  await cutNetwork({ page: a, name: system }, 'links')
  await edit(a)
  if ((await within(silentMs, seen)) !== undefined) throw new Error(`${system}: the edit came through the cut`)
  const healedAt = Date.now()
  await healNetwork({ page: a, name: system })
  const seenAt = await within(limitMs, seen)
  return seenAt === undefined ? undefined : seenAt - healedAt
}

/**
 * From the healing of a silent cut, during which no packet of a link passes and nobody is told, until an edit made in it
 * can be read on the other device, ms. All systems side by side, for they mostly wait.
 */
export const recoverAllFromSilence = async <Name extends SystemName>(
  rig: Rig,
  systems: readonly Name[],
  silentMs: number,
  limitMs: number,
): Promise<[Name, number | undefined][]> => {
  const rounds = await rig.sideBySide(systems.length)
  const figures = rounds.map((round, at) => {
    const system = systems[at] as Name
    const figure = recoverFromSilence(round, system, silentMs, limitMs).catch((error: unknown) => {
      console.error(`  ${String(error)}`)
    })
    return within(silentMs + 2 * limitMs, figure).then((ms): [Name, number | undefined] => [system, ms ?? undefined])
  })
  return Promise.all(figures)
}
