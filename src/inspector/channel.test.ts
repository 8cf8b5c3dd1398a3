import { afterEach, describe, expect, test, vi } from 'vitest'
import { createActor, createMachine, spawnChild } from 'xstate'
import { type ConnectedInspector, connectInspector } from './connect-inspector.ts'
import { createRecorder } from './create-recorder.ts'
import type { InspectorSource } from './inspector-source.types.ts'
import type { InspectRecord } from './records.types.ts'
import { millRecording, recordedMill } from './recording.testing.ts'
import { serveInspector } from './serve-inspector.ts'

let count = 0
let ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.toReversed()) end()
  ends = []
})
const freshName = (): string => {
  count += 1
  return `test-${count}`
}

const device = (name: string, called: string) => {
  const { actor, recorder } = recordedMill({ name: called })
  const served = serveInspector(recorder, { name })
  ends.push(() => actor.stop(), recorder.detach, served.close)
  return { actor, recorder, served }
}
const inspector = (name: string): ConnectedInspector => {
  const connected = connectInspector({ name })
  ends.push(connected.close)
  return connected
}
/** A plain channel on the same name: what any window could say and hear. */
const eavesdrop = (name: string) => {
  const channel = new BroadcastChannel(`fieldmesh-inspector:${name}`)
  ends.push(() => channel.close())
  const heard: { t: string; device?: string }[] = []
  const waiting = new Set<() => void>()
  channel.onmessage = ({ data }: MessageEvent<{ t: string }>) => {
    heard.push(data)
    for (const look of waiting) look()
  }
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { heard, until, say: (message: unknown) => channel.postMessage(message) }
}

/** Waits for a state of an inspector, told of by itself and by its devices. */
const until = (connected: ConnectedInspector, holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stops: (() => void)[] = []
    const look = (): void => {
      for (const stop of stops.splice(0)) stop()
      if (holds()) {
        resolve()
        return
      }
      stops.push(connected.subscribe(look))
      for (const { source } of connected.devices()) if (source) stops.push(source.subscribe(look))
    }
    look()
  })
const sourceOf = (connected: ConnectedInspector, called: string): InspectorSource | undefined =>
  connected.devices().find(({ source }) => source?.name === called)?.source

describe('an inspector in another window', () => {
  test('that comes late gets everything, then what is new', async () => {
    const name = freshName()
    const { actor, recorder } = device(name, 'left')
    for (let i = 0; i < 50; i++) actor.send({ type: 'spin' })
    const connected = inspector(name)
    await until(connected, () => sourceOf(connected, 'left') !== undefined)
    expect(sourceOf(connected, 'left')?.recording()).toEqual(recorder.recording())
    actor.send({ type: 'grind' })
    actor.send({ type: 'rest' })
    await until(
      connected,
      () => sourceOf(connected, 'left')?.recording().records.length === recorder.recording().records.length,
    )
    expect(sourceOf(connected, 'left')?.recording()).toEqual(recorder.recording())
    expect(sourceOf(connected, 'left')?.actors()).toEqual(recorder.actors())
  })

  test('is given the chart of a machine that appears later', async () => {
    const name = freshName()
    const late = createMachine({ id: 'late', initial: 'young', states: { young: {} } })
    const house = createMachine({ id: 'house', on: { guest: { actions: spawnChild(late, { id: 'late' }) } } })
    const actor = createActor(house).start()
    const recorder = createRecorder(actor, { name: 'house' })
    const served = serveInspector(recorder, { name })
    ends.push(() => actor.stop(), recorder.detach, served.close)
    const connected = inspector(name)
    const charts = () =>
      sourceOf(connected, 'house')
        ?.recording()
        .charts.map(({ id }) => id)
    await until(connected, () => charts()?.length === 1)
    actor.send({ type: 'guest' })
    await until(connected, () => charts()?.includes('late') === true)
    expect(sourceOf(connected, 'house')?.recording()).toEqual(recorder.recording())
  })

  test('that comes first finds devices as they come, two at once, and sees them go', async () => {
    const name = freshName()
    const connected = inspector(name)
    const [left, right] = [device(name, 'left'), device(name, 'right')]
    await until(connected, () => connected.devices().length === 2)
    left.actor.send({ type: 'grind' })
    right.actor.send({ type: 'spin' })
    const isWhole = (called: string, { recorder }: typeof left) =>
      sourceOf(connected, called)?.recording().records.length === recorder.recording().records.length
    await until(connected, () => isWhole('left', left) && isWhole('right', right))
    expect(sourceOf(connected, 'left')?.recording()).toEqual(left.recorder.recording())
    expect(sourceOf(connected, 'right')?.recording()).toEqual(right.recorder.recording())
    left.served.close()
    await until(connected, () => connected.devices().length === 1)
    expect(sourceOf(connected, 'right')).toBeDefined()
  })

  test('is not alone: two see the same', async () => {
    const name = freshName()
    const { actor, recorder } = device(name, 'left')
    const first = inspector(name)
    await until(first, () => first.devices().length === 1)
    const before = sourceOf(first, 'left')
    actor.send({ type: 'grind' })
    const second = inspector(name)
    actor.send({ type: 'rest' })
    const isComplete = (each: ConnectedInspector) => sourceOf(each, 'left')?.recording().records.length === 6
    await Promise.all([first, second].map((each) => until(each, () => isComplete(each))))
    expect(sourceOf(second, 'left')?.recording()).toEqual(recorder.recording())
    expect(sourceOf(first, 'left')).toBe(before)
  })

  test('under another name sees nothing', async () => {
    const [name, other] = [freshName(), freshName()]
    device(other, 'elsewhere')
    const connected = inspector(name)
    device(name, 'here')
    await until(connected, () => connected.devices().length > 0)
    expect(connected.devices().map(({ source }) => source?.name)).toEqual(['here'])
  })
})

