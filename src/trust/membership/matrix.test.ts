import { describe, expect, it } from 'vitest'
import type { Entry } from '#model/entry'
import { createReplica } from '#model/replica'
import type { ReplicaCore } from '#model/replica.types'
import { createSimCrypto } from '#sim/crypto'
import { ControlLog } from './control-log.ts'
import { CAST, opening, type Row } from './matrix.testing.ts'
import { ADMITTING } from './matrix-admitting.testing.ts'
import { REMOVING } from './matrix-removing.testing.ts'
import type { Membership, Verdict } from './membership.types.ts'
import { Play } from './play.testing.ts'

const MATRIX = [...REMOVING, ...ADMITTING]

const wordOf = (verdict: Verdict): string => (verdict === 'in-force' ? verdict : verdict.quarantined)

/** A play up to its end, and how many of its entries are its opening. */
const played = async ({ happens }: Row) => {
  const suite = createSimCrypto().suiteFor((length) => new Uint8Array(length))
  const play = await Play.of(suite, 'certified', CAST)
  await opening(play)
  const before = play.written.length
  return { play, before, judged: await happens(play) }
}

const rolesIn = (play: Play, membership: Membership, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, membership.memberAt(play.id(name), play.now)?.role ?? '-']))

const textOf = (replica: ReplicaCore): string =>
  JSON.stringify([
    replica.types(),
    replica.types().map((type) => replica.records(type)),
    replica.conflicts(),
    replica.quarantined(),
  ])

/** All orders of a list, or every so many of them. */
const ordersOf = <T>(list: readonly T[], most: number): readonly (readonly T[])[] => {
  const all = list.reduce<readonly (readonly T[])[]>(
    (orders, item) =>
      orders.flatMap((order) => Array.from({ length: order.length + 1 }, (_, at) => order.toSpliced(at, 0, item))),
    [[]],
  )
  const step = Math.ceil(all.length / most)
  return all.filter((_, place) => place % step === 0)
}

/** Each entry by itself, with the membership made anew and enforced in between. */
const delivered = async (play: Play, entries: readonly Entry[]): Promise<string> => {
  const replica = createReplica({ peerId: 'observer', now: () => play.now })
  const control = new ControlLog({ policy: 'certified', trust: play.trust })
  control.enforceOn(replica)
  for (const entry of entries) {
    const plan = replica.plan([entry])
    replica.commit(plan)
    if (await control.take(plan.apply)) control.enforceOn(replica)
  }
  return textOf(replica)
}

describe('the matrix of removing and admitting', () => {
  it.each(MATRIX.map((row) => [row.what, row] as const))('%s', async (_what, row) => {
    const { play, judged } = await played(row)
    const membership = await play.judge(play.written)
    const verdicts = Object.fromEntries(
      Object.entries(judged).map(([name, entry]) => [name, wordOf(membership.verdict(entry))]),
    )
    expect({ ...rolesIn(play, membership, Object.keys(row.roles)), ...verdicts }).toEqual({
      ...row.roles,
      ...row.verdicts,
    })
  })

  it.each(MATRIX.map((row) => [row.what, row] as const))('in every order: %s', async (_what, row) => {
    const { play, before } = await played(row)
    const [first, then] = [play.written.slice(0, before), play.written.slice(before)]
    const fresh = createReplica({ peerId: 'observer', now: () => play.now })
    const membership = await play.judge(play.written)
    fresh.enforce((entry) => membership.verdict(entry) === 'in-force')
    fresh.merge(play.written)
    expect(fresh.size).toBe(play.written.length)
    for (const order of ordersOf(then, 120)) {
      expect(await delivered(play, [...first, ...order])).toBe(textOf(fresh))
      expect(await delivered(play, [...order, ...first.toReversed(), ...order])).toBe(textOf(fresh))
    }
  })
})
