import { seeded } from '../../support/random.ts'
import type { Frame, Lie, Line } from './liar.ts'

/** A device that there is not. Its id is larger than any real one, so it would be ours to dial. */
export const invented = (number: number): string => `~invented-${number}`
const inventions = (count: number) => Array.from({ length: count }, (_, i) => invented(i))

const peersOf = (frame: Frame) => frame['peers'] as readonly string[]

/** What a device has heard of late signals since a lie began. */
export interface Tally {
  /** Signals said once more, long after they were true. */
  replays: number
}

/**
 * Delivers everything, and in its own way: signals late, backwards, twice, again long after, and as if of others; a
 * roster with the device itself and thirty that there are not; news twice; who is there is said to have left. Two
 * frames are no frames at all: a third one would end the connection.
 */
export const muddle = (tally: Tally): Lie => {
  const held = new Map<Line, Frame[]>()
  const past = new Map<Line, Frame[]>()
  const release = (line: Line) => {
    const batch = (held.get(line) ?? []).toReversed()
    held.delete(line)
    past.set(line, [...(past.get(line) ?? []), ...batch])
    for (const frame of [...batch, ...batch]) line.say(frame)
    for (const from of [invented(1), line.peer]) for (const frame of batch) line.say({ ...frame, from })
  }
  const replay = (line: Line) => {
    for (const frame of past.get(line) ?? []) {
      line.say(frame)
      tally.replays += 1
    }
  }
  const receive = (frame: Frame, line: Line) => {
    const waiting = held.get(line)
    held.set(line, [...(waiting ?? []), frame])
    if (!waiting) line.later(80, () => release(line))
  }
  const welcome = (frame: Frame, line: Line) => {
    const peers = peersOf(frame)
    line.say({ ...frame, peers: [line.peer, ...inventions(30), ...peers, ...peers] })
    line.say(frame)
    line.say('this is not JSON')
    for (const peer of peers) line.later(300, () => line.say({ t: 'peer-left', peer, why: 'timeout' }))
    line.every(500, () => replay(line))
  }
  return (frame, line) => {
    if (frame.t === 'signal') return receive(frame, line)
    if (frame.t === 'joined') return welcome(frame, line)
    line.say(frame)
    if (frame.t === 'hello' || frame.t === 'peer-joined') line.say(frame)
  }
}

const GARBAGE: readonly unknown[] = [
  '',
  '{"t":"joined"',
  'null',
  '['.repeat(100_000),
  'x'.repeat(2_000_000),
  Uint8Array.of(1, 2, 3),
  { t: 'nonsense' },
  { t: 'error', code: 'made-up' },
  { t: 'error', code: 'peer-gone', ref: 2 ** 50 },
  { t: 'joined', peers: ['a', 5], ice: [], session: 's' },
  { t: 'peer-left', peer: 'x'.repeat(10_000), why: 'left' },
  { t: 'signal', from: 'somebody', id: -1, box: '{}' },
  { t: 'signal', from: 'somebody', id: 1, box: 'no signal' },
  { t: 'drain', retryMs: 'soon' },
]

/** The first piece for each line in turn; always the same ones, so that a failure can be had again. */
const firstPiece = seeded(1)

/** Says what is no frame of the protocol, from now on, one after the other. */
export const sayGarbage = (line: Line): void => {
  let next = Math.floor(firstPiece() * GARBAGE.length)
  line.every(100, () => line.say(GARBAGE[next++ % GARBAGE.length]))
}

/** Lets the device in, and then talks garbage. */
export const garbage: Lie = (frame, line) => {
  line.say(frame)
  if (frame.t === 'joined') sayGarbage(line)
}

/** A roster of a thousand, few of them real. */
export const crowd: Lie = (frame, line) => {
  if (frame.t !== 'joined') return line.say(frame)
  const names = inventions(1_000)
  line.say({ ...frame, peers: [...names.slice(0, 50), ...peersOf(frame), line.peer, ...names.slice(50)] })
}

/** A hundred times a second a device that there is not asks for a link, and another one comes and goes. */
export const parade = (line: Line): void => {
  let next = 1_000
  line.every(10, () => {
    const peer = invented(next++)
    line.say({ t: 'signal', from: peer, id: next, box: '{"kind":"nudge","epoch":1}' })
    line.say({ t: 'peer-joined', peer: `${peer}-too` })
    line.say({ t: 'peer-left', peer: `${peer}-too`, why: 'left' })
  })
}
