import { createActor, createMachine, setup, spawnChild } from 'xstate'
import { describe, expect, test, vi } from 'vitest'
import { createRecorder } from './create-recorder.ts'
import { parseRecording } from './parse-recording.ts'
import type { RecorderOptions } from './recorder.types.ts'
import type { Recording } from './records.types.ts'

type AnyMachine = ReturnType<typeof createMachine>

const recordingOf = (machine: AnyMachine, options?: RecorderOptions, ...events: readonly string[]): Recording => {
  const actor = createActor(machine).start()
  const recorder = createRecorder(actor, options)
  for (const type of events) actor.send({ type })
  const recording = recorder.recording()
  recorder.detach()
  actor.stop()
  return recording
}

describe('whatever a machine is, its device can read what it recorded', () => {
  const long = 'ä‹"\n'.repeat(1_500)
  const nested = (depth: number): { initial: string; states: Record<string, object> } => ({
    initial: 's',
    states: { s: depth === 0 ? {} : nested(depth - 1) },
  })
  const wide = Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`s${at}`, {}]))
  const fleet = Array.from({ length: 300 }, (_, at) => `a-state-with-a-long-name-${at}`)
  const regions = Object.fromEntries(fleet.map((key) => [key, { initial: 'i', states: { i: {}, o: {} } }]))

  test.each<[string, AnyMachine, boolean]>([
    ['a long description', createMachine({ id: 'm', description: long, on: { go: {} } }), true],
    ['a long id', createMachine({ id: long, on: { go: {} } }), false],
    [
      'a state with a long name',
      createMachine({ id: 'm', initial: long, states: { [long]: { on: { go: {} } } } }),
      true,
    ],
    ['an event with a long name', createMachine({ id: 'm', on: { [long]: {}, go: {} } }), true],
    [
      'a transition with very many targets',
      createMachine({
        id: 'm',
        type: 'parallel',
        states: regions,
        on: { go: fleet.map((key) => `.${key}.o`) as unknown as string },
      }),
      true,
    ],
    ['states deeper than a recording may be', createMachine({ id: 'm', ...nested(40), on: { go: {} } }), false],
    ['more states than can be drawn', createMachine({ id: 'm', initial: 's0', states: wide, on: { go: {} } }), false],
  ])('%s', (_what, machine, isDrawn) => {
    const recording = recordingOf(machine, undefined, 'go')
    expect(() => parseRecording(JSON.stringify(recording))).not.toThrow()
    expect(recording.charts).toHaveLength(isDrawn ? 1 : 0)
    expect(recording.records.map(({ kind }) => kind)).toContain('event')
  })

  test('a transition is named by its record as by its chart, however long its name is', () => {
    const recording = recordingOf(createMachine({ id: 'm', on: { [long]: {} } }), undefined, long)
    const taken = recording.records.flatMap((record) => (record.kind === 'step' ? record.transitions : []))
    expect(taken).toHaveLength(1)
    expect(recording.charts[0]?.transitions.map(({ id }) => id)).toEqual(taken)
  })
})

describe('what a machine is declared with', () => {
  const login = setup({
    actions: { login: () => {}, say: (...[, _params]: [unknown, string]) => void _params },
    guards: { isFor: () => true },
  }).createMachine({
    id: 'm',
    initial: 'a',
    states: {
      a: {
        entry: { type: 'login', params: { token: 'hunter2-secret', tries: 3 } },
        exit: { type: 'say', params: 'hunter2-secret' },
        on: {
          go: {
            guard: { type: 'isFor', params: { who: 'hunter2-secret' } },
            actions: { type: 'login', params: { token: ['hunter2-secret'] } },
          },
        },
      },
    },
  }) as unknown as AnyMachine

  test('is told by the names of its parameters alone', () => {
    const { charts } = recordingOf(login)
    expect(JSON.stringify(charts)).not.toContain('hunter2')
    expect(charts[0]?.root.states[0]).toMatchObject({ entry: ['login(token: …, tries: …)'], exit: ['say(…)'] })
    expect(charts[0]?.transitions[0]).toMatchObject({ guard: 'isFor(who: …)', actions: ['login(token: …)'] })
  })

  test('is told as it is where nothing is redacted', () => {
    const { charts } = recordingOf(login, { redact: 'none' })
    expect(charts[0]?.root.states[0]).toMatchObject({ entry: ['login(token: hunter2-secret, tries: 3)'] })
  })
})

describe('charts of machines that share an id', () => {
  const house = (...guests: readonly AnyMachine[]) =>
    createMachine({
      id: 'house',
      on: { come: { actions: guests.map((guest, at) => spawnChild(guest, { id: `guest-${at}` })) } },
    })
  const guest = (key: string, id?: string) =>
    createMachine({ ...(id !== undefined && { id }), initial: key, states: { [key]: {} } })
  const drawnFor = (recording: Recording) =>
    recording.records.flatMap((record) => {
      if (record.kind !== 'actor') return []
      const chart = recording.charts.find(({ id }) => id === record.machine)
      return [[record.machine, chart?.root.states.map(({ key }) => key).join()]]
    })

  test('are told apart: each actor is drawn as what it is', () => {
    const recording = recordingOf(house(guest('young'), guest('old'), guest('tall', 'x')), undefined, 'come')
    expect(drawnFor(recording)).toEqual([
      ['(machine)', 'young'],
      ['(machine)#2', 'old'],
      ['x', 'tall'],
    ])
  })

  test('are one chart where they are the same', () => {
    const young = guest('young')
    const recording = recordingOf(house(young, young.provide({}), guest('young')), undefined, 'come')
    expect(drawnFor(recording)).toEqual([
      ['(machine)', 'young'],
      ['(machine)', 'young'],
      ['(machine)', 'young'],
    ])
  })

  test('a machine that cannot be drawn is tried once, not with each of its actors', () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const twins = createMachine({ initial: 'a', states: { a: { id: 'same' }, b: { id: 'same' } } })
    const recording = recordingOf(house(twins, twins, twins), undefined, 'come', 'come')
    expect(recording.charts.map(({ id }) => id)).toEqual(['house'])
    expect(told).toHaveBeenCalledOnce()
    told.mockRestore()
  })
})
