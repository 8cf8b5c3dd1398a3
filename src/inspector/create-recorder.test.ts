import { createActor, fromPromise, setup } from 'xstate'
import { describe, expect, test, vi } from 'vitest'
import { foldRecords } from './fold-records.ts'
import { createRecorder } from './create-recorder.ts'
import type { InspectRecord } from './records.types.ts'
import { mill, recordedMill } from './recording.testing.ts'

const kindsOf = (records: readonly InspectRecord[]) => records.map(({ kind }) => kind)

describe('a recorder', () => {
  test('knows the actors that were there before it, by states and context', () => {
    const { actor, recorder } = recordedMill()
    const { before, records } = recorder.recording()
    const wheel = Object.values(before).find(({ id }) => id === 'wheel')
    expect(records).toEqual([])
    expect(before[actor.sessionId]).toMatchObject({
      machine: 'mill',
      status: 'active',
      states: ['mill', 'mill.idle'],
      context: { count: 0, note: '‹24 characters›' },
    })
    expect(wheel).toMatchObject({
      parent: actor.sessionId,
      machine: 'wheel',
      src: 'wheel',
      states: ['wheel', 'wheel.turning'],
    })
  })

  test('notes an event, the transition it took, and where it led', () => {
    const { actor, recorder } = recordedMill()
    actor.send({ type: 'grind', note: 'rye' })
    const self = actor.sessionId
    expect(recorder.recording().records).toEqual([
      { n: 0, at: expect.any(Number), kind: 'event', actor: self, type: 'grind', payload: { note: '‹3 characters›' } },
      {
        n: 1,
        at: expect.any(Number),
        kind: 'step',
        actor: self,
        type: 'grind',
        transitions: [expect.stringContaining('mill.idle --grind')],
      },
      {
        n: 2,
        at: expect.any(Number),
        kind: 'snapshot',
        actor: self,
        status: 'active',
        states: ['mill', 'mill.grinding'],
        context: { count: 1, note: '‹24 characters›' },
      },
    ])
  })

  test('names transitions as the chart does', () => {
    const { actor, recorder } = recordedMill()
    actor.send({ type: 'grind' })
    actor.send({ type: 'rest' })
    const { records, charts } = recorder.recording()
    const known = new Set(charts.flatMap(({ transitions }) => transitions.map(({ id }) => id)))
    const taken = records.flatMap((record) => (record.kind === 'step' ? record.transitions : []))
    expect(charts.map(({ id }) => id)).toEqual(['mill', 'wheel'])
    expect(taken).toHaveLength(2)
    expect(taken.filter((id) => !known.has(id))).toEqual([])
  })

  test('notes nothing twice: an event that nobody heeds moves nothing', () => {
    const { actor, recorder } = recordedMill()
    actor.send({ type: 'nothing' })
    expect(kindsOf(recorder.recording().records)).toEqual(['event'])
  })

  test('says who sent what, and how a child ended', () => {
    const { actor, recorder } = recordedMill()
    actor.send({ type: 'halt' })
    const { before, records } = recorder.recording()
    const wheel = Object.keys(before).find((id) => before[id]?.id === 'wheel') ?? ''
    expect(records).toContainEqual(
      expect.objectContaining({ kind: 'event', actor: actor.sessionId, from: wheel, type: 'xstate.done.actor.wheel' }),
    )
    expect(foldRecords(before, records)[wheel]).toMatchObject({ status: 'done', states: ['wheel', 'wheel.stopped'] })
  })

  test('sees a child fail, and keeps nothing of what it says', async () => {
    const machine = setup({
      actors: { work: fromPromise(() => Promise.reject(new Error('the words'))) },
    }).createMachine({
      id: 'boss',
      initial: 'on',
      states: { on: { invoke: { src: 'work', id: 'work', onError: 'off' } }, off: {} },
    })
    const actor = createActor(machine)
    const recorder = createRecorder(actor)
    actor.start()
    await vi.waitFor(() => expect(actor.getSnapshot().value).toBe('off'))
    const { records, before } = recorder.recording()
    const work = Object.values(foldRecords(before, records)).find(({ id }) => id === 'work')
    expect(work?.status).toBe('error')
    expect(JSON.stringify(records)).not.toContain('the words')
  })

  test('sees a child that threw, of which no inspection tells', () => {
    const work = setup({}).createMachine({
      id: 'work',
      on: {
        go: {
          actions: () => {
            throw new Error('the words')
          },
        },
      },
    })
    const boss = setup({ actors: { work } }).createMachine({ invoke: { src: 'work', id: 'work', onError: {} } })
    const actor = createActor(boss).start()
    const recorder = createRecorder(actor)
    actor.getSnapshot().children['work']?.send({ type: 'go' })
    const { records, before } = recorder.recording()
    const seen = Object.values(foldRecords(before, records)).find(({ id }) => id === 'work')
    expect(seen).toMatchObject({ status: 'error', states: ['work'] })
    expect(records.map(({ kind }) => kind).slice(0, 3)).toEqual(['event', 'snapshot', 'event'])
  })

  test('sees a root fail', () => {
    const { actor, recorder } = recordedMill()
    actor.send({ type: 'break' })
    const { before, records } = recorder.recording()
    expect(foldRecords(before, records)[actor.sessionId]?.status).toBe('error')
    expect(recorder.recording().records).toHaveLength(records.length)
  })

  test('its live actors are those of its recording', () => {
    const { actor, recorder } = recordedMill()
    const first = recorder.actors()
    actor.send({ type: 'grind' })
    const { before, records } = recorder.recording()
    expect(recorder.actors()).toEqual(foldRecords(before, records))
    expect(recorder.actors()).toBe(recorder.actors())
    expect(recorder.actors()).not.toBe(first)
  })

  test('from any actor of a system it finds the whole', () => {
    const actor = createActor(mill).start()
    const child = actor.getSnapshot().children['wheel']
    if (!child) throw new Error('no wheel')
    expect(createRecorder(child).recording().before).toHaveProperty([actor.sessionId])
  })
})

