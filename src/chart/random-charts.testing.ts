import type { ChartModel, ChartState, ChartTransition } from './chart.types.ts'

/** A small seeded generator (mulberry32): the same charts every time. */
const seeded = (seed: number) => {
  let a = seed
  return (below: number): number => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

type Random = ReturnType<typeof seeded>

const WORDS = ['idle', 'waiting', 'checkingTheResult', 'x', 'retrying', 'done', 'awaitingConfirmation', 'up', '等待中']

const stateOf = (random: Random, id: string, initial: boolean, depth: number, count: { left: number }): ChartState => {
  const inner = depth > 0 && (depth === 4 || random(3) > 0) ? 2 + random(5) : 0
  const isParallel = inner > 0 && random(5) === 0
  const size = Math.min(inner, count.left)
  count.left -= size
  const states = Array.from({ length: size }, (_, index) =>
    stateOf(random, `${id}.s${index}`, !isParallel && index === 0, depth - 1, count),
  )
  const leaf = random(12) === 0 ? 'final' : 'atomic'
  return {
    id,
    key: WORDS[random(WORDS.length)] ?? '',
    type: size === 0 ? leaf : isParallel ? 'parallel' : 'compound',
    initial,
    tags: [],
    children: Array.from({ length: random(6) === 0 ? 1 + random(3) : 0 }, (_, index) => ({
      id: `child${index}`,
      src: 'worker',
      how: index === 0 ? 'invoked' : 'spawned',
    })),
    entry: [],
    exit: [],
    states,
  }
}

const idsOf = (state: ChartState): string[] => [state.id, ...state.states.flatMap(idsOf)]

const transitionOf = (random: Random, ids: readonly string[], index: number): ChartTransition => {
  const pick = (): string => ids[random(ids.length)] ?? ''
  const kind = (['event', 'after', 'always', 'done', 'error'] as const)[random(5)] ?? 'event'
  const targets = random(6) === 0 ? [] : random(12) === 0 ? [pick(), pick()] : [pick()]
  return {
    id: `t${index}`,
    source: pick(),
    targets,
    kind,
    event: kind === 'always' ? '' : `event.number${index % 7}`,
    label: kind === 'always' ? 'always' : `event.number${index % 7}`,
    ...(random(3) === 0 && { guard: `isAllowed${random(20)}` }),
    ...(kind === 'after' && { delay: { name: 'patience', ms: 30_000 } }),
    actions: [],
    reenter: random(4) === 0,
  }
}

/** A chart of about so many states that nobody drew: deep, parallel, with arrows from anywhere to anywhere. */
export const randomChart = (seed: number, states: number): ChartModel => {
  const random = seeded(seed)
  const root = stateOf(random, 'm', false, 4, { left: states - 1 })
  const ids = idsOf(root)
  return {
    id: 'm',
    root,
    transitions: Array.from({ length: ids.length * 2 }, (_, at) => transitionOf(random, ids, at)),
  }
}
