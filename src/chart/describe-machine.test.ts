import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  createActor,
  createMachine,
  type EventObject,
  getNextSnapshot,
} from 'xstate'
import { describe, expect, test } from 'vitest'
import * as machines from '#machines/index'
import { activeStates } from './active-states.ts'
import type { ChartModel, ChartState } from './chart.types.ts'
import { describeMachine } from './describe-machine.ts'
import { zoo } from './describe-zoo.testing.ts'
import { transitionId } from './transition-id.ts'

const { syncEngineMachine, syncMeshMachine, syncPeerMachine, signalingMachine, reassemblyMachine } = machines
const ours: readonly AnyStateMachine[] = [
  syncEngineMachine,
  syncMeshMachine,
  syncPeerMachine,
  signalingMachine,
  reassemblyMachine,
]
const inputs: Readonly<Record<string, unknown>> = {
  'sync-engine': { storeName: 's', signalingUrl: null, seed: 1, maxDirectPeers: 2 },
  'sync-mesh': { selfId: 'm', epoch: 1, generation: 0, knownPeers: ['a'], room: 'r', signalingUrl: null, seed: 1 },
  'sync-peer': { selfId: 'a', peerId: 'm', epoch: 1, generation: 0, seed: 1 },
  signaling: { url: null, room: 'r', peerId: 'm', seed: 1 },
  reassembly: { msgId: 1, ticket: 't', kind: 'entries', total: 3 },
}

const statesOf = (state: ChartState): ChartState[] => [state, ...state.states.flatMap(statesOf)]
const idsOf = ({ root }: ChartModel): string[] => statesOf(root).map(({ id }) => id)
const nodesOf = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(nodesOf)]
const declaredBy = (node: AnyStateNode) => [[...node.transitions.values()], node.always ?? []].flat(2)
const duplicates = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index)

/** What an actor that never starts goes through, sent one event of each type over and over. */
const walk = (machine: AnyStateMachine): AnyMachineSnapshot[] => {
  const events = machine.events.map((type): EventObject => ({ type: type.replaceAll('*', 'x') }))
  const start: AnyMachineSnapshot = createActor(machine, { input: inputs[machine.id] }).getSnapshot()
  const seen = [start]
  for (const event of [...events, ...events]) {
    const last = seen.at(-1) ?? start
    if (last.status !== 'active') break
    try {
      seen.push(getNextSnapshot(machine, last, event))
    } catch {
      // an event without its payload; the next one may do
    }
  }
  return seen
}

describe.each([...ours, ...zoo].map((machine) => ({ machine, name: machine.id })))('$name', ({ machine }) => {
  const model = describeMachine(machine)
  const ids = idsOf(model)

  test('has every state once, in the order in which they are written', () => {
    expect(ids).toEqual(nodesOf(machine.root).map(({ id }) => id))
    expect(duplicates(ids)).toEqual([])
  })

  test('has every transition once, from a state to states that exist', () => {
    const declared = nodesOf(machine.root).flatMap(declaredBy)
    expect(model.transitions.map(({ id }) => id)).toEqual(declared.map(transitionId))
    expect(duplicates(model.transitions.map(({ id }) => id))).toEqual([])
    for (const { source, targets } of model.transitions)
      expect([source, ...targets].filter((id) => !ids.includes(id))).toEqual([])
  })

  test('is plain JSON, the same every time, and after provide()', () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model)
    expect(JSON.stringify(describeMachine(machine))).toBe(JSON.stringify(model))
    expect(JSON.stringify(describeMachine(machine.provide({})))).toBe(JSON.stringify(model))
  })

  test('each compound state begins in one of its own', () => {
    for (const { type, states } of statesOf(model.root))
      expect(states.filter(({ initial }) => initial)).toHaveLength(type === 'compound' ? 1 : 0)
  })

  test('every label is words', () => {
    for (const { label, actions, guard } of model.transitions)
      expect([label, ...actions, guard ?? 'none'].filter((words) => words.trim() === '')).toEqual([])
  })

  test('what is active is in the chart, the outermost first', () => {
    const snapshots = walk(machine)
    for (const snapshot of snapshots) {
      const active = activeStates(snapshot)
      expect(active[0]).toBe(model.root.id)
      expect(active.filter((id) => !ids.includes(id))).toEqual([])
      const parents = active.slice(1).map((id) => machine.getStateNodeById(`#${id}`).parent?.id ?? '')
      expect(parents.filter((parent, index) => !active.slice(0, index + 1).includes(parent))).toEqual([])
    }
  })
})

const inZoo = (id: string): ChartModel => {
  const machine = zoo.find((animal) => animal.id === id)
  if (machine === undefined) throw new Error(`no ${id} in the zoo`)
  return describeMachine(machine, { delays: { mood: { reason: 'as it likes', ms: 5 }, patience: { ms: 1 } } })
}
const stateIn = ({ root }: ChartModel, key: string): ChartState | undefined =>
  statesOf(root).find((state) => state.key === key)
const guardsOf = ({ transitions }: ChartModel) => transitions.flatMap(({ guard }) => guard ?? [])
const summaryOf = ({ transitions }: ChartModel) => transitions.map(({ kind, label }) => `${kind}: ${label}`)

