import { describe, expect, it } from 'vitest'
import type { Entry } from '#model/entry'
import { createReplica } from '#model/replica'
import { createSimCrypto } from '#sim/crypto'
import { ControlLog } from './control-log.ts'
import { CAST, opening } from './matrix.testing.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'
import { DAY, MINUTE, Play, START } from './play.testing.ts'
import { readControl } from './read-control.ts'

const sim = () => createSimCrypto().suiteFor((length) => new Uint8Array(length))

describe('a room of its secret alone', () => {
  it('has everybody for a member, and nobody can be removed', async () => {
    const play = await Play.of(sim(), 'secret-only', ['A', 'B'])
    const entries = [play.introduce('B'), await play.remove('A', 'B', { cutoff: 0 }), await play.rootRemoves('A', 'B')]
    const data = play.write('B')
    const membership = await play.judge([...entries, data])
    expect(membership.memberAt(play.id('B'), play.now)).toEqual({
      peerId: play.id('B'),
      role: 'member',
      name: 'B',
      key: play.actor('B').key,
    })
    expect(membership.memberAt('anybody', 0)).toEqual({ peerId: 'anybody', role: 'member' })
    expect([membership.removed.size, membership.verdict(data), membership.known]).toEqual([
      0,
      'in-force',
      [play.id('B')],
    ])
  })

  it('judges nobody, and its replica is not asked to', async () => {
    const control = new ControlLog({ policy: 'secret-only' })
    const replica = createReplica({ peerId: 'observer' })
    expect(control.enforceOn({ enforce: () => expect.unreachable() })).toEqual(new Set())
    expect([replica.quarantinedCount, await control.take([])]).toEqual([0, false])
  })
})

describe('a room of trust on first use', () => {
  it('lets every member remove any: whoever removes each other are both out', async () => {
    const play = await Play.of(sim(), 'tofu', ['A', 'B', 'C'])
    const [one, other] = [await play.remove('A', 'B'), await play.remove('B', 'A')]
    const membership = await play.judge(play.written)
    expect([...membership.removed.keys()].toSorted()).toEqual([play.id('A'), play.id('B')].toSorted())
    expect([membership.verdict(one), membership.verdict(other)]).toEqual(['in-force', 'in-force'])
    expect(membership.memberAt(play.id('A'), play.now)).toBeUndefined()
    expect(membership.memberAt(play.id('C'), play.now)?.role).toBe('admin')
  })

  it('counts no removal by whoever knew that he was removed, and nothing of him above the cutoff', async () => {
    const play = await Play.of(sim(), 'tofu', ['A', 'B', 'C'])
    const below = play.write('B')
    play.tell('A', 'B')
    await play.remove('A', 'B')
    play.tell('B', 'A')
    const [revenge, above] = [await play.remove('B', 'A'), play.write('B')]
    const membership = await play.judge(play.written)
    expect([below, revenge, above].map((entry) => membership.verdict(entry))).toEqual([
      'in-force',
      { quarantined: 'removed' },
      { quarantined: 'removed' },
    ])
    expect(membership.memberAt(play.id('A'), play.now)?.role).toBe('admin')
  })

  it('tells of newcomers, by the name that they give themselves', async () => {
    const play = await Play.of(sim(), 'tofu', ['A', 'B'])
    const before = await play.judge([play.introduce('A')])
    play.introduce('B')
    const after = await play.judge(play.written)
    expect(after.known.filter((peerId) => !before.known.includes(peerId))).toEqual([play.id('B')])
    expect(after.memberAt(play.id('B'), 0)?.name).toBe('B')
  })

  it('knows no root and no certificates', async () => {
    const play = await Play.of(sim(), 'tofu', ['A', 'B'])
    const entries = [
      await play.rootCertifies('A', 'A', { role: 'reader' }),
      await play.certify('B', 'A', { role: 'reader' }),
      await play.rootRemoves('B', 'A', { cutoff: 0 }),
    ]
    const membership = await play.judge(entries)
    expect(entries.map((entry) => membership.verdict(entry))).toEqual(Array(3).fill({ quarantined: 'not-admin' }))
    expect([membership.memberAt(play.id('A'), play.now)?.role, membership.certificateOf(play.id('A'), 0)]).toEqual([
      'admin',
      undefined,
    ])
  })
})

