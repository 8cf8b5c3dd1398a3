import type { Row } from './matrix.testing.ts'

const IN = 'in-force'

/** Who removes whom, and what becomes of those whom he admitted. */
export const REMOVING: readonly Row[] = [
  {
    what: 'A removes B ∥ B removes A: both are out',
    happens: async (play) => ({ one: await play.remove('A', 'B'), other: await play.remove('B', 'A') }),
    roles: { F: 'admin', A: '-', B: '-' },
    verdicts: { one: IN, other: IN },
  },
  {
    what: 'A removes B ∥ B certifies C: the removal wins, C is not in',
    happens: async (play) => ({
      removal: await play.remove('A', 'B'),
      certificate: await play.certify('B', 'C'),
      byC: play.write('C'),
    }),
    roles: { A: 'admin', B: '-', C: '-' },
    verdicts: { removal: IN, certificate: 'removed', byC: 'not-member' },
  },
  {
    what: 'A removes B ∥ F certifies B anew: the removal wins',
    happens: async (play) => {
      const removal = await play.remove('A', 'B')
      const anew = await play.certify('F', 'B', { role: 'admin' })
      play.tell('B', 'F')
      return { removal, anew, after: play.write('B') }
    },
    roles: { A: 'admin', B: '-' },
    verdicts: { removal: IN, anew: IN, after: 'removed' },
  },
  {
    what: 'A removes B, F who knows it certifies B anew: a key does not come back',
    happens: async (play) => {
      await play.remove('A', 'B')
      play.tell('F', 'A')
      await play.certify('F', 'B', { role: 'admin' })
      play.tell('B', 'F')
      return { after: play.write('B') }
    },
    roles: { B: '-' },
    verdicts: { after: 'removed' },
  },
  {
    what: 'A removes B, then B, who knows it, certifies C and removes A: neither counts',
    happens: async (play) => {
      await play.remove('A', 'B')
      play.tell('B', 'A')
      return { certificate: await play.certify('B', 'C'), revenge: await play.remove('B', 'A'), byC: play.write('C') }
    },
    roles: { A: 'admin', B: '-', C: '-' },
    verdicts: { certificate: 'removed', revenge: 'removed', byC: 'not-member' },
  },
  {
    what: 'A removes B with room to spare, B, who knows it, certifies C below the cutoff: it does not count',
    happens: async (play) => {
      await play.remove('A', 'B', { cutoff: 10 })
      play.tell('B', 'A')
      return { certificate: await play.certify('B', 'C'), revenge: await play.remove('B', 'A') }
    },
    roles: { A: 'admin', B: '-', C: '-' },
    verdicts: { certificate: 'not-admin', revenge: 'not-admin' },
  },
  {
    what: 'B certifies C, then A removes B with a cutoff above it: C stays',
    happens: async (play) => {
      const certificate = await play.certify('B', 'C')
      const byC = play.write('C')
      play.tell('A', 'B')
      return { certificate, byC, removal: await play.remove('A', 'B') }
    },
    roles: { B: '-', C: 'member' },
    verdicts: { certificate: IN, byC: IN, removal: IN },
  },
  {
    what: 'B certifies C, then A removes B with a cutoff below it: C is out too',
    happens: async (play) => {
      const certificate = await play.certify('B', 'C')
      const byC = play.write('C')
      play.tell('A', 'B')
      return { certificate, byC, removal: await play.remove('A', 'B', { cutoff: 0 }) }
    },
    roles: { B: '-', C: '-' },
    verdicts: { certificate: 'removed', byC: 'not-member', removal: IN },
  },
  {
    what: 'A removes B ∥ B writes: what A had of B stays, what it had not is out',
    happens: async (play) => {
      const below = play.write('B')
      play.tell('A', 'B')
      const [removal, above] = [await play.remove('A', 'B'), play.write('B')]
      return { below, removal, above }
    },
    roles: { B: '-' },
    verdicts: { below: IN, removal: IN, above: 'removed' },
  },
  {
    what: 'two removals with different cutoffs: the smaller counts',
    happens: async (play) => {
      const [first, second] = [play.write('B'), play.write('B')]
      return {
        first,
        second,
        by: await play.remove('A', 'B', { cutoff: 2 }),
        at: await play.remove('F', 'B', { cutoff: 1 }),
      }
    },
    roles: { A: 'admin', B: '-' },
    verdicts: { first: IN, second: 'removed', by: IN, at: IN },
  },
  {
    what: 'the chain A → C → D, A removed with a cutoff above: C and D stay',
    happens: async (play) => {
      await play.certify('A', 'C', { role: 'admin' })
      play.tell('C', 'A')
      await play.certify('C', 'D')
      play.tell('B', 'A', 'C')
      await play.remove('B', 'A')
      return { byC: play.write('C'), byD: play.write('D') }
    },
    roles: { A: '-', C: 'admin', D: 'member' },
    verdicts: { byC: IN, byD: IN },
  },
  {
    what: 'the chain A → C → D, A removed with a cutoff below: whoever came in by A goes, and by those',
    happens: async (play) => {
      await play.certify('A', 'C', { role: 'admin' })
      play.tell('C', 'A')
      const last = await play.certify('C', 'D')
      await play.remove('B', 'A', { cutoff: 0 })
      return { byC: play.write('C'), byD: play.write('D'), last }
    },
    roles: { A: '-', C: '-', D: '-' },
    verdicts: { byC: 'not-member', byD: 'not-member', last: 'not-member' },
  },
  {
    what: 'the chain A → C, C removes B, A removed with a cutoff below: the removal stays, as C could not know',
    happens: async (play) => {
      await play.certify('A', 'C', { role: 'admin' })
      play.tell('C', 'A')
      return { removal: await play.remove('C', 'B'), other: await play.remove('F', 'A', { cutoff: 0 }) }
    },
    roles: { A: '-', B: '-', C: '-' },
    verdicts: { removal: IN, other: IN },
  },
  {
    what: 'A makes C admin ∥ C, who does not know, removes B and certifies D: too early',
    happens: async (play) => {
      await play.certify('A', 'C', { role: 'admin' })
      return {
        removal: await play.remove('C', 'B', { seen: {} }),
        certificate: await play.certify('C', 'D', { seen: {} }),
      }
    },
    roles: { B: 'admin', C: 'admin', D: '-' },
    verdicts: { removal: 'not-admin', certificate: 'not-admin' },
  },
  {
    what: 'B makes C admin ∥ A makes C admin, C knows of B’s word and certifies D, B removed below: C stays, D goes',
    happens: async (play) => {
      await play.certify('A', 'C', { role: 'admin' })
      await play.certify('B', 'C', { role: 'admin' })
      play.tell('C', 'B')
      const certificate = await play.certify('C', 'D')
      await play.remove('F', 'B', { cutoff: 0 })
      return { certificate, byC: play.write('C') }
    },
    roles: { B: '-', C: 'admin', D: '-' },
    verdicts: { certificate: 'not-admin', byC: IN },
  },
  {
    what: 'B names what an admin wrote who knew of its removal: it knew of it too',
    happens: async (play) => {
      await play.remove('A', 'B')
      play.tell('F', 'A')
      await play.certify('F', 'C')
      return { revenge: await play.remove('B', 'A', { seen: { [play.id('F')]: 4 } }) }
    },
    roles: { A: 'admin', B: '-', C: 'member' },
    verdicts: { revenge: 'removed' },
  },
]
