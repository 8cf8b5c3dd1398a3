import { afterEach, describe, expect, test, vi } from 'vitest'
import { createActor, createMachine, spawnChild } from 'xstate'
import type { ConnectedInspector } from './connect-inspector.ts'
import { createRecorder } from './create-recorder.ts'
import { serveInspector } from './serve-inspector.ts'
import { atEnd, device, eavesdrop, endAll, freshName, inspector, sourceOf, until } from './channel.testing.ts'

afterEach(endAll)

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
    atEnd(() => actor.stop(), recorder.detach, served.close)
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

test('an inspector that is closed says so, and hears nothing any more', async () => {
  const name = freshName()
  const ear = eavesdrop(name)
  const connected = inspector(name)
  await ear.until(() => ear.heard.some(({ t }) => t === 'ask'))
  connected.close()
  await ear.until(() => ear.heard.some(({ t }) => t === 'leave'))
  ear.say({ v: 1, t: 'here', device: 'late' })
  const other = inspector(name)
  ear.say({ v: 1, t: 'here', device: 'later' })
  await ear.until(() => ear.heard.some(({ device: to }) => to === 'later'))
  other.close()
  await ear.until(() => ear.heard.filter(({ t }) => t === 'leave').length === 2)
  expect(ear.heard.map(({ t, device: to }) => [t, to])).not.toContainEqual(['ask', 'late'])
})

test('an inspector leaves with its page, and asks again when the page is back', async () => {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  atEnd(() => vi.unstubAllGlobals())
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
