import {
  areListed,
  attempt,
  call,
  isLinked,
  leaveRoom,
  lose,
  type Name,
  NAMES,
  outOfSight,
  type Pair,
  theOther,
  withDevice,
} from './pair.ts'

/**
 * Something that happens to the pair. Time is in the action: a fault lasts until everything has come to rest under it,
 * or only `for a moment` or `for a minute`, and rest comes after.
 */
export interface Action {
  readonly name: string
  /** Where it can happen. */
  when(pair: Pair): boolean
  /** Where things come to rest. */
  rest(pair: Pair): Pair
}

const switchOn = (name: Name): Action => ({
  name: `start ${name}`,
  when: (pair) => pair[name].power === 'off',
  rest: (pair) => call(withDevice(pair, name, { power: 'on', other: outOfSight(pair) }), name),
})

const switchOff = (name: Name, how: 'stop' | 'crash'): Action => ({
  name: `${how} ${name}`,
  when: (pair) => pair[name].power === 'on',
  rest: (pair) => {
    const gone = withDevice(leaveRoom(pair, name, 'out'), name, { power: 'off', other: outOfSight(pair) })
    return isLinked(pair) ? withDevice(gone, theOther(name), { other: 'absent' }) : gone
  },
})

/** The server is called again, and so is whom the server can reach; who is out of sight is only no longer given up. */
const retry = (name: Name): Action => ({
  name: `try again on ${name}`,
  when: (pair) => pair[name].power === 'on' && [pair[name].room, pair[name].other].includes('resigned'),
  rest: (pair) => {
    const hopeful = pair[name].other === 'resigned' ? withDevice(pair, name, { other: outOfSight(pair) }) : pair
    return pair[name].room === 'resigned' ? call(hopeful, name) : areListed(pair) ? attempt(pair) : hopeful
  },
})

const frozen = (pair: Pair): Pair => {
  const still = withDevice(pair, 'b', { power: 'frozen', other: outOfSight(pair) })
  return isLinked(pair) ? lose(still) : still
}

/** The page wakes after long: its socket is replaced, whatever it was, and its link is gone. */
const thawed = (pair: Pair): Pair => call(withDevice(pair, 'b', { power: 'on' }), 'b')

const wake = (pair: Pair): Pair => (pair.b.room === 'resigned' ? call(pair, 'b') : pair)

const serverDies = (pair: Pair): Pair =>
  NAMES.filter((name) => pair[name].power !== 'off').reduce<Pair>((now, name) => leaveRoom(now, name, 'resigned'), {
    ...pair,
    server: 'down',
  })

/** Who is awake calls it until it is back, and tries whom it finds there; a frozen page does not. */
const serverRestarts = (pair: Pair): Pair =>
  attempt(pair.b.power === 'frozen' ? leaveRoom(pair, 'b', 'resigned') : pair)

export const ACTIONS: readonly Action[] = [
  switchOn('a'),
  switchOn('b'),
  switchOff('a', 'stop'),
  switchOff('b', 'stop'),
  switchOff('b', 'crash'),
  retry('a'),
  retry('b'),
  { name: 'freeze b', when: ({ b }) => b.power === 'on', rest: frozen },
  { name: 'thaw b', when: ({ b }) => b.power === 'frozen', rest: thawed },
  // Its link is kept as long as its silence may pass; a page that is back calls a server it had given up.
  { name: 'freeze b for a moment', when: isLinked, rest: wake },
  { name: 'freeze b for a minute', when: isLinked, rest: (pair) => wake(lose(pair)) },
  {
    name: 'cut the road',
    when: ({ road }) => road === 'whole',
    rest: (pair) => (isLinked(pair) ? lose({ ...pair, road: 'cut' }) : { ...pair, road: 'cut' }),
  },
  // Nobody is told that it is whole again, and who gave up does not look.
  { name: 'heal the road', when: ({ road }) => road === 'cut', rest: (pair) => ({ ...pair, road: 'whole' }) },
  { name: 'cut the road for a moment', when: isLinked, rest: (pair) => pair },
  { name: 'cut the road for a minute', when: isLinked, rest: lose },
  { name: 'stop the server', when: ({ server }) => server === 'up', rest: serverDies },
  // Nobody is told of that either.
  { name: 'start the server', when: ({ server }) => server === 'down', rest: (pair) => ({ ...pair, server: 'up' }) },
  { name: 'stop the server for a minute', when: ({ server }) => server === 'up', rest: serverRestarts },
]
