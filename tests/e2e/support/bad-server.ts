import { expect } from 'vitest'
import { type Device, linkTrack } from './device.ts'
import { fieldIs, linkedTo, outboxEmpty, put, view } from './field.ts'
import type { CountedDevice, OtherField } from './other-field.ts'

/** The room of those who meet at a bad server. */
export const ROOM = 'the room of the bad servers'

/** Two devices whose attempts at the server are counted. */
export type Pair = readonly [CountedDevice, CountedDevice]
/** Opens two devices that use the signaling server on that port. */
export const openPair = async (
  field: OtherField,
  port: number,
  names: readonly [string, string] = ['a', 'b'],
  room = ROOM,
): Promise<Pair> => [await field.open(names[0], room, port), await field.open(names[1], room, port)]
/** Waits until the two are linked. */
export const linked = (pair: Pair) => Promise.all(pair.map((device) => linkedTo(device, 1)))

let written = 0
/** What either writes reaches the other. */
export const exchange = async ([a, b]: Pair) => {
  written += 1
  const [fromA, fromB] = [`from-a-${written}`, `from-b-${written}`]
  await Promise.all([put(a, fromA, { kwh: 1 }), put(b, fromB, { kwh: 2 })])
  await Promise.all([fieldIs(b, fromA, 'kwh', 1), fieldIs(a, fromB, 'kwh', 2)])
}
/** The two exchange something, and see the same. */
export const converge = async (pair: Pair) => {
  await exchange(pair)
  await Promise.all(pair.map(outboxEmpty))
  expect(await view(pair[1])).toBe(await view(pair[0]))
}

/** Links that ever came up. */
const linksUp = async (device: Device) => {
  const { states } = await linkTrack(device)
  return new Set(states.filter(({ state }) => state === 'connected').map(({ number }) => number)).size
}

/** Chromium itself writes a call that nobody answers to the console. */
const UNANSWERED = /^WebSocket connection to .* failed/

/** A link came up once on each, and no page complained. */
export const expectOneLink = async (pair: Pair) => {
  for (const device of pair) {
    expect(await linksUp(device)).toBe(1)
    expect(device.errors.filter((error) => !UNANSWERED.test(error))).toEqual([])
  }
}

/** Attempts within a minute of a moment; both are on the test's monotonic clock. */
export const attemptsInAMinute = ({ attempts }: CountedDevice, from: number): number =>
  attempts.filter((at) => at >= from && at < from + 60_000).length

/** Sums of so many pauses U(0, min(30 s, 1 s · 2ⁿ)) are within a minute once in a hundred thousand times. */
export const MOST_ATTEMPTS = 15