test('events of XState’s own have labels for people', () => {
  expect(new Set(summaryOf(inZoo('inline')))).toEqual(
    new Set([
      'event: push',
      'event: odd event, with [all]: "of it"',
      'after: after 1 s',
      'after: after 2.5 s',
      'done: inline child done',
      'error: inline child failed',
      'always: always',
    ]),
  )
  expect(summaryOf(inZoo('wildcards'))).toEqual([
    'event: any event',
    'event: mouse.*',
    'event: any event',
    'done: any child done',
    'error: any child failed',
  ])
  expect(summaryOf(inZoo('family')).slice(0, 4)).toEqual([
    'done: child done',
    'event: child changed',
    'event: breed',
    'event: crowd',
  ])
  expect(summaryOf(inZoo('family')).slice(-2)).toEqual(['done: request done', 'error: request failed'])
  expect(summaryOf(inZoo('parallel'))[0]).toBe('done: parallel done')
})

test('guards are words', () => {
  expect(guardsOf(inZoo('guards'))).toEqual([
    'isLess(than: 3)',
    'isLess(…)',
    'isOpen and not in b',
    'not (isOpen or (in a.x and in #guards.b))',
    'always',
    'isOpen or a condition',
  ])
  expect(guardsOf(inZoo('inline'))).toEqual(['a condition', 'isSmall', 'a condition', 'a condition'])
})

test('actions are words, and the timers of XState are none', () => {
  expect(stateIn(inZoo('actions'), 'a')?.entry).toEqual([
    'assign x, y',
    'raise ping',
    'raise pong',
    'send put to box',
    'send look to an actor',
    'emit seen',
    'log greeting',
    'cancel later',
    'stop box',
    'actions by case (queued)',
    'settle',
  ])
  expect(inZoo('actions').transitions.flatMap(({ actions }) => actions)).toEqual([
    'send shout or whisper to the parent',
    'send an event to box',
  ])
  expect(inZoo('many-targets').transitions[0]?.actions).toEqual(['first', 'second(at: 3, of: [1, b])'])
  const { entry, exit } = stateIn(inZoo('inline'), 'idle') ?? {}
  expect([entry, exit]).toEqual([[], ['an action', 'farewell']])
})

test('children are found wherever they are started', () => {
  const model = inZoo('family')
  expect(model.root.children).toEqual([
    { id: 'box', src: 'box', how: 'invoked', systemId: 'the-box' },
    { id: '1.family', src: 'child', how: 'invoked', machine: 'child' },
    { id: 'box', src: 'box', how: 'spawned', numbered: true },
    { id: 'adopted', src: 'child', how: 'spawned', machine: 'child' },
  ])
  expect(stateIn(model, 'home')?.children).toEqual([
    { id: '0.family.home', src: 'request', how: 'invoked' },
    { id: 'request', src: 'request', how: 'spawned', numbered: true },
    { id: 'adopted', src: 'child', how: 'spawned', machine: 'child' },
    { id: 'child', src: 'child', how: 'spawned', numbered: true, machine: 'child' },
  ])
  expect(stateIn(model, 'abroad')?.children).toEqual([
    { id: 'stray', src: 'stray', how: 'spawned', systemId: 'cat', machine: 'stray' },
  ])
})

test('the mesh spawns its peers, and a peer its reassemblies', () => {
  const spawned = (machine: AnyStateMachine) =>
    statesOf(describeMachine(machine).root).flatMap(({ id, children }) =>
      children.filter(({ how }) => how === 'spawned').map(({ src, machine: inside }) => `${id}: ${src} ${inside}`),
    )
  expect(spawned(syncMeshMachine)).toContain('sync-mesh.running.membership: peer sync-peer')
  expect(spawned(syncPeerMachine)).toEqual(['listening: reassembly reassembly'])
})

test('delays have their ms where it is always the same, and what is known of them', () => {
  expect(inZoo('delays').transitions.map(({ delay }) => delay)).toEqual([
    { name: '60000', ms: 60_000 },
    { name: 'patience', ms: 3_000 },
    { name: 'mood', ms: 5, reason: 'as it likes' },
    { name: 'mood', ms: 5, reason: 'as it likes' },
    { name: 'never' },
    { name: 'unknown' },
  ])
})

test('history knows how deep it is and where it leads at first', () => {
  const model = inZoo('history')
  expect(stateIn(model, 'last')).toMatchObject({ history: 'shallow', defaultTargets: ['history.on.low'] })
  expect(stateIn(model, 'deepest')).toMatchObject({ history: 'deep', defaultTargets: ['history.on.high'] })
})

test('transitions that live actors take are found by their ids, whatever sits in the seats', () => {
  const known = new Set(describeMachine(signalingMachine).transitions.map(({ id }) => id))
  const taken: string[] = []
  const actor = createActor(signalingMachine.provide({ guards: { hasUrl: () => true } }), {
    input: { url: 'wss://x', room: 'r', peerId: 'm', seed: 1 },
    inspect: (event) => {
      if (event.type === '@xstate.microstep') taken.push(...event._transitions.map(transitionId))
    },
  })
  actor.start()
  actor.send({ type: 'socket.opened' })
  actor.send({ type: 'socket.closed', fault: 'signaling-unreachable' })
  actor.stop()
  expect(taken.filter((id) => !known.has(id))).toEqual([])
  expect(taken).toContain('signaling.up --socket.closed[0]--> signaling.waiting')
})

test('two states with one id are refused, in words', () => {
  const twins = createMachine({ id: 'm', initial: 'a', states: { a: { id: 'x' }, b: { id: 'x' } } })
  expect(() => describeMachine(twins)).toThrow('Two states of the machine "m" have the id "x"')
})
