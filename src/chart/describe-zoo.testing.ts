import {
  and,
  type AnyStateMachine,
  assign,
  cancel,
  createMachine,
  emit,
  enqueueActions,
  forwardTo,
  fromCallback,
  fromPromise,
  log,
  not,
  or,
  raise,
  sendParent,
  sendTo,
  setup,
  spawnChild,
  stateIn,
  stopChild,
} from 'xstate'

/** One state, nothing else. */
const bare = createMachine({})

/** No setup, nothing named: every function stands where it is used. */
const inline = createMachine({
  id: 'inline',
  types: {} as {
    context: { n: number }
    events: { type: 'push'; by: number } | { type: 'odd event, with [all]: "of it"' }
  },
  context: { n: 0 },
  initial: 'idle',
  entry: () => {},
  states: {
    idle: {
      exit: [() => {}, function farewell() {}],
      on: {
        push: [
          { guard: ({ event }) => event.by > 2, target: 'busy', actions: assign({ n: ({ event }) => event.by }) },
          {
            guard: function isSmall({ event }) {
              return event.by > 1
            },
            actions: [],
          },
          { actions: assign(({ context }) => ({ n: context.n + 1 })), description: 'A small push is only counted.' },
        ],
        'odd event, with [all]: "of it"': { target: 'busy', reenter: true },
      },
      after: { 1000: 'busy', 2500: [{ guard: ({ context }) => context.n > 0, target: 'busy' }, {}] },
    },
    busy: {
      invoke: { src: fromPromise(async () => 1), onDone: 'idle', onError: { target: 'idle', reenter: true } },
      always: { guard: ({ context }) => context.n > 100, target: 'idle' },
    },
  },
})

const history = createMachine({
  id: 'history',
  initial: 'on',
  states: {
    on: {
      initial: 'low',
      states: {
        low: { on: { up: 'high' } },
        high: { initial: 'warm', states: { warm: { on: { up: 'hot' } }, hot: {} } },
        last: { type: 'history' },
        deepest: { type: 'history', history: 'deep', target: 'high' },
      },
      on: { off: 'off' },
    },
    off: { on: { on: 'on.last', again: 'on.deepest' } },
  },
})

const wildcards = createMachine({
  id: 'wildcards',
  initial: 'a',
  on: { '*': { actions: 'note' }, 'mouse.*': '.b' },
  states: { a: { on: { '*': 'b' } }, b: { on: { 'xstate.done.actor.*': 'a', 'xstate.error.actor.*': {} } } },
})

const parallel = createMachine({
  id: 'parallel',
  type: 'parallel',
  onDone: { actions: 'celebrate' },
  states: {
    left: {
      initial: 'one',
      states: { one: { on: { next: 'two' } }, two: { type: 'final' } },
      onDone: { actions: 'cheer' },
    },
    right: { initial: 'one', states: { one: { on: { next: 'two' } }, two: { type: 'final' } } },
    still: { type: 'final' },
  },
})

const manyTargets = createMachine({
  id: 'many-targets',
  initial: 'away',
  states: {
    away: {
      on: { both: { target: ['#l2', '#r2'], actions: ['first', { type: 'second', params: { at: 3, of: [1, 'b'] } }] } },
    },
    here: {
      type: 'parallel',
      states: {
        l: { initial: 'l1', states: { l1: {}, l2: { id: 'l2' } } },
        r: { initial: 'r1', states: { r1: {}, r2: { id: 'r2', on: { home: '#many-targets.away' } } } },
      },
    },
  },
})

const finals = createMachine({
  id: 'finals',
  initial: 'work',
  output: { ok: true },
  states: {
    work: {
      initial: 'step',
      states: { step: { on: { next: 'done' } }, done: { type: 'final' } },
      onDone: [{ guard: 'isGood', target: 'good' }, { target: 'bad' }],
    },
    good: { type: 'final' },
    bad: { type: 'final' },
  },
})

/** Guards made of guards. */
const guards = setup({
  types: { events: {} as { type: 'go' } },
  guards: { isOpen: () => true, isLess: (_, params: { than: number }) => params.than > 3 },
}).createMachine({
  id: 'guards',
  initial: 'a',
  states: {
    a: {
      on: {
        go: [
          { guard: { type: 'isLess', params: { than: 3 } }, target: 'b' },
          { guard: { type: 'isLess', params: () => ({ than: 4 }) }, target: 'b' },
          { guard: and(['isOpen', not(stateIn('b'))]), target: 'b' },
          { guard: not(or(['isOpen', and([stateIn({ a: 'x' }), stateIn('#guards.b')])])), target: 'b' },
          { guard: and([]), target: 'b' },
          { guard: or(['isOpen', () => true]), target: 'b' },
        ],
      },
    },
    b: {},
  },
})