describe('a room of certificates', () => {
  const opened = async () => {
    const play = await Play.of(sim(), 'certified', CAST)
    await opening(play)
    return play
  }

  it('names its members as they were admitted, and by whom', async () => {
    const play = await opened()
    const membership = await play.judge(play.written)
    expect(membership.memberAt(play.id('A'), START + DAY)).toEqual({
      ...play.claimOf('A', { role: 'admin', from: START + MINUTE }),
      peerId: play.id('A'),
      by: play.id('F'),
    })
    expect(membership.memberAt(play.id('F'), START + DAY)?.by).toBe('root')
    expect(membership.known).toEqual(['F', 'A', 'B'].map((name) => play.id(name)).toSorted())
    expect(membership.memberAt(play.id('A'), START + 91 * DAY)).toBeUndefined()
  })

  it('a removal that comes before the certificate of its writer counts once that is here', async () => {
    const play = await opened()
    const [root, ...others] = play.written
    const removal = await play.remove('A', 'B')
    const early = await play.judge([root as Entry, removal])
    expect([early.removed.size, early.verdict(removal)]).toEqual([0, { quarantined: 'not-member' }])
    const late = await play.judge([removal, ...others.toReversed(), root as Entry])
    expect([late.removed.has(play.id('B')), late.verdict(removal), late.pending]).toEqual([true, 'in-force', []])
  })

  it('an entry of an admin that knew more than is here waits, and says so', async () => {
    const play = await opened()
    const certificate = await play.certify('A', 'C')
    play.tell('B', 'A')
    const removal = await play.remove('B', 'A')
    const membership = await play.judge(play.written.filter((entry) => entry !== certificate))
    expect([membership.verdict(removal), membership.pending]).toEqual([
      { quarantined: 'pending' },
      [{ peerId: play.id('B'), seq: 1 }],
    ])
  })

  it('a copy of the root’s words is the root’s words, with the name that it gave', async () => {
    const play = await opened()
    const [original] = play.written
    if (!original) throw new Error('the root’s words')
    const copies = [
      play.post('D', { ...original }),
      play.post('D', { ...original, data: { ...original.data, name: 'Mallory' } }),
      play.post('D', { ...original, data: { ...original.data, role: 'reader' } }),
      play.post('D', { ...original, id: play.id('D'), data: { ...original.data, key: play.actor('D').key } }),
    ]
    const membership = await play.judge([...copies, ...play.written.slice(1)])
    expect(copies.map((entry) => membership.verdict(entry))).toEqual([
      'in-force',
      ...Array(3).fill({ quarantined: 'not-member' }),
    ])
    expect(membership.memberAt(play.id('F'), play.now)).toMatchObject({ name: 'F', role: 'admin', by: 'root' })
    expect(membership.memberAt(play.id('D'), play.now)).toBeUndefined()
  })

  it('an old word of the root does not undo a later one, whoever says it again', async () => {
    const play = await opened()
    const old = await play.rootCertifies('F', 'C', { role: 'admin' })
    play.now += DAY
    await play.rootCertifies('F', 'C', { role: 'reader', until: play.now + DAY })
    const again = play.post('C', { ...old, data: { ...old.data, seen: { [play.id('F')]: play.actor('F').seq } } })
    play.now += 10 * MINUTE
    const membership = await play.judge(play.written)
    expect([membership.verdict(again), membership.memberAt(play.id('C'), play.now)?.role]).toEqual([
      'in-force',
      'reader',
    ])
    expect(membership.memberAt(play.id('C'), play.now + 2 * DAY)).toBeUndefined()
  })

  it('nothing is of the root before it was checked', async () => {
    const play = await opened()
    const control = new ControlLog({ policy: 'certified' })
    await control.take(play.written)
    expect(control.membership.known).toEqual([])
  })

  it('two admins may renew each other for as long as they like', async () => {
    const play = await opened()
    const pair = ['A', 'B'] as const
    const from = START
    for (let round = 1; round <= 400; round++) {
      const [by, subject] = round % 2 ? pair : pair.toReversed()
      const seen = {
        [play.id('F')]: 3,
        ...(round > 1 && { [play.id(subject ?? 'A')]: play.actor(subject ?? 'A').seq }),
      }
      play.now = from + round * 40 * DAY
      await play.certify(by ?? 'A', subject ?? 'B', { role: 'admin', seen })
    }
    const membership = await play.judge(play.written)
    expect(membership.pending).toEqual([])
    for (const name of pair) expect(membership.memberAt(play.id(name), play.now)?.role).toBe('admin')
    expect(membership.memberAt(play.id('F'), play.now)).toBeUndefined()
  })

  it('of a forked log the same branch counts, whichever came first', async () => {
    const play = await opened()
    const one = await play.certify('A', 'C')
    const other = { ...one, data: { ...one.data, name: 'Another' } }
    const namesIn = async (entries: readonly Entry[]) =>
      (await play.judge([...play.written, ...entries])).memberAt(play.id('C'), play.now)?.name
    play.written.pop()
    expect(await namesIn([one, other])).toBe(await namesIn([other, one, other]))
  })

  it('says of authors alone that they are judged otherwise who are', async () => {
    const play = await opened()
    await play.certify('A', 'C')
    const before = await play.judge(play.written)
    expect((await play.judge(play.written.toReversed())).changedSince(before)).toEqual([])
    await play.remove('A', 'B')
    const after = await play.judge(play.written)
    expect(after.changedSince(before)).toEqual([play.id('A'), play.id('B')].toSorted())
    play.tell('F', 'A')
    await play.certify('F', 'C', { role: 'reader' })
    expect((await play.judge(play.written)).changedSince(after)).toEqual([play.id('F'), play.id('C')].toSorted())
  })

  it('a flood of outsiders neither makes an entry longer nor holds anybody up', async () => {
    const play = await opened()
    for (let i = 0; i < 300; i++) {
      await play.enter(`x${i}`, 300 + i)
      await play.certify(`x${i}`, 'D', { role: 'admin' })
      play.tell('A', `x${i}`)
    }
    const removal = await play.remove('A', 'B')
    expect(removal.data).toMatchObject({ seen: { [play.id('F')]: 3 } })
    expect(readControl(removal)?.seen.size).toBe(1)
    expect((await play.judge(play.written)).removed.has(play.id('B'))).toBe(true)
  })

  it('of one admin’s decisions about one device the first 256 count', async () => {
    const play = await opened()
    for (let i = 0; i < MEMBERSHIP_BOUNDS.perSubject; i++)
      await play.certify('A', 'C', { from: START + i, role: 'reader', seen: { [play.id('F')]: 3 } })
    await play.certify('A', 'C', { from: START + 1_000, role: 'member' })
    const membership = await play.judge(play.written)
    expect(membership.memberAt(play.id('C'), play.now + DAY)?.role).toBe('reader')
  })
})
