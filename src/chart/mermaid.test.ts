import type { AnyStateMachine } from 'xstate'
import { createMachine } from 'xstate'
import { describe, expect, test } from 'vitest'
import * as machines from '#machines/index'
import type { ChartState } from './chart.types.ts'
import { describeMachine } from './describe-machine.ts'
import { zoo } from './describe-zoo.testing.ts'
import { mermaidComplaints } from './mermaid-check.testing.ts'
import { mermaidText } from './mermaid-text.ts'
import { toMermaid } from './mermaid.ts'

const ours: readonly AnyStateMachine[] = [
  machines.syncEngineMachine,
  machines.syncMeshMachine,
  machines.syncPeerMachine,
  machines.signalingMachine,
  machines.reassemblyMachine,
]
const statesOf = (state: ChartState): ChartState[] => [state, ...state.states.flatMap(statesOf)]
const lines = (text: string) => text.split('\n').map((line) => line.trim())

describe.each([...ours, ...zoo].map((machine) => ({ machine, name: machine.id })))('$name', ({ machine }) => {
  const model = describeMachine(machine)
  const states = statesOf(model.root)

  test('is a diagram without fault', () => {
    expect(mermaidComplaints(toMermaid(model))).toEqual([])
  })

  test('so is each of its states alone, whatever is folded', () => {
    for (const { id: top, states: inner } of states) {
      expect(mermaidComplaints(toMermaid(model, { top }))).toEqual([])
      expect(mermaidComplaints(toMermaid(model, { top, folded: inner.map(({ id }) => id) }))).toEqual([])
    }
  })

  test('shows every state once', () => {
    const text = toMermaid(model)
    const boxes = lines(text).filter((line) => /^state ".*" as s_/.test(line) && !/_(any|start)( \{)?$/.test(line))
    expect(boxes).toHaveLength(states.length - (model.root.type === 'compound' ? 1 : 0))
  })

  test('is the same every time', () => {
    expect(toMermaid(describeMachine(machine))).toBe(toMermaid(model))
  })
})

const door = createMachine({
  id: 'door',
  initial: 'closed',
  on: { break: '.broken' },
  states: {
    closed: { on: { push: { guard: 'isUnlocked', target: 'open' }, kick: 'open' } },
    open: {
      initial: 'ajar',
      states: { ajar: { on: { push: 'wide', pull: '#door.closed', shake: {} } }, wide: {} },
      after: { 3000: 'closed' },
      on: { slam: 'closed', rattle: { target: 'open', reenter: true } },
    },
    broken: { type: 'final' },
  },
})

test('a diagram as a whole', () => {
  expect(toMermaid(describeMachine(door))).toBe(`stateDiagram-v2
  [*] --> s_closed
  state "closed" as s_closed
  state "open" as s_open {
    [*] --> s_open_ajar
    state "ajar" as s_open_ajar
    state "wide" as s_open_wide
    state "any of open" as s_open_any
    s_open_any --> s_open_ajar : rattle
    s_open_ajar --> s_open_wide : push
  }
  state "broken" as s_broken
  s_broken --> [*]
  state "any state" as s_door_any
  s_door_any --> s_broken : break
  s_closed --> s_open_ajar : push if isUnlocked<br/>kick
  s_open_any --> s_closed : slam<br/>after 3 s
  s_open_ajar --> s_closed : pull
`)
})

test('what is folded is one box, and what leads elsewhere a box outside', () => {
  const model = describeMachine(door)
  expect(lines(toMermaid(model, { folded: ['door.open'] }))).toEqual([
    'stateDiagram-v2',
    '[*] --> s_closed',
    'state "closed" as s_closed',
    'state "open …" as s_open',
    'state "broken" as s_broken',
    's_broken --> [*]',
    'state "any state" as s_door_any',
    's_door_any --> s_broken : break',
    's_closed --> s_open : push if isUnlocked<br/>kick',
    's_open --> s_closed : slam<br/>after 3 s<br/>pull',
    '',
  ])
  expect(lines(toMermaid(model, { top: 'door.open' }))).toContain('state "↗ closed" as s_out_closed')
})

test('regions are divided where no arrow crosses them', () => {
  const parts = zoo.filter(({ id }) => id === 'parallel' || id === 'many-targets')
  const [divided = '', crossed = ''] = parts.map((machine) => toMermaid(describeMachine(machine)))
  expect(lines(divided).filter((line) => line === '--')).toHaveLength(2)
  expect(divided).not.toContain('fork')
  expect(lines(crossed)).not.toContain('--')
  expect(lines(crossed)).toContain('state s_here_fork <<fork>>')
})

test('many events between two states are counted', () => {
  const events = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`e${i}`, 'b']))
  const many = createMachine({ id: 'many', initial: 'a', states: { a: { on: events }, b: {} } })
  expect(toMermaid(describeMachine(many))).toContain('s_a --> s_b : e0<br/>e1<br/>e2<br/>e3<br/>e4<br/>and 4 more\n')
})

test('labels say nothing to Mermaid', () => {
  expect(mermaidText('a: "b"; {c} #d\n[e](f)')).toBe('a#58; #34;b#34;#59; #123;c#125; #35;d #91;e#93;(f)')
  expect(mermaidText('1. in direction LR')).toBe('1#46; in direction#32;LR')
  expect(mermaidText('- one')).toBe('#45; one')
})

test('the check notices what Mermaid would not draw', () => {
  const wrap = (...inner: string[]) => mermaidComplaints(`stateDiagram-v2\n${inner.join('\n')}\n`)
  expect(wrap('state "a" as s_a {', 'state "b" as s_b', '}')).toEqual([])
  expect(wrap('state "a" as s_a {')).toEqual(['a brace too few'])
  expect(wrap('}')).toEqual(['a brace too many'])
  expect(wrap('state "a: b" as s_a')).toHaveLength(1)
  expect(wrap('state "a" as s_a', 'state "a" as s_a')).toEqual(['s_a is declared twice'])
  expect(wrap('[*] --> s_a')).toEqual(['nobody declares s_a'])
  expect(wrap('--')).toContain('a divider outside of a state')
  expect(wrap('state "a" as s_a {', 'state "b" as s_b', '}', 's_a --> s_b')).toEqual([
    "s_a is composite and an arrow's end",
  ])
  expect(wrap('state "a" as s_a', 'state "c" as s_c {', 'state "b" as s_b', 's_b --> s_a', '}')).toEqual([
    'an arrow inside s_c would move s_a there',
  ])
  const regions = ['state "p" as s_p {', 'state "a" as s_a', '--', 'state "b" as s_b', '}']
  expect(wrap(...regions)).toEqual([])
  expect(wrap(...regions, 's_a --> s_b')).toEqual(['s_a --> s_b leaves its region'])
})