const child = createMachine({
  id: 'child',
  initial: 'alive',
  states: { alive: { on: { die: 'dead' } }, dead: { type: 'final' } },
})

/** One of each of XState's own actions. */
const actions = createMachine({
  id: 'actions',
  initial: 'a',
  states: {
    a: {
      entry: [
        assign({ x: 1, y: () => 2 }),
        raise({ type: 'ping' }, { delay: 10 }),
        raise(() => ({ type: 'pong', payload: { type: 'not this' } })),
        sendTo('box', { type: 'put' }),
        sendTo(({ self }) => self, { type: 'look' }),
        emit({ type: 'seen' }),
        log('hello', 'greeting'),
        cancel('later'),
        stopChild('box'),
        enqueueActions(({ enqueue }) => enqueue.raise({ type: 'queued' })),
        enqueueActions(function settle({ enqueue }) {
          enqueue.assign({ x: 3 })
        }),
      ],
      on: {
        tell: {
          actions: sendParent(({ event }: { event: { type: string; loud?: boolean } }) =>
            event.loud ? { type: 'shout' } : { type: 'whisper' },
          ),
        },
        pass: { actions: forwardTo('box') },
      },
    },
  },
})

const stray = createMachine({ id: 'stray' })

/** Actors of every descent. */
const family = setup({
  types: { context: {} as { refs: unknown[] } },
  actors: { child, stray, request: fromPromise(async () => 1), box: fromCallback(() => {}) },
  actions: { adopt: spawnChild('child', { id: 'adopted' }) },
}).createMachine({
  id: 'family',
  context: ({ spawn }) => ({ refs: [spawn('box')] }),
  initial: 'home',
  invoke: [
    { src: 'box', id: 'box', systemId: 'the-box' },
    { src: child, onDone: { actions: 'adopt' }, onSnapshot: { actions: [] } },
  ],
  states: {
    home: {
      entry: [spawnChild('request'), 'adopt'],
      invoke: { src: 'request', onDone: 'abroad', onError: 'lost' },
      on: {
        breed: { actions: assign({ refs: ({ context, spawn }) => [...context.refs, spawn('child', { id: 'kid' })] }) },
        crowd: { actions: enqueueActions(({ enqueue }) => enqueue.spawnChild('child', { id: 'one of many' })) },
        again: { actions: spawnChild('request') },
      },
    },
    abroad: { exit: spawnChild('stray', { id: 'stray', systemId: 'cat' }) },
    lost: { type: 'final' },
  },
})

const delays = createMachine({
  id: 'delays',
  initial: 'a',
  states: {
    a: { after: { patience: 'b', mood: [{ guard: stateIn('a'), target: 'b' }, { actions: [] }], 60000: 'b' } },
    b: { after: { never: 'a', unknown: 'a' } },
  },
}).provide({
  delays: { patience: 3_000, mood: () => 7, never: Number.POSITIVE_INFINITY },
  guards: { isGood: () => true },
})

const reentering = createMachine({
  id: 'reentering',
  initial: 'a',
  on: { reset: '.a', restart: { target: '#reentering', reenter: true } },
  states: { a: { initial: 'x', on: { in: '.x', out: { target: '.x', reenter: true } }, states: { x: {} } } },
})

/** Names that break whoever joins them with dots or writes them into another language. */
const names = createMachine({
  id: 'a machine: "with" words; & {signs}',
  initial: 'first state',
  states: {
    'first state': { id: 'own id #1', description: 'One; two: "three" # four\nfive', on: { 'a --> b': 'end' } },
    end: { tags: ['x y', 'ä'], on: { 'go; now': '#own id #1' } },
    'note right of': { initial: 'state', states: { state: {}, '--': {}, '': {} } },
    größe: {},
    größt: {},
  },
})

const routed = createMachine({
  id: 'routed',
  initial: 'a',
  states: { a: { id: 'a', route: {} }, b: { id: 'b', route: { guard: 'isAllowed' } } },
})

const chainOf = (depth: number): object =>
  depth === 0 ? {} : { initial: 'in', states: { in: chainOf(depth - 1) }, on: { up: { target: '.in', reenter: true } } }

const deep = createMachine({ id: 'deep', ...chainOf(30) })

/** Machines such as users bring, and odder ones; where one needs names to be filled in, an empty implementation is. */
export const zoo: readonly AnyStateMachine[] = [
  bare,
  inline,
  history,
  wildcards,
  parallel,
  manyTargets,
  finals.provide({ guards: { isGood: () => true } }),
  guards,
  child,
  actions,
  family,
  delays,
  reentering,
  names,
  routed,
  deep,
]
