import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '#model/entry'
import { createReplica } from '#model/replica'
import { createSimCrypto } from '#sim/crypto'
import { ControlLog } from './control-log.ts'
import { MEMBER_TYPE } from './control.types.ts'
import type { Policy, Role } from './membership.types.ts'
import { NaiveMembership } from './naive-membership.testing.ts'
import { DAY, MINUTE, Play, START } from './play.testing.ts'
import { verifyRoots } from './verify-roots.ts'

const NAMES = ['F', 'A', 'B', 'C', 'D'] as const
type Name = (typeof NAMES)[number]

/** One thing that somebody does; `lies` says that he saw nothing at all, and nothing of what he did not write. */
interface Deed {
  readonly what: 'certify' | 'remove' | 'rootCertify' | 'rootRemove' | 'write' | 'hear' | 'wait'
  readonly by: Name
  readonly to: Name
  readonly role: Role
  readonly days: number
  readonly cutoff: number | undefined
  readonly lie: 'none' | 'nothing' | 'future'
}

const name = fc.constantFrom(...NAMES)
const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.constantFrom<Deed['what'][]>(
    ...(['certify', 'certify', 'certify', 'certify', 'remove', 'remove', 'write', 'write'] as const),
    ...(['hear', 'hear', 'hear', 'hear', 'rootCertify', 'rootRemove', 'wait'] as const),
  ),
  by: name,
  to: name,
  role: fc.constantFrom<Role[]>('admin', 'admin', 'member', 'reader'),
  days: fc.constantFrom(1, 40, 90),
  cutoff: fc.constantFrom(undefined, undefined, 0, 1, 2, 5),
  lie: fc.constantFrom<Deed['lie'][]>('none', 'none', 'none', 'none', 'none', 'nothing', 'future'),
})
const deeds = fc.array(deed, { minLength: 1, maxLength: 16 })

const act = async (play: Play, { what, by, to, role, days, cutoff, lie }: Deed): Promise<unknown> => {
  const seen = { none: undefined, nothing: {}, future: by === to ? {} : { [play.id(to)]: play.actor(to).seq + 1 } }[lie]
  const saying = { role, until: play.now + days * DAY, ...(cutoff !== undefined && { cutoff }), ...(seen && { seen }) }
  switch (what) {
    case 'certify':
      return play.certify(by, to, saying)
    case 'remove':
      return play.remove(by, to, saying)
    case 'rootCertify':
      return play.rootCertifies(by, to, saying)
    case 'rootRemove':
      return play.rootRemoves(by, to, saying)
    case 'write':
      return play.write(by, {}, { by, seq: play.actor(by).seq })
    case 'hear':
      return play.tell(by, to)
    case 'wait':
      play.now += days * DAY
      return undefined
  }
}

const playedOut = async (policy: Policy, history: readonly Deed[]): Promise<Play> => {
  const suite = createSimCrypto().suiteFor((length) => new Uint8Array(length))
  const play = await Play.of(suite, policy, NAMES)
  if (policy === 'certified') await play.rootCertifies('F', 'F', { role: 'admin' })
  for (const each of NAMES) play.tell(each, 'F')
  for (const each of history) await act(play, each)
  return play
}

const TIMES = [START, START + 30 * MINUTE, START + 2 * DAY, START + 41 * DAY, START + 100 * DAY]

/** All that a membership says of the people of a play and their entries. */
const saidOf = async (play: Play, entries: readonly Entry[]): Promise<string> => {
  const membership = await play.judge(entries)
  const of = NAMES.map((each) => [
    TIMES.map((at) => membership.memberAt(play.id(each), at)),
    TIMES.map((at) => membership.certificateOf(play.id(each), at)),
    membership.seenBy(play.id(each)),
  ])
  const verdicts = play.written.map((entry) => membership.verdict(entry))
  return JSON.stringify([of, verdicts, Object.fromEntries(membership.removed), membership.pending, membership.known])
}

