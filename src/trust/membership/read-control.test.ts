import { describe, expect, it } from 'vitest'
import type { Entry } from '#model/entry'
import { createSimCrypto } from '#sim/crypto'
import { MEMBER_TYPE } from './control.types.ts'
import { CAST } from './matrix.testing.ts'
import { DAY, Play, START } from './play.testing.ts'
import { readControl } from './read-control.ts'
import { verifyRoots } from './verify-roots.ts'

const sim = () => createSimCrypto().suiteFor((length) => new Uint8Array(length))

describe('what is no control entry', () => {
  const entryOf = async (): Promise<{ play: Play; entry: Entry }> => {
    const play = await Play.of(sim(), 'certified', CAST)
    return { play, entry: await play.certify('A', 'B') }
  }

  it.each<[string, (entry: Entry, play: Play) => Partial<Entry>]>([
    ['another type', () => ({ resourceType: 'member' })],
    ['a deletion', () => ({ action: 'delete' })],
    ['the key of another', (entry, play) => ({ data: { ...entry.data, key: play.actor('C').key } })],
    ['the id of another', (_, play) => ({ id: play.id('C') })],
    ['no signature', ({ data }) => ({ data: { ...data, sig: '' } })],
    ['an unknown deed', ({ data }) => ({ data: { ...data, op: 'crown' } })],
    ['an unknown role', ({ data }) => ({ data: { ...data, role: 'owner' } })],
    ['91 days', ({ data }) => ({ data: { ...data, until: START + 91 * DAY } })],
    ['a time beyond all calendars', ({ data }) => ({ data: { ...data, from: 2 ** 48, until: 2 ** 48 + DAY } })],
    ['half a millisecond', ({ data }) => ({ data: { ...data, from: START + 0.5 } })],
    ['a name that cannot be seen', ({ data }) => ({ data: { ...data, name: '\u202e' } })],
    ['its writer among what it saw', (entry) => ({ data: { ...entry.data, seen: { [entry.peerId]: 1 } } })],
    ['seen that is no count', ({ data }) => ({ data: { ...data, seen: { x: 0 } } })],
    ['seen that is a list', ({ data }) => ({ data: { ...data, seen: [] } })],
    [
      'more than 1,024 seen',
      ({ data }) => ({
        data: { ...data, seen: Object.fromEntries(Array.from({ length: 1_025 }, (_, i) => [`p${i}`, 1])) },
      }),
    ],
    ['words of the root that are no signature', ({ data }) => ({ data: { ...data, rootSig: 'x' } })],
    ['a removal of nobody', () => ({ data: { op: 'remove', cutoff: {} } })],
    ['a removal of another', () => ({ data: { op: 'remove', cutoff: { x: 1 } } })],
    ['a removal of two', (entry) => ({ data: { op: 'remove', cutoff: { [entry.id]: 1, x: 1 } } })],
    ['a removal with no place', (entry) => ({ data: { op: 'remove', cutoff: { [entry.id]: -1 } } })],
    [
      'a removal with a book for a reason',
      (entry) => ({ data: { op: 'remove', cutoff: { [entry.id]: 1 }, why: 'x'.repeat(257) } }),
    ],
    ['an introduction of another', ({ data }) => ({ data: { ...data, op: 'introduce' } })],
  ])('%s', async (_what, change) => {
    const { play, entry } = await entryOf()
    expect(readControl(entry)).toMatchObject({ op: 'certify', subject: play.id('B') })
    const bent = { ...entry, ...change(entry, play) }
    expect(readControl(bent)).toBeUndefined()
    const isControl = bent.resourceType === MEMBER_TYPE
    const membership = await play.judge([bent])
    expect(membership.verdict(bent)).toEqual({ quarantined: isControl ? 'malformed' : 'not-member' })
  })

  it('is no reason to check a signature', async () => {
    const { play, entry } = await entryOf()
    const suite = { verify: () => expect.unreachable() }
    expect(await verifyRoots([entry, play.write('A')], { ...play.trust, suite })).toEqual(new Set())
  })
})
