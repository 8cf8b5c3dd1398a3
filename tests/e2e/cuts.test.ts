import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { allLinked, byRole, converged, idOf, openLinks, wordsAbout } from './support/company.ts'
import { type Device, linkTrack } from './support/device.ts'
import { editApart, editsMet } from './support/edits-apart.ts'
import { type Field, fieldIs, openField, put, running, until } from './support/field.ts'
import { hasSaid, peerHistory, TRUE_OF_A_CUT, untrueWords, watchPeers, worldFacts } from './support/history.ts'
import { controlNetwork, cutNetwork, healNetwork } from './support/network.ts'
import { openWatchedPair } from './support/watched-pair.ts'

let field: Field
beforeEach(async () => {
  field = await openField('the room of the cut links')
})
afterEach(() => field.close())

const pathLost = (device: Device) =>
  until(
    device,
    'the browser says that the path is lost',
    () => window.linkTrack().states.at(-1)?.state === 'disconnected',
    null,
  )

const hasSaidUnlinked = (device: Device) =>
  until(
    device,
    'has said that the link is gone',
    () => window.peerHistory?.some(({ state }) => state !== 'connected' && state !== 'recovering') === true,
    null,
  )

describe('the network is cut under a living link', () => {
  test('for a moment: the link says that it is being repaired, and nothing is lost', async () => {
    const [a, b] = await openWatchedPair(field, controlNetwork)
    await cutNetwork(a, 'links')
    await editApart(a, b)
    await Promise.all([a, b].map((device) => hasSaid(device, 'recovering')))
    await healNetwork(a)
    await editsMet(a, b)
    expect(await openLinks(a, b)).toEqual([1, 1])
    expect(await untrueWords(TRUE_OF_A_CUT, a, b)).toEqual([])
  })

  test('with no server to make another: the very same RTCPeerConnection carries on when the path is back', async () => {
    const [a, b] = await openWatchedPair(field, controlNetwork)
    await field.killServer()
    await cutNetwork(a, 'links')
    await editApart(a, b)
    await Promise.all([a, b].map(pathLost))
    const words = await Promise.all([wordsAbout(a, b), wordsAbout(b, a)])
    for (const { state, healthy } of words) expect({ state, healthy }).toEqual({ state: 'recovering', healthy: false })
    await healNetwork(a)
    await editsMet(a, b)
    for (const { made, states } of await Promise.all([a, b].map(linkTrack))) {
      expect(made).toBe(1)
      expect(states.map(({ state }) => state)).toEqual(['connecting', 'connected', 'disconnected', 'connected'])
    }
    for (const facts of await Promise.all([a, b].map(worldFacts))) {
      expect(facts.filter((fact) => fact === 'link.disconnected' || fact === 'link.restored')).toEqual([
        'link.disconnected',
        'link.restored',
      ])
    }
    expect(await untrueWords(TRUE_OF_A_CUT, a, b)).toEqual([])
  })

  test.each(['dialer', 'answerer'] as const)(
    'one way, so that the %s is not heard: both come to know it',
    async (role) => {
      const [a, b] = await openWatchedPair(field, controlNetwork)
      const mute = (await byRole(a, b))[role]
      await cutNetwork(mute, 'links-outbound')
      await editApart(a, b)
      await Promise.all([a, b].map(hasSaidUnlinked))
      await healNetwork(mute)
      await editsMet(a, b)
      expect(await openLinks(a, b)).toEqual([1, 1])
      expect(await untrueWords(TRUE_OF_A_CUT, a, b)).toEqual([])
    },
  )
})

/** Three beats of the heart, and as much again for a machine that is busy. */
const SILENT_WITHIN_MS = 12_000
const GONE_WITHOUT_A_WORD: readonly string[] = ['link-silent', 'link-closed']
const WRITES = 200

describe('the other side is killed', () => {
  test('in the middle of its writes: who is left says so in time, and three devices have everything in the end', async () => {
    const [a, b, c] = await Promise.all([field.open('a'), field.open('b'), field.open('c')])
    await allLinked(a, b, c)
    await Promise.all([a, c].map(watchPeers))
    const gone = await idOf(b)
    await writeMany(b)
    await fieldIs(a, 'b-0', 'kwh', 0)
    const silences = await Promise.all([a, c].map((device) => willSaySilent(device, gone)))
    await b.kill()
    for (const saysSilent of silences) await saysSilent()
    await put(a, 'of-a', { kwh: 1 })
    await put(c, 'of-c', { kwh: 2 })
    const again = await field.open('b')
    await running(again)
    await converged(a, again, c)
    for (const device of [a, again, c]) {
      await fieldIs(device, 'of-a', 'kwh', 1)
      await fieldIs(device, 'of-c', 'kwh', 2)
      await fieldIs(device, 'b-0', 'kwh', 0)
    }
    expect(await openLinks(a, again, c)).toEqual([2, 2, 2])
    expect(await untrueWords(TRUE_OF_A_CUT, a, c)).toEqual([])
  })
})

/** Many writes, not waited for: they are under way when the browser dies. */
const writeMany = ({ page }: Device) =>
  page.evaluate((count) => {
    for (let i = 0; i < count; i += 1) void window.fieldmesh?.engine.put('reading', `b-${i}`, { kwh: i })
  }, WRITES)

/** To be called right before the other is killed; what it resolves to waits until the device says so, and not too late. */
const willSaySilent = async (device: Device, gone: string) => {
  const before = await device.page.evaluate(() => performance.now())
  return async () => {
    await until(
      device,
      'says that the other stopped answering',
      ([id, since, faults]) =>
        window.peerHistory?.some(
          ({ peerId, at, fault = '' }) => peerId === id && at >= since && faults.includes(fault),
        ) === true,
      [gone, before, GONE_WITHOUT_A_WORD] as const,
    )
    const said = (await peerHistory(device)).find(
      ({ peerId, at, fault = '' }) => peerId === gone && at >= before && GONE_WITHOUT_A_WORD.includes(fault),
    )
    expect((said?.at ?? Number.NaN) - before).toBeLessThan(SILENT_WITHIN_MS)
  }
}
