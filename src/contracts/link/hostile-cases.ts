import { LIMITS } from '#model/limits'
import { CONN_ID } from './link-end.ts'
import { insist, insistSame } from '../insist.ts'
import { noise } from '../noise.ts'
import type { LinkCase } from './link-pair.ts'

const NONSENSE = { kind: 'candidate', connId: CONN_ID, candidate: 'candidate:nonsense' } as const
const DESCRIPTION = { kind: 'offer', connId: CONN_ID, epoch: 1, session: 'v=0\r\ngarbage' } as const

/** No device of ours sends any of these. */
const GARBAGE: readonly (Uint8Array<ArrayBuffer> | string)[] = [
  'a text',
  new Uint8Array(0),
  noise(15, 1) as Uint8Array<ArrayBuffer>,
  noise(100, 2) as Uint8Array<ArrayBuffer>,
  noise(LIMITS.chunkBytes, 3) as Uint8Array<ArrayBuffer>,
  new Uint8Array(200_000),
]

export const hostileCases: readonly LinkCase[] = [
  {
    id: 'LINK-29',
    says: 'garbage on either channel is refused and counted, rests nowhere, and the link goes on',
    needs: 'sendRaw',
    check: async (pair) => {
      await pair.opened()
      const { answerer, until } = pair
      for (const channel of ['ctl', 'bulk'] as const)
        for (const data of GARBAGE) pair.places.sendRaw?.('dialer', channel, data)
      const count = 2 * GARBAGE.length
      await until('all of it was refused', () => answerer.of('link.refused').length >= count)
      await pair.works()
      insistSame(
        answerer.of('link.refused').map((refused) => refused.count),
        Array.from({ length: count }, (_, i) => i + 1),
        'counts of the refusals',
      )
      insistSame([answerer.depot.bytes, answerer.of('link.said')], [0, []], 'bytes at rest, and what was said')
    },
  },
  {
    id: 'LINK-30',
    says: 'a garbage candidate is refused and counted, and the link goes on',
    check: async (pair) => {
      await pair.opened()
      const { answerer, until } = pair
      answerer.send({ type: 'transport.signal', signal: NONSENSE })
      await until('it was refused', () => answerer.of('link.refused').length > 0)
      insistSame(answerer.of('link.refused'), [{ type: 'link.refused', fault: 'wire-malformed', count: 1 }], 'refusals')
      await pair.works()
    },
  },
  {
    id: 'LINK-31',
    says: 'a garbage description is refused and counted by an open link, which goes on',
    check: async (pair) => {
      await pair.opened()
      for (const end of pair.ends) {
        end.send({ type: 'transport.signal', signal: DESCRIPTION })
        end.send({ type: 'transport.signal', signal: { ...DESCRIPTION, session: 'x'.repeat(LIMITS.signalBytes + 1) } })
        await pair.until('both were refused', () => end.of('link.refused').length > 1)
        insistSame(
          end.of('link.refused').map(({ fault }) => fault),
          ['wire-malformed', 'wire-too-large'],
          `refusals of the ${end.role}`,
        )
      }
      await pair.works()
    },
  },
  {
    id: 'LINK-32',
    says: 'a flood of signals is refused beyond its bound, each counted, and the link goes on',
    check: async (pair) => {
      await pair.opened()
      const { answerer, until } = pair
      const refused = (fault: string) => answerer.of('link.refused').filter((fact) => fact.fault === fault).length
      const flood = 2 * LIMITS.signalsQueued
      for (let i = 0; i < flood; i++) answerer.send({ type: 'transport.signal', signal: DESCRIPTION })
      await until('all descriptions were refused', () => answerer.of('link.refused').length >= flood)
      insist(refused('wire-limit') >= LIMITS.signalsQueued, `only ${refused('wire-limit')} descriptions were too many`)
      const before = refused('wire-limit')
      const candidates = 2 * LIMITS.candidatesPerDescription
      for (let i = 0; i < candidates; i++) answerer.send({ type: 'transport.signal', signal: NONSENSE })
      await until('all candidates were refused', () => answerer.of('link.refused').length >= flood + candidates)
      const beyond = refused('wire-limit') - before
      insist(beyond >= LIMITS.candidatesPerDescription, `only ${beyond} candidates were too many`)
      insistSame(answerer.of('link.refused').at(-1)?.count, flood + candidates, 'count of the last refusal')
      await pair.works()
    },
  },
]