describe('while nobody looks', () => {
  test('nothing is sent, before an inspector came and after it left', async () => {
    const name = freshName()
    const ear = eavesdrop(name)
    const { actor } = device(name, 'left')
    actor.send({ type: 'grind' })
    ear.say({ v: 1, t: 'ask', inspector: 'me' })
    await ear.until(() => ear.heard.some(({ t }) => t === 'whole'))
    actor.send({ type: 'rest' })
    await ear.until(() => ear.heard.some(({ t }) => t === 'batch'))
    ear.say({ v: 1, t: 'leave', inspector: 'me' })
    ear.say({ v: 1, t: 'ask', inspector: 'me' })
    await ear.until(() => ear.heard.filter(({ t }) => t === 'whole').length === 2)
    expect(ear.heard.map(({ t }) => t)).toEqual(['here', 'whole', 'batch', 'whole'])
  })

  /** A device that records what it is told to. */
  const toldDevice = (name: string) => {
    const [record] = millRecording(1).records
    const records: InspectRecord[] = []
    const left = Promise.withResolvers<void>()
    let tell: (batch: readonly InspectRecord[]) => void = () => {}
    const source: InspectorSource = {
      peerId: '',
      recording: () => ({ ...millRecording(0), records }),
      actors: () => ({}),
      subscribe: (listener) => {
        tell = listener
        return left.resolve
      },
    }
    const served = serveInspector(source, { name })
    ends.push(served.close)
    const add = (count: number) => {
      const batch = Array.from({ length: count }, (_, i) => ({ ...record, n: records.length + i }) as InspectRecord)
      records.push(...batch)
      tell(batch)
    }
    return { served, add, records, left: left.promise }
  }

  const sentTo = ({ heard }: ReturnType<typeof eavesdrop>): InspectRecord[] =>
    heard.flatMap((message) => ('records' in message ? (message.records as InspectRecord[]) : []))

  test('one that hears nothing any more is sent no more than a bounded number', async () => {
    const name = freshName()
    const ear = eavesdrop(name)
    const { served, add } = toldDevice(name)
    ear.say({ v: 1, t: 'ask', inspector: 'deaf' })
    await ear.until(() => ear.heard.some(({ t }) => t === 'whole'))
    for (let i = 0; i < 100; i++) add(1_000)
    served.close()
    await ear.until(() => ear.heard.some(({ t }) => t === 'bye'))
    expect(sentTo(ear).length).toBeGreaterThan(10_000)
    expect(sentTo(ear).length).toBeLessThanOrEqual(22_000)
  })

  test('the recorder is let go of with the last inspector', async () => {
    const name = freshName()
    const ear = eavesdrop(name)
    const { left } = toldDevice(name)
    for (const inspector of ['one', 'two']) ear.say({ v: 1, t: 'ask', inspector })
    await ear.until(() => ear.heard.filter(({ t }) => t === 'whole').length === 2)
    for (const inspector of ['one', 'two']) ear.say({ v: 1, t: 'leave', inspector })
    await expect(left).resolves.toBeUndefined()
  })

  test('a second inspector costs the first nothing: it gets what it lacks, not everything again', async () => {
    const name = freshName()
    const ear = eavesdrop(name)
    const { records, add } = toldDevice(name)
    add(1)
    ear.say({ v: 1, t: 'ask', inspector: 'one' })
    await ear.until(() => ear.heard.some(({ t }) => t === 'whole'))
    // Recorded, and not told yet: the task is not over.
    records.push({ ...records[0], n: 1 } as InspectRecord)
    ear.say({ v: 1, t: 'ask', inspector: 'two' })
    await ear.until(() => ear.heard.filter(({ t }) => t === 'whole').length === 2)
    expect(ear.heard.map(({ t }) => t)).toEqual(['here', 'whole', 'batch', 'whole'])
  })

  test('one that confirms nothing while very many records went by is forgotten, and greeted when it is back', async () => {
    const name = freshName()
    const ear = eavesdrop(name)
    const { served, add, left } = toldDevice(name)
    ear.say({ v: 1, t: 'ask', inspector: 'gone' })
    await ear.until(() => ear.heard.some(({ t }) => t === 'whole'))
    for (let i = 0; i < 102; i++) add(1_000)
    await expect(left).resolves.toBeUndefined()
    ear.say({ v: 1, t: 'seen', inspector: 'gone', device: served.device, n: 20_000 })
    await ear.until(() => ear.heard.filter(({ t }) => t === 'here').length === 2)
  })

  test('of very many inspectors only so many are kept: the one that is furthest behind goes', async () => {
    const name = freshName()
    const ear = eavesdrop(name)
    const { served, add, left } = toldDevice(name)
    const wholes = () => ear.heard.filter(({ t }) => t === 'whole').length
    for (let i = 0; i < 17; i++) {
      ear.say({ v: 1, t: 'ask', inspector: `i${i}` })
      await ear.until(() => wholes() === i + 1)
      add(1)
    }
    for (let i = 1; i < 17; i++) ear.say({ v: 1, t: 'leave', inspector: `i${i}` })
    await expect(left).resolves.toBeUndefined()
    ear.say({ v: 1, t: 'seen', inspector: 'i0', device: served.device, n: 1 })
    await ear.until(() => ear.heard.filter(({ t }) => t === 'here').length === 2)
  })

  test('one that was slow gets the rest when it has caught up', async () => {
    const name = freshName()
    const ear = eavesdrop(name)
    const { served, add } = toldDevice(name)
    ear.say({ v: 1, t: 'ask', inspector: 'slow' })
    await ear.until(() => ear.heard.some(({ t }) => t === 'whole'))
    for (let i = 0; i < 40; i++) add(1_000)
    await ear.until(() => sentTo(ear).length >= 20_000)
    ear.say({ v: 1, t: 'seen', inspector: 'slow', device: served.device, n: 20_000 })
    await ear.until(() => sentTo(ear).length === 40_000)
    expect(sentTo(ear).every(({ n }, at) => n === at)).toBe(true)
  })
})

