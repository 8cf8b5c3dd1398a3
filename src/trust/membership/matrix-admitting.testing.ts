import type { Entry } from '#model/entry'
import type { Row } from './matrix.testing.ts'
import { DAY, MINUTE, START } from './play.testing.ts'

const IN = 'in-force'

/** Times, roles, the root, and those who may not decide. */
export const ADMITTING: readonly Row[] = [
  {
    what: 'expired, then renewed: what was written in between is out, what comes after is in',
    happens: async (play) => {
      await play.certify('A', 'C', { until: START + 2 * DAY })
      const during = play.write('C', { at: START + DAY })
      const between = play.write('C', { at: START + 3 * DAY })
      const late = play.write('C', { at: START + 2 * DAY + 5 * MINUTE - 1 })
      play.now = START + 4 * DAY
      await play.certify('A', 'C', { from: START + 4 * DAY })
      return { during, late, between, after: play.write('C') }
    },
    roles: { C: 'member' },
    verdicts: { during: IN, late: IN, between: 'expired', after: IN },
  },
  {
    what: 'expired, then renewed from before: the gap is closed',
    happens: async (play) => {
      await play.certify('A', 'C', { until: START + 2 * DAY })
      const between = play.write('C', { at: START + 3 * DAY })
      play.now = START + 4 * DAY
      await play.certify('A', 'C', { from: START + 2 * DAY })
      return { between }
    },
    roles: { C: 'member' },
    verdicts: { between: IN },
  },
  {
    what: 'renewed by an admin who is removed at the same time: the old certificate runs out',
    happens: async (play) => {
      await play.certify('A', 'C', { until: START + 2 * DAY })
      play.tell('B', 'A')
      play.now = START + DAY
      const [renewal, removal] = [await play.certify('B', 'C'), await play.remove('A', 'B')]
      const [before, after] = [play.write('C'), play.write('C', { at: START + 3 * DAY })]
      play.now = START + 3 * DAY
      return { renewal, removal, before, after }
    },
    roles: { B: '-', C: '-' },
    verdicts: { renewal: 'removed', removal: IN, before: IN, after: 'expired' },
  },
  {
    what: 'a reader made member ∥ made reader again: the least wins',
    happens: async (play) => {
      await play.certify('F', 'C', { role: 'reader' })
      play.tell('A', 'F')
      play.tell('B', 'F')
      const [up, same] = [
        await play.certify('A', 'C', { role: 'member' }),
        await play.certify('B', 'C', { role: 'reader' }),
      ]
      play.now += 10 * MINUTE
      return { up, same, byC: play.write('C') }
    },
    roles: { C: 'reader' },
    verdicts: { up: IN, same: IN, byC: 'reader' },
  },
  {
    what: 'a reader made member ∥ a member made reader, each known to the next: the latest wins',
    happens: async (play) => {
      await play.certify('F', 'C', { role: 'reader' })
      await play.certify('F', 'D', { role: 'member' })
      play.tell('A', 'F')
      await play.certify('A', 'C', { role: 'member' })
      await play.certify('A', 'D', { role: 'reader' })
      play.now += 10 * MINUTE
      return { byC: play.write('C'), byD: play.write('D') }
    },
    roles: { C: 'member', D: 'reader' },
    verdicts: { byC: IN, byD: 'reader' },
  },
  {
    what: 'an admin made member: what it certified before stays, what it certifies afterwards does not count',
    happens: async (play) => {
      const before = await play.certify('B', 'C')
      play.tell('A', 'B')
      await play.certify('A', 'B', { role: 'member' })
      play.tell('B', 'A')
      play.now += 10 * MINUTE
      return { before, after: await play.certify('B', 'D'), removal: await play.remove('B', 'A') }
    },
    roles: { A: 'admin', B: 'member', C: 'member', D: '-' },
    verdicts: { before: IN, after: 'not-admin', removal: 'not-admin' },
  },
  {
    what: 'an admin removes the founder: nobody but the root may',
    happens: async (play) => ({ removal: await play.remove('A', 'F'), byF: play.write('F') }),
    roles: { F: 'admin', A: 'admin' },
    verdicts: { removal: 'not-admin', byF: IN },
  },
  {
    what: 'an admin makes the founder a reader: the root’s word stands',
    happens: async (play) => {
      await play.certify('A', 'F', { role: 'reader' })
      play.now += 10 * MINUTE
      return { byF: play.write('F') }
    },
    roles: { F: 'admin' },
    verdicts: { byF: IN },
  },
  {
    what: 'the root removes the founder’s stolen device: what it did beyond the cutoff never happened',
    happens: async (play) => {
      const spree = [await play.remove('F', 'A', { seen: {} }), await play.certify('F', 'D', { role: 'admin' })]
      play.tell('D', 'F')
      const byD = await play.remove('D', 'B')
      return { spree: spree[0] as Entry, byD, end: await play.rootRemoves('C', 'F', { cutoff: 3 }) }
    },
    roles: { F: '-', A: 'admin', B: 'admin', D: '-' },
    verdicts: { spree: 'removed', byD: 'not-member', end: IN },
  },
  {
    what: 'the root removes an admin ∥ that admin removes another: below the cutoff that counts',
    happens: async (play) => ({
      removal: await play.remove('A', 'B'),
      root: await play.rootRemoves('F', 'A', { cutoff: 1 }),
    }),
    roles: { F: 'admin', A: '-', B: '-' },
    verdicts: { removal: IN, root: IN },
  },
  {
    what: 'A removes B, the root certifies B: it is back, and no admin can remove it any more',
    happens: async (play) => {
      const removal = await play.remove('A', 'B')
      await play.rootCertifies('F', 'B', { role: 'member' })
      play.now += 10 * MINUTE
      return { removal, byB: play.write('B') }
    },
    roles: { B: 'member' },
    verdicts: { removal: 'not-admin', byB: IN },
  },
  {
    what: 'nobody renews himself',
    happens: async (play) => {
      const self = await play.certify('A', 'A', { role: 'admin', until: START + 80 * DAY, from: START + MINUTE })
      return { self, late: play.write('A', { at: START + 95 * DAY }) }
    },
    roles: { A: 'admin' },
    verdicts: { self: 'not-admin', late: 'expired' },
  },
  {
    what: 'a certificate from a time to come does not count',
    happens: async (play) => ({
      early: await play.certify('A', 'C', { from: START + 30 * DAY }),
      byC: play.write('C', { at: START + 31 * DAY }),
    }),
    roles: { C: '-' },
    verdicts: { early: 'not-admin', byC: 'not-member' },
  },
  {
    what: 'members and readers decide nothing',
    happens: async (play) => {
      await play.certify('A', 'C', { role: 'member' })
      await play.certify('A', 'D', { role: 'reader' })
      play.tell('C', 'A')
      play.tell('D', 'A')
      return { byMember: await play.remove('C', 'A'), byReader: await play.certify('D', 'D', { role: 'admin' }) }
    },
    roles: { A: 'admin', C: 'member', D: 'reader' },
    verdicts: { byMember: 'not-admin', byReader: 'not-admin' },
  },
  {
    what: 'an outsider certifies himself and removes others: nothing of it counts',
    happens: async (play) => {
      const self = await play.certify('D', 'D', { role: 'admin' })
      return { self, removal: await play.remove('D', 'A'), data: play.write('D') }
    },
    roles: { A: 'admin', D: '-' },
    verdicts: { self: 'not-member', removal: 'not-member', data: 'not-member' },
  },
  {
    what: 'whoever says that he saw what nobody wrote waits, and holds nobody else up',
    happens: async (play) => {
      const lie = await play.remove('A', 'B', { seen: { [play.id('F')]: 99 } })
      play.tell('F', 'A')
      return { lie, next: await play.certify('A', 'C'), honest: await play.certify('F', 'D') }
    },
    roles: { B: 'admin', C: '-', D: 'member' },
    verdicts: { lie: 'pending', next: 'pending', honest: IN },
  },
]