const shuffled = (order: readonly number[], entries: readonly Entry[]): readonly Entry[] => [
  ...order.flatMap((at) => entries[at % Math.max(1, entries.length)] ?? []),
  ...entries.toReversed(),
]

describe('the laws of membership', () => {
  const orders = fc.array(fc.nat({ max: 20 }), { maxLength: 20 })

  it.each(['certified', 'tofu'] as const)(
    '%s: order and repetition change nothing, of all or of a part',
    async (policy) => {
      const law = fc.asyncProperty(deeds, orders, fc.nat(), async (history, order, cut) => {
        const play = await playedOut(policy, history)
        const entries = shuffled(order, play.written)
        expect(await saidOf(play, entries)).toBe(await saidOf(play, play.written))
        const part = play.written.filter((_, at) => (cut >> (at % 20)) & 1)
        expect(await saidOf(play, [...part, ...part.toReversed()])).toBe(await saidOf(play, part))
      })
      await fc.assert(law, { numRuns: 150 })
    },
    120_000,
  )

  it('certified: it is what the definition says', async () => {
    const law = fc.asyncProperty(deeds, fc.nat(), async (history, cut) => {
      const play = await playedOut('certified', history)
      const entries = play.written.filter((_, at) => cut % 3 > 0 || (cut >> (at % 20)) & 1)
      const membership = await play.judge(entries)
      const naive = new NaiveMembership(entries, await verifyRoots(entries, play.trust))
      expect(Object.fromEntries(membership.removed)).toEqual(naive.removed())
      for (const each of NAMES)
        for (const at of TIMES)
          expect([each, at, membership.memberAt(play.id(each), at)?.role]).toEqual([
            each,
            at,
            naive.role(play.id(each), at),
          ])
      for (const entry of play.written.filter(({ resourceType }) => resourceType !== MEMBER_TYPE))
        expect(membership.verdict(entry) === 'in-force').toBe(naive.isInForce(entry))
    })
    await fc.assert(law, { numRuns: 600 })
  }, 240_000)

  it.each(['certified', 'tofu'] as const)(
    '%s: replicas that heard all show the same, whatever they heard when',
    async (policy) => {
      const law = fc.asyncProperty(deeds, fc.array(orders, { maxLength: 4 }), async (history, batches) => {
        const play = await playedOut(policy, history)
        const fresh = createReplica({ peerId: 'observer', now: () => play.now })
        const membership = await play.judge(play.written)
        fresh.enforce((entry) => membership.verdict(entry) === 'in-force')
        fresh.merge(play.written)
        const replica = createReplica({ peerId: 'observer', now: () => play.now })
        const control = new ControlLog({ policy, trust: play.trust })
        for (const batch of [...batches.map((order) => order.flatMap((at) => play.written[at] ?? [])), play.written]) {
          const plan = replica.plan(batch)
          replica.commit(plan)
          await control.take(plan.apply)
          control.enforceOn(replica)
        }
        const viewsOf = (one: typeof replica) => [
          one.records('reading'),
          one.records(MEMBER_TYPE),
          one.conflicts(),
          one.quarantined(),
        ]
        expect(viewsOf(replica)).toEqual(viewsOf(fresh))
      })
      await fc.assert(law, { numRuns: 150 })
    },
    120_000,
  )

  it('certified: who is removed is removed for good, unless the root says otherwise', async () => {
    const law = fc.asyncProperty(deeds, fc.nat({ max: 16 }), async (history, cut) => {
      const play = await playedOut('certified', history)
      const before = await play.judge(play.written.slice(0, cut))
      const after = await play.judge(play.written)
      const words = play.written.slice(cut).filter(({ data }) => Object.hasOwn(data, 'rootSig'))
      fc.pre(words.length === 0)
      for (const [peerId, cutoff] of before.removed) expect(after.removed.get(peerId)).toBeLessThanOrEqual(cutoff)
      expect(after.removed.size).toBeGreaterThanOrEqual(before.removed.size)
    })
    await fc.assert(law, { numRuns: 300 })
  }, 120_000)
})