test('an inspector leaves with its page, and asks again when the page is back', async () => {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  ends.push(() => vi.unstubAllGlobals())
  const name = freshName()
  const ear = eavesdrop(name)
  const asks = () => ear.heard.filter(({ t }) => t === 'ask').length
  inspector(name)
  page.dispatchEvent(new Event('pagehide'))
  await ear.until(() => ear.heard.some(({ t }) => t === 'leave'))
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  await ear.until(() => asks() === 2)
  expect(ear.heard.map(({ t }) => t)).toEqual(['ask', 'leave', 'ask'])
})

describe('an inspector believes nothing unseen', () => {
  test('garbage and messages of other versions change nothing', async () => {
    const name = freshName()
    const { recorder } = device(name, 'left')
    const connected = inspector(name)
    const ear = eavesdrop(name)
    await until(connected, () => connected.devices().length === 1)
    const id = connected.devices()[0]?.device ?? ''
    for (const message of [
      null,
      'bye',
      { t: 'bye', device: id },
      { v: 2, t: 'bye', device: id },
      { v: 1, t: 'bye', device: { id } },
      { v: 1, t: 'batch', device: id, peerId: '', records: [{ n: 0, kind: 'event' }] },
      { v: 1, t: 'seen', inspector: 'nobody', device: id, n: 1e9 },
      { v: 1, t: 'whole', device: id, recording: { format: 'x' } },
    ])
      ear.say(message)
    device(name, 'right')
    await until(connected, () => connected.devices().length === 2)
    expect(sourceOf(connected, 'left')?.recording()).toEqual(recorder.recording())
  })

  test('a device of a newer version is listed with the reason why it cannot be shown', async () => {
    const name = freshName()
    const connected = inspector(name)
    const ear = eavesdrop(name)
    ear.say({ v: 1, t: 'here', device: 'new' })
    await ear.until(() => ear.heard.some((message) => message.device === 'new'))
    ear.say({ v: 1, t: 'whole', device: 'new', recording: { ...millRecording(1), version: 2 } })
    await until(connected, () => connected.devices().length === 1)
    expect(connected.devices()).toEqual([{ device: 'new', fault: 'recording-newer' }])
  })

  test('one that cannot be read is asked for everything again when it comes anew, not with each batch', async () => {
    const name = freshName()
    const connected = inspector(name)
    const ear = eavesdrop(name)
    const recording = millRecording(1)
    const [record] = recording.records
    const asks = () => ear.heard.filter(({ t, device: to }) => t === 'ask' && to === 'odd').length
    ear.say({ v: 1, t: 'here', device: 'odd' })
    await ear.until(() => asks() === 1)
    ear.say({ v: 1, t: 'whole', device: 'odd', recording: { ...recording, version: 2 } })
    await until(connected, () => connected.devices().length === 1)
    for (let n = 0; n < 5; n++)
      ear.say({ v: 1, t: 'batch', device: 'odd', peerId: 'p', records: [{ ...record, n: n + 100 }] })
    ear.say({ v: 1, t: 'here', device: 'other' })
    await ear.until(() => ear.heard.some(({ t, device: to }) => t === 'ask' && to === 'other'))
    expect(asks()).toBe(1)
    ear.say({ v: 1, t: 'here', device: 'odd' })
    await ear.until(() => asks() === 2)
    ear.say({ v: 1, t: 'whole', device: 'odd', recording })
    await until(connected, () => connected.devices()[0]?.source !== undefined)
  })

  test('a gap is noticed, and everything asked for again', async () => {
    const name = freshName()
    const connected = inspector(name)
    const ear = eavesdrop(name)
    const recording = millRecording(1)
    const asks = () => ear.heard.filter(({ t, device: to }) => t === 'ask' && to === 'gappy').length
    ear.say({ v: 1, t: 'here', device: 'gappy' })
    await ear.until(() => asks() === 1)
    ear.say({ v: 1, t: 'whole', device: 'gappy', recording: { ...recording, records: recording.records.slice(0, 2) } })
    await until(connected, () => connected.devices().length === 1)
    ear.say({ v: 1, t: 'batch', device: 'gappy', peerId: 'p', records: recording.records.slice(4) })
    await ear.until(() => asks() === 2)
    ear.say({ v: 1, t: 'whole', device: 'gappy', recording })
    const told = () => connected.devices()[0]?.source?.recording()
    await until(connected, () => told()?.records.length === recording.records.length)
    expect(told()).toEqual(recording)
  })
})