describe('listeners', () => {
  test('hear all records of a task at once, in order, and nothing after they left', async () => {
    const { actor, recorder } = recordedMill()
    const heard: number[][] = []
    const stop = recorder.subscribe((records) => heard.push(records.map(({ n }) => n)))
    actor.send({ type: 'grind' })
    actor.send({ type: 'rest' })
    expect(heard).toEqual([])
    await Promise.resolve()
    expect(heard).toEqual([[0, 1, 2, 3, 4, 5]])
    stop()
    actor.send({ type: 'grind' })
    await Promise.resolve()
    expect(heard).toHaveLength(1)
  })

  test('one that throws harms neither the others nor the actors', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { actor, recorder } = recordedMill()
    const well = vi.fn<() => void>()
    recorder.subscribe(() => {
      throw new Error('no')
    })
    recorder.subscribe(well)
    actor.send({ type: 'grind' })
    await Promise.resolve()
    expect(well).toHaveBeenCalledOnce()
    expect(told).toHaveBeenCalledOnce()
    told.mockRestore()
  })
})

describe('detached', () => {
  test('no inspector is left in the system, and what was recorded stays', () => {
    const actor = createActor(mill).start()
    const unsubscribe = vi.fn<() => void>()
    const inspect = vi.spyOn(actor.system, 'inspect').mockImplementation(() => ({ unsubscribe }))
    const recorder = createRecorder(actor)
    expect([recorder.attached, inspect.mock.calls.length]).toEqual([true, 1])
    recorder.detach()
    recorder.detach()
    expect(unsubscribe).toHaveBeenCalledOnce()
    expect(recorder.attached).toBe(false)
    expect(Object.keys(recorder.recording().before)).toHaveLength(2)
  })

  test('what the root does afterwards is not looked at either', () => {
    const { actor, recorder } = recordedMill()
    recorder.detach()
    actor.send({ type: 'break' })
    expect(recorder.recording().records).toEqual([])
  })

  test('nothing more is recorded', () => {
    const { actor, recorder } = recordedMill()
    recorder.detach()
    actor.send({ type: 'grind' })
    expect(recorder.recording().records).toEqual([])
  })
})

test('a defect of a machine’s own does not reach the actors', () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { actor, recorder } = recordedMill({
    now: () => {
      throw new Error('no clock')
    },
  })
  actor.send({ type: 'grind' })
  expect(actor.getSnapshot().value).toBe('grinding')
  expect(recorder.recording().records).toEqual([])
  expect(told).toHaveBeenCalled()
  told.mockRestore()
})

test.each([[{ maxBytes: 10 }], [{ maxBytes: 1e12 }], [{ name: 'x'.repeat(65) }], [{ redact: 'all' as 'none' }]])(
  '%j is refused',
  (options) => {
    expect(() => createRecorder(createActor(mill), options)).toThrow(
      expect.objectContaining({ code: 'options-invalid' }),
    )
  },
)
