import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64url, fromBase64url } from '#model/base64url'
import { LIMITS } from '#model/limits'
import type { CryptoSuite } from './crypto.types.ts'
import { REPLAY_WINDOW } from './replay-window.ts'
import { createSignalBoxes, type SignalBoxes } from './sealed-signals.ts'
import { SESSIONS_PER_DEVICE } from './sessions-heard.ts'
import { utf8 } from './statement.ts'
import { suites } from './suites.testing.ts'

const ROOM = 'room-1'
const plainOf = (number: number): Uint8Array => utf8(`signal ${number}`)
const forged = { ok: false, fault: 'signal-forged' }
const replayed = { ok: false, fault: 'signal-replayed' }
const malformed = { ok: false, fault: 'wire-malformed' }

/** Devices of one room, or of another epoch of its secret. */
const roomOf = async (suite: CryptoSuite, key = 1) => {
  const sealing = await suite.sealingKey(new Uint8Array(32).fill(key))
  return (self: string, epoch = 1, room = ROOM): SignalBoxes => createSignalBoxes({ suite, sealing, room, self, epoch })
}
const sealAll = (from: SignalBoxes, to: string, count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => from.seal(to, plainOf(i))))
const changed = (box: string, change: (bytes: Uint8Array) => Uint8Array): string =>
  base64url(change(fromBase64url(box) ?? new Uint8Array()))

