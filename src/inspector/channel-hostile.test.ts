import { afterEach, describe, expect, test } from 'vitest'
import { millRecording } from './recording.testing.ts'
import { device, eavesdrop, endAll, freshName, inspector, sourceOf, until } from './channel.testing.ts'

afterEach(endAll)

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
