import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  attemptsInAMinute,
  converge,
  exchange,
  expectOneLink,
  linked,
  MOST_ATTEMPTS,
  openPair,
  ROOM,
} from './support/bad-server.ts'
import { type Device, linkTrack } from './support/device.ts'
import { faultLasts } from './support/fault-lasts.ts'
import { until } from './support/field.ts'
import { peerHistory, watchPeers } from './support/history.ts'
import { type Liar, openLiar, truth } from './support/liar.ts'
import { crowd, garbage, muddle, parade, sayGarbage } from './support/lies.ts'
import { type OtherField, openOtherField } from './support/other-field.ts'
import { malformedFrames, ownLog } from './support/probe.ts'
import { startProgram } from './support/server.ts'

let field: OtherField
let liar: Liar | undefined
beforeEach(async () => {
  field = await openOtherField()
})
afterEach(async () => {
  await field.close()
  await liar?.close()
  liar = undefined
})

const openTrueLiar = async (): Promise<Liar> => {
  const server = await startProgram('signal')
  liar = await openLiar(server.port)
  return liar
}

const signalingIs = (device: Device, state: string, fault?: string) =>
  until(
    device,
    `signaling is ${state} ${fault}`,
    ([wanted, why]) => {
      const now = window.fieldmesh?.engine.store.getStatus().signaling
      return now?.state === wanted && (why === undefined || now.fault === why)
    },
    [state, fault] as const,
  )

test('signals late, twice, backwards and forged, rosters half invented: one link all the same, and what is no frame is counted', async () => {
  const { port, lie } = await openTrueLiar()
  const tally = { replays: 0 }
  lie(muddle(tally))
  const pair = await openPair(field, port)
  await linked(pair)
  await converge(pair)
  await vi.waitFor(() => expect(tally.replays).toBeGreaterThan(50), 30_000)
  await converge(pair)
  await expectOneLink(pair)
  for (const device of pair) expect([await malformedFrames(device), device.attempts.length]).toEqual([2, 1])
})

test('a server that talks garbage is left alone more and more, harms no link, and is taken back when it comes to reason', async () => {
  const { port, lie, lines } = await openTrueLiar()
  const pair = await openPair(field, port)
  await linked(pair)
  const began = performance.now()
  lie(garbage)
  lines.forEach(sayGarbage)
  await Promise.all(pair.map((device) => signalingIs(device, 'waiting', 'signaling-malformed')))
  await faultLasts(20_000)
  await exchange(pair)
  for (const device of pair) expect(attemptsInAMinute(device, began)).toBeLessThanOrEqual(MOST_ATTEMPTS)
  lie(truth)
  for (const line of lines) line.end()
  await Promise.all(pair.map((device) => signalingIs(device, 'online')))
  await converge(pair)
  await expectOneLink(pair)
})

test('a server that says that a linked device has left, or sends us away for ever, does not cut the link', async () => {
  const { port, lines } = await openTrueLiar()
  const pair = await openPair(field, port)
  await linked(pair)
  await Promise.all(pair.map(watchPeers))
  const ids = await Promise.all(pair.map(async (device) => (await ownLog(device)).peerId))
  for (const line of lines)
    line.every(100, () => {
      for (const why of ['left', 'timeout', 'node-lost', 'replaced'])
        for (const peer of ids) line.say({ t: 'peer-left', peer, why })
    })
  await faultLasts(10_000)
  await exchange(pair)
  for (const line of lines) line.say({ t: 'drain', retryMs: Number.MAX_SAFE_INTEGER })
  await Promise.all(pair.map((device) => signalingIs(device, 'waiting')))
  await faultLasts(5_000)
  await exchange(pair)
  for (const device of pair) {
    expect(device.attempts).toHaveLength(1)
    await device.page.getByTestId('tab-devices').click()
    await device.page.getByTestId('signaling-retry').click()
    await signalingIs(device, 'online')
    const states = (await peerHistory(device)).map(({ state }) => state)
    expect(states.filter((state) => state !== 'connected' && state !== 'recovering')).toEqual([])
  }
  await converge(pair)
  await expectOneLink(pair)
})

/** `LIMITS.strangersPerMinute`, of a first minute and a second one that the test may run into, and the real link. */
const MOST_CONNECTIONS = 2 * 256 + 1
const MOST_OPEN = 64

test('a server that invents a thousand devices makes us try few of them, and the real one is linked once', async () => {
  const { port, lie, lines } = await openTrueLiar()
  lie(crowd)
  const pair = await openPair(field, port)
  await linked(pair)
  await converge(pair)
  lines.forEach(parade)
  await faultLasts(10_000)
  await converge(pair)
  for (const device of pair) {
    const { made, open } = await linkTrack(device)
    expect(made).toBeLessThanOrEqual(MOST_CONNECTIONS)
    expect(open).toBeLessThanOrEqual(MOST_OPEN)
  }
  await expectOneLink(pair)
})

test('a device known from before, said to come and go twenty times a second, is tried in a few scattered attempts', async () => {
  const { port, lines } = await openTrueLiar()
  const [a, b] = await openPair(field, port)
  await linked([a, b])
  const { peerId } = await ownLog(b)
  await b.kill()
  await until(
    a,
    'the other is absent',
    () => window.fieldmesh?.engine.store.getStatus().peers[0]?.state === 'absent',
    null,
  )
  const { made } = await linkTrack(a)
  for (const line of lines)
    line.every(50, () => {
      line.say({ t: 'peer-joined', peer: peerId })
      line.say({ t: 'peer-left', peer: peerId, why: 'left' })
    })
  await faultLasts(10_000)
  expect((await linkTrack(a)).made - made).toBeLessThanOrEqual(8)
  for (const line of lines) line.end()
  const again = await field.open('b', ROOM, port)
  await linked([a, again])
  await converge([a, again])
})
