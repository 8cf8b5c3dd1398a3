import { type AnyMachineSnapshot, assign, createMachine, fromPromise, setup } from 'xstate'
import { describe, expect, test } from 'vitest'
import { Coverage } from './coverage.ts'
import { brokenRules } from './explore-history.ts'
import { reposeOf } from './explore-rest.ts'
import { explore, possibleIn } from './explore.ts'
import { liveRun } from './live-run.ts'
import type { AnyMachineSpec } from './machine-spec.ts'
import { expectHealthy, expectPredicted, leftovers, NOTHING } from './run-checks.ts'
import { customActions, stuckLeaves, undescribed } from './structural-laws.ts'

const seats = setup({
  types: { context: {} as { boils?: number; at?: unknown } },
  actors: { stove: fromPromise(async () => 'hot'), pulse: fromPromise(async () => 0) },
  delays: { never: () => Number.NaN },
})
type Config = Parameters<typeof seats.createMachine>[0]

const kettle: Config = {
  id: 'kettle',
  initial: 'cold',
  context: { boils: 0 },
  states: {
    cold: { on: { light: 'heating' } },
    heating: { invoke: { src: 'stove', id: 'stove', onDone: 'hot', onError: 'cold' }, on: { douse: 'cold' } },
    hot: { after: { 100: 'cold' }, on: { whistle: { actions: assign({ boils: 1 }) } } },
  },
}

const specFor = (config: Config, more: Partial<AnyMachineSpec> = {}): AnyMachineSpec => ({
  machine: seats.createMachine(config),
  inputs: [undefined],
  samples: {},
  laws: [],
  ...more,
})

/** Walks every path as `exploreMachine` does, and gives what was missed. */
const walk = (spec: AnyMachineSpec): string[] => {
  const coverage = new Coverage(spec.machine)
  for (const { steps } of explore(spec, undefined).paths) {
    const run = liveRun(spec, undefined, coverage.observe)
    try {
      for (const { event, predicted } of steps) {
        run.perform(event)
        expectPredicted(run, predicted)
        expectHealthy(spec, run)
      }
    } finally {
      run.stop()
    }
    expect(leftovers(run)).toEqual(NOTHING)
  }
  return coverage.missed
}

describe('the explorer', () => {
  test('reaches every state and takes every edge, ends of children and timers included', () => {
    const { nodes, edges, paths } = explore(specFor(kettle), undefined)
    expect(nodes.map(({ value, context }) => [value, context.boils])).toEqual([
      ['cold', 0],
      ['heating', 0],
      ['hot', 0],
      ['hot', 1],
      ['cold', 1],
      ['heating', 1],
    ])
    expect(edges).toBe(1 + 3 + 2 + 2 + 1 + 3)
    const taken = new Set(paths.flatMap(({ steps }) => steps))
    expect(taken.size).toBe(edges + 1)
    expect(walk(specFor(kettle))).toEqual([])
  })

  test('fails instead of cutting short where the graph is larger than its limit', () => {
    const endless: Config = {
      id: 'endless',
      context: { boils: 0 },
      on: { more: { actions: assign({ boils: ({ context }) => (context.boils ?? 0) + 1 }) } },
    }
    expect(() => explore(specFor(endless, { limit: 50 }), undefined)).toThrow(
      /endless cannot be explored; beyond 50 edges/,
    )
  })

  test('asks for samples of a wildcard', () => {
    expect(() => explore(specFor({ id: 'ear', on: { 'sound.*': {} } }), undefined)).toThrow(/cannot be explored/)
  })

  test('names the states and transitions that nothing leads to', () => {
    const missed = walk(
      specFor({ ...kettle, states: { ...kettle.states, broken: { on: { mend: 'cold' } } } } as Config),
    )
    expect(missed).toEqual(['kettle.broken', 'kettle.broken --mend[0]--> kettle.cold'])
  })

  test('names a transition that its guard never lets through', () => {
    const missed = walk(
      specFor({ id: 'gate', context: {}, on: { knock: [{ guard: () => false, actions: assign({}) }, {}] } }),
    )
    expect(missed).toEqual(['gate --knock[0]--> (stays)'])
  })

  test('does not let a child end twice', () => {
    const spec = specFor({ id: 'pot', context: {}, invoke: { src: 'stove', id: 'stove', onDone: {} } })
    const run = liveRun(spec, undefined, () => {})
    run.perform({ type: 'xstate.done.actor.stove' })
    expect(() => run.perform({ type: 'xstate.done.actor.stove' })).toThrow(/cannot end, it has ended/)
    run.stop()
  })

  test('does not follow the end of a child that is not there', () => {
    const on = { 'xstate.done.actor.stove': {} } as Config['on']
    expect(explore(specFor({ id: 'pot', context: {}, on: on ?? {} }), undefined).edges).toBe(0)
  })
})