describe.each(suites)('boxes for signals, by $name', ({ makeSuite }) => {
  it('open at the device they are for, as what was put in, each once', async () => {
    const device = await roomOf(makeSuite())
    const [ada, bob] = [device('ada'), device('bob')]
    const boxes = await sealAll(ada, 'bob', 3)
    for (const [i, box] of boxes.entries()) expect(await bob.open('ada', box)).toEqual({ ok: true, plain: plainOf(i) })
    for (const box of boxes) expect(await bob.open('ada', box)).toEqual(replayed)
    expect(bob.refusals()).toEqual({ 'signal-replayed': 3 })
  })

  it('show nothing of what is in them, and never look the same', async () => {
    const device = await roomOf(makeSuite())
    const ada = device('ada')
    const [one, two] = [await ada.seal('bob', utf8('a=candidate:1')), await ada.seal('bob', utf8('a=candidate:1'))]
    for (const box of [one, two]) expect(Buffer.from(box, 'base64url').toString('latin1')).not.toContain('candidate')
    expect(one.slice(-40)).not.toBe(two.slice(-40))
  })

  it.each<[string, (devices: { ada: SignalBoxes; bob: SignalBoxes; box: string }) => ReturnType<SignalBoxes['open']>]>([
    ['as if from another device', ({ bob, box }) => bob.open('cleo', box)],
    ['as if from the one it is for', ({ bob, box }) => bob.open('bob', box)],
    ['back to the one it is from', ({ ada, box }) => ada.open('bob', box)],
    ['to the one it is from, as its own', ({ ada, box }) => ada.open('ada', box)],
  ])('are refused as forged %s', async (_, open) => {
    const device = await roomOf(makeSuite())
    const [ada, bob] = [device('ada'), device('bob')]
    const box = await ada.seal('bob', plainOf(1))
    expect(await open({ ada, bob, box })).toEqual(forged)
    expect(await bob.open('ada', box), 'and cost the genuine one nothing').toMatchObject({ ok: true })
  })

  it('are refused as forged at another device, in another room, and under the key of another epoch', async () => {
    const suite = makeSuite()
    const [device, later] = [await roomOf(suite), await roomOf(suite, 2)]
    const box = await device('ada').seal('bob', plainOf(1))
    for (const other of [device('cleo'), device('bob', 1, 'room-2'), later('bob')])
      expect(await other.open('ada', box)).toEqual(forged)
  })

  it('are refused with every single bit that is turned, and cost the genuine one nothing', async () => {
    const device = await roomOf(makeSuite())
    const [ada, bob] = [device('ada'), device('bob')]
    const box = await ada.seal('bob', plainOf(1))
    const length = fromBase64url(box)?.length ?? 0
    for (let bit = 0; bit < 8 * length; bit++) {
      const bent = changed(box, (bytes) => bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)))
      expect(await bob.open('ada', bent), `bit ${bit}`).toEqual(bit < 8 ? malformed : forged)
    }
    expect(bob.refusals()).toEqual({ 'wire-malformed': 8, 'signal-forged': 8 * (length - 1) })
    expect(await bob.open('ada', box)).toMatchObject({ ok: true })
  })

  it('are refused at every length but their own', async () => {
    const device = await roomOf(makeSuite())
    const [ada, bob] = [device('ada'), device('bob')]
    const box = await ada.seal('bob', plainOf(1))
    const length = fromBase64url(box)?.length ?? 0
    for (let end = 0; end < length; end++)
      expect(
        await bob.open(
          'ada',
          changed(box, (bytes) => bytes.subarray(0, end)),
        ),
      ).toMatchObject({ ok: false })
    const longer = changed(box, (bytes) => Uint8Array.from([...bytes, 0]))
    expect(await bob.open('ada', longer)).toEqual(forged)
    expect(await bob.open('ada', box)).toMatchObject({ ok: true })
  })

  it.each(['', '!', 'A', '{"kind":"nudge","epoch":1}', 'AQ'.repeat(20), 'a b', '\ud800'])(
    'are none, as texts like %j',
    async (text) => {
      const device = await roomOf(makeSuite())
      expect(await device('bob').open('ada', text)).toEqual(malformed)
    },
  )

  it('of which the same one is under way many times open once', async () => {
    const device = await roomOf(makeSuite())
    const [ada, bob] = [device('ada'), device('bob')]
    const box = await ada.seal('bob', plainOf(1))
    const opened = await Promise.all(Array.from({ length: 20 }, () => bob.open('ada', box)))
    expect(opened.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('that a server delays, doubles, reorders and misaddresses open each once, and nothing else does', async () => {
    const suite = makeSuite()
    const device = await roomOf(suite)
    const deed = fc.record({ box: fc.nat(29), from: fc.constantFrom('ada', 'ada', 'ada', 'cleo', 'bob') })
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 120 }), fc.nat(), async (deeds, seed) => {
        const [ada, bob] = [device('ada'), device('bob')]
        const boxes = await sealAll(ada, 'bob', 30)
        const accepted: string[] = []
        const take = async (from: string, index: number) => {
          const opened = await bob.open(from, boxes[index] ?? '')
          if (opened.ok) accepted.push(`${from}: ${Buffer.from(opened.plain).toString()}`)
        }
        for (const { box, from } of deeds) await take(from, box)
        // In the end everything arrives, in an order of the server's.
        for (let i = 0; i < 30; i++) await take('ada', (i * 7 + seed) % 30)
        expect(accepted.toSorted()).toEqual(boxes.map((__, i) => `ada: signal ${i}`).toSorted())
      }),
      { numRuns: 60 },
    )
  })

  it('that are a whole window behind are refused, those just within it open, once', async () => {
    const device = await roomOf(makeSuite())
    const [ada, bob] = [device('ada'), device('bob')]
    const boxes = await sealAll(ada, 'bob', REPLAY_WINDOW + 2)
    const open = (index: number) => bob.open('ada', boxes[index] ?? '')
    expect(await open(REPLAY_WINDOW + 1)).toMatchObject({ ok: true })
    for (const behind of [0, 1]) expect(await open(behind)).toEqual(replayed)
    expect(await open(2)).toMatchObject({ ok: true })
    expect(await open(2)).toEqual(replayed)
    expect(await open(REPLAY_WINDOW + 1)).toEqual(replayed)
  })

  it('that were left out open later, however much was heard a window before', async () => {
    const device = await roomOf(makeSuite())
    const [ada, bob] = [device('ada'), device('bob')]
    const boxes = await sealAll(ada, 'bob', 2 * REPLAY_WINDOW)
    const open = (index: number) => bob.open('ada', boxes[index] ?? '')
    for (let index = 0; index < REPLAY_WINDOW; index++) expect(await open(index)).toMatchObject({ ok: true })
    expect(await open(2 * REPLAY_WINDOW - 1)).toMatchObject({ ok: true })
    for (let index = REPLAY_WINDOW; index < 2 * REPLAY_WINDOW - 1; index++)
      expect(await open(index)).toMatchObject({ ok: true })
  })

  it('of a run that ended are refused once a later one was heard; at a restart both are listened to', async () => {
    const device = await roomOf(makeSuite())
    const bob = device('bob')
    const [before, old, young] = [device('ada', 9), device('ada', 10), device('ada', 11)]
    const [never, first, second] = [await before.seal('bob', plainOf(0)), ...(await sealAll(old, 'bob', 2))]
    expect(await bob.open('ada', first ?? '')).toMatchObject({ ok: true })
    expect(await bob.open('ada', await young.seal('bob', plainOf(3)))).toMatchObject({ ok: true })
    expect(await bob.open('ada', second ?? ''), 'last words of the run before').toMatchObject({ ok: true })
    expect(await bob.open('ada', first ?? '')).toEqual(replayed)
    expect(await bob.open('ada', never), 'a run before those').toEqual(replayed)
  })

  it('of as many runs as are listened to open; the oldest is over with the next', async () => {
    const device = await roomOf(makeSuite())
    const bob = device('bob')
    const runs = Array.from({ length: SESSIONS_PER_DEVICE + 1 }, (_, i) => device('ada', 2 ** 40 + i))
    for (const run of runs.slice(0, -1))
      expect(await bob.open('ada', await run.seal('bob', plainOf(1)))).toMatchObject({ ok: true })
    const [oldest] = runs
    const [held, late] = await sealAll(oldest ?? bob, 'bob', 2)
    expect(await bob.open('ada', held ?? '')).toMatchObject({ ok: true })
    expect(await bob.open('ada', (await runs.at(-1)?.seal('bob', plainOf(1))) ?? '')).toMatchObject({ ok: true })
    expect(await bob.open('ada', late ?? '')).toEqual(replayed)
    expect(await bob.open('ada', held ?? '')).toEqual(replayed)
  })
})

it('what is heard of more devices than a room has forgets who was silent for longest', async () => {
  const makeSuite = suites.at(-1)?.makeSuite
  if (!makeSuite) throw new Error('a suite')
  const device = await roomOf(makeSuite())
  const bob = device('bob')
  const most = LIMITS.signalingRoster
  const first = await device('d0').seal('bob', plainOf(0))
  const loud = device('loud')
  await bob.open('d0', first)
  for (let i = 1; i < most; i++) {
    await bob.open(`d${i}`, await device(`d${i}`).seal('bob', plainOf(i)))
    if (i === 1) await bob.open('loud', await loud.seal('bob', plainOf(i)))
  }
  const box = await loud.seal('bob', plainOf(0))
  expect(await bob.open('loud', box)).toMatchObject({ ok: true })
  expect(await bob.open('d0', first), 'the first was forgotten').toMatchObject({ ok: true })
  for (const name of ['new-1', 'new-2', 'new-3'])
    expect(await bob.open(name, await device(name).seal('bob', plainOf(0)))).toMatchObject({ ok: true })
  expect(await bob.open('loud', box), 'who spoke was not').toEqual(replayed)
})
