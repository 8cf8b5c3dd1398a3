/**
 * Two devices, the road between them and a server: all that people have to know of fieldmesh, as a transition system.
 * It says where things come to rest after each action, and nothing of how. Whatever it says is compared with two real
 * engines (`pair.test.ts`).
 */
export interface Device {
  /** A frozen page does nothing, while its browser goes on answering the server. */
  readonly power: 'off' | 'on' | 'frozen'
  /** In the room on the server; or the server was called so often that only a person or a page that wakes calls again. */
  readonly room: 'out' | 'in' | 'resigned'
  /** What it shows of the other device. */
  readonly other: 'unknown' | 'absent' | 'linked' | 'resigned'
}

export interface Pair {
  readonly a: Device
  readonly b: Device
  readonly server: 'up' | 'down'
  readonly road: 'whole' | 'cut'
  /** They were linked once: from then on each is remembered by the other. */
  readonly met: boolean
}

export type Name = 'a' | 'b'
export const NAMES: readonly Name[] = ['a', 'b']

const OFF: Device = { power: 'off', room: 'out', other: 'unknown' }
export const BEGINNING: Pair = { a: OFF, b: OFF, server: 'up', road: 'whole', met: false }

export const theOther = (name: Name): Name => (name === 'a' ? 'b' : 'a')

export const withDevice = (pair: Pair, name: Name, what: Partial<Device>): Pair => ({
  ...pair,
  [name]: { ...pair[name], ...what },
})
const withAwake = (pair: Pair, what: Partial<Device>): Pair =>
  NAMES.filter((name) => pair[name].power === 'on').reduce((now, name) => withDevice(now, name, what), pair)

export const isLinked = ({ a, b }: Pair): boolean =>
  [a, b].every(({ power, other }) => power === 'on' && other === 'linked')

/** The server can carry signals between them. */
export const areListed = ({ a, b }: Pair): boolean => a.room === 'in' && b.room === 'in'

/** What is shown of a device that cannot be reached through the server. */
export const outOfSight = ({ met }: Pair): Device['other'] => (met ? 'absent' : 'unknown')

/** Both are in the room, and somebody or something makes them try: they link, or give up in the end. */
export const attempt = (pair: Pair): Pair => {
  if (!areListed(pair) || isLinked(pair)) return pair
  const areAwake = NAMES.every((name) => pair[name].power === 'on')
  if (pair.road === 'whole' && areAwake) return { ...withAwake(pair, { other: 'linked' }), met: true }
  return withAwake(pair, { other: 'resigned' })
}

/** Their link is gone: another one is tried where the server can carry signals; elsewhere nobody is waited for. */
export const lose = (pair: Pair): Pair => {
  const apart = withAwake(pair, { other: 'absent' })
  return areListed(pair) ? attempt(apart) : apart
}

/** A device calls the server; in the room both are told of each other, and try. */
export const call = (pair: Pair, name: Name): Pair =>
  pair.server === 'up' ? attempt(withDevice(pair, name, { room: 'in' })) : withDevice(pair, name, { room: 'resigned' })

/** A device leaves the room: whom it was never linked to is forgotten, whom it gave up is still shown so. */
export const leaveRoom = (pair: Pair, name: Name, room: 'out' | 'resigned'): Pair => {
  const left = withDevice(pair, name, { room })
  return pair.met ? left : withAwake(left, { other: 'unknown' })
}