describe('the rules of history exclude', () => {
  const ends: Config = {
    id: 'clock',
    context: {},
    initial: 'runs',
    on: { 'pulse.beat': {} },
    states: { runs: { invoke: { src: 'pulse', id: 'pulse' }, on: { halt: 'stands' } }, stands: {} },
  }
  const spec = specFor(ends)
  const typesIn = (state: string): string[] => {
    const { nodes } = explore(spec, undefined)
    return possibleIn(spec, nodes.find(({ value }) => value === state) as never).map(({ type }) => type)
  }

  test('what a child would say that does not live, and nothing else', () => {
    expect(typesIn('runs')).toEqual(['pulse.beat', 'halt'])
    expect(typesIn('stands')).toEqual([])
  })

  test('a timer of a state that is not active', () => {
    const { nodes } = explore(specFor(kettle), undefined)
    const [cold, , hot] = nodes as [AnyMachineSnapshot, AnyMachineSnapshot, AnyMachineSnapshot]
    const event = { type: 'xstate.after.100.kettle.hot' }
    expect([cold, hot].map((each) => brokenRules(each, event).map(({ id }) => id))).toEqual([['HISTORY-3'], []])
  })
})

describe('“nobody waits for ever” finds', () => {
  const circle = (more: Partial<AnyMachineSpec> = {}) => {
    const states = { here: { after: { 1: 'there' } }, there: { after: { 1: 'here' } }, asked: { on: { go: 'here' } } }
    return specFor({ id: 'm', context: {}, initial: 'asked', states } as Config, more)
  }

  test('who goes in a circle, and who waits for others without a right to', () => {
    expect(reposeOf(circle()).restless.toSorted()).toEqual(['"asked"', '"here"', '"there"'])
  })

  test('nobody where a state that may last is on the way, and how far it is', () => {
    const rests = { 'm.there': 'a reason', 'm.asked': 'a reason' }
    expect(reposeOf(circle({ rests }))).toEqual({ snapshots: 3, farthest: 1, restless: [] })
  })
})

describe('a walk goes red when', () => {
  let outside = 0
  test.each<[string, AnyMachineSpec, RegExp]>([
    [
      'a law is broken',
      specFor(kettle, { laws: [{ id: 'KETTLE-1', says: 'never hot', holds: (s) => s.value !== 'hot' }] }),
      /KETTLE-1: never hot/,
    ],
    ['the context is not JSON', specFor({ id: 'm', context: { at: new Map() } }), /context is JSON/],
    [
      'the context is not a number that JSON knows',
      specFor({ id: 'm', context: { at: Number.NaN } }),
      /context is JSON/,
    ],
    ['the view is not JSON', specFor(kettle, { view: () => new Date(0) }), /view is JSON/],
    [
      'a report is not JSON',
      specFor({
        id: 'm',
        context: {},
        initial: 'a',
        states: { a: { type: 'final' } },
        output: () => ({ at: new Set() }),
      }),
      /output is JSON/,
    ],
    [
      'a delay is no duration',
      specFor({ id: 'm', context: {}, initial: 'a', states: { a: { after: { never: 'a' } } } }),
      /delays are durations/,
    ],
    [
      'an action is not XState’s own',
      specFor({ id: 'm', context: {}, on: { go: { actions: () => {} } } }),
      /built-in actions only/,
    ],
    [
      'a live actor does not do what the model says',
      specFor({ id: 'm', context: () => ({ boils: ++outside }) }),
      /equal/,
    ],
  ])('%s', (_what, spec, complaint) => {
    expect(() => walk(spec)).toThrow(complaint)
  })

  test('a child or a timer is left behind, for both are counted', () => {
    const running = liveRun(specFor(kettle), undefined, () => {})
    running.perform({ type: 'light' })
    expect(leftovers(running)).toEqual({ children: ['stove'], timers: [] })
    running.perform({ type: 'xstate.done.actor.stove' })
    expect(leftovers(running)).toEqual({ children: [], timers: [100] })
    running.stop()
    expect(leftovers(running)).toEqual(NOTHING)
  })
})

describe('the structural laws find', () => {
  test('a leaf where a machine is stuck, but not one that rests, ends, or has a way out above it in its region', () => {
    const machine = createMachine({
      id: 'm',
      type: 'parallel',
      invoke: { src: 'x' },
      states: {
        left: {
          initial: 'stuck',
          states: {
            stuck: { on: { go: 'over' } },
            over: { type: 'final' },
            rest: { tags: 'resting' },
            timed: { after: { 1: 'over' } },
          },
        },
        right: { initial: 'held', invoke: { src: 'x' }, states: { held: {} } },
      },
    })
    expect(stuckLeaves(machine)).toEqual(['m.left.stuck'])
  })

  test('a state without a description of one sentence', () => {
    const machine = createMachine({
      id: 'm',
      description: 'A machine, as it should be.',
      initial: 'none',
      states: {
        none: {},
        open: { description: 'no full stop' },
        two: { description: 'One. Two.' },
        one: { description: 'One.' },
      },
    })
    expect(undescribed(machine)).toEqual(['m.none', 'm.open', 'm.two'])
  })

  test('an action of our own making, inline or by name', () => {
    const inline = createMachine({ id: 'inline', entry: () => {} })
    const named = setup({ actions: { beep: () => {}, note: assign({}) } }).createMachine({
      id: 'named',
      on: { a: { actions: 'beep' }, b: { actions: 'note' } },
    })
    expect([...customActions(inline), ...customActions(named)]).toEqual(['inline', 'named'])
    expect(customActions(createMachine({ id: 'm', entry: assign({}) }))).toEqual([])
  })
})
