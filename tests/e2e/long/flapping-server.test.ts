import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  attemptsInAMinute,
  converge,
  exchange,
  expectOneLink,
  linked,
  MOST_ATTEMPTS,
  openPair,
} from '../support/bad-server.ts'
import { linkTrack } from '../support/device.ts'
import { openDoor } from '../support/door.ts'
import { faultLasts } from '../support/fault-lasts.ts'
import { peerHistory, watchPeers } from '../support/history.ts'
import { type CountedDevice, type OtherField, openOtherField } from '../support/other-field.ts'
import { startProgram } from '../support/server.ts'

let field: OtherField
beforeEach(async () => {
  field = await openOtherField()
})
afterEach(() => field.close())

/** Attempts from a moment on; both are on the test's monotonic clock. */
const since = ({ attempts }: CountedDevice, from: number) => attempts.filter((at) => at >= from)

/** How many of the moments have one of the others within 50 ms. */
const together = (moments: readonly number[], others: readonly number[]) =>
  moments.filter((at) => others.some((other) => Math.abs(other - at) < 50)).length

test('a server that comes and goes each second for a minute gets few and scattered calls, cuts no link, and then makes one', {
  timeout: 240_000,
}, async () => {
  const server = await startProgram('signal')
  const door = await openDoor(server.port)
  const linkedPair = await openPair(field, door.port)
  await linked(linkedPair)
  await Promise.all(linkedPair.map(watchPeers))
  await door.shut()
  const apart = await openPair(field, door.port, ['c', 'd'], 'the room of those that never met')
  const all = [...linkedPair, ...apart]
  const began = performance.now()
  for (let second = 0; second < 60; second += 2) {
    await door.reopen()
    await faultLasts(1_000)
    await door.shut()
    await exchange(linkedPair)
    await faultLasts(1_000)
  }
  const counts = all.map((device) => attemptsInAMinute(device, began))
  await door.reopen()

  expect(Math.max(...counts)).toBeLessThanOrEqual(MOST_ATTEMPTS)
  expect(Math.min(...counts)).toBeGreaterThan(2)
  const [a, b] = linkedPair
  const ofA = since(a, began)
  expect(together(ofA, since(b, began))).toBeLessThanOrEqual(ofA.length / 2)
  for (const device of linkedPair) {
    const states = (await peerHistory(device)).map(({ state }) => state)
    expect(states.filter((state) => state !== 'connected' && state !== 'recovering')).toEqual([])
    expect(await linkTrack(device)).toMatchObject({ made: 1, open: 1 })
  }
  await linked(apart)
  await converge(apart)
  await expectOneLink(apart)
  for (const device of apart) expect(await linkTrack(device)).toMatchObject({ open: 1 })
})
