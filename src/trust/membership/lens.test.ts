import { expect, it } from 'vitest'
import type { Certify } from './control.types.ts'
import { Lens } from './lens.ts'
import { DAY, START } from './play.testing.ts'

/** The certificate of the nth device, by the one before. */
const linkOf = (place: number): Certify => ({
  op: 'certify',
  author: `d${place - 1}`,
  subject: `d${place}`,
  seq: 2,
  timestamp: START,
  seen: new Map(),
  key: '',
  role: 'admin',
  from: START,
  until: START + DAY,
  name: '',
  sig: '',
})

it('a chain of any length holds, and ends where a cutoff cuts it', () => {
  const certificates = Array.from({ length: 30_000 }, (_, place) => linkOf(place + 1))
  const granted = {
    order: { past: ({ author }: Certify) => new Map([[`d${Number(author.slice(1)) - 1}`, 2]]) },
    root: { certificatesOf: (subject: string) => (subject === 'd0' ? [linkOf(0)] : []) },
    of: (subject: string) => certificates.slice(Math.max(0, Number(subject.slice(1)) - 1), Number(subject.slice(1))),
  }
  const holding = (cutoffs: ReadonlyMap<string, number>) => {
    const lens = new Lens(granted, cutoffs)
    return [29_999, 20_000, 19_999].map((place) => lens.holds(certificates[place] as Certify))
  }
  expect(holding(new Map())).toEqual([true, true, true])
  expect(holding(new Map([['d20000', 1]]))).toEqual([false, false, true])
  expect(holding(new Map([['d20000', 2]]))).toEqual([true, true, true])
})
