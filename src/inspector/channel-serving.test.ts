import { afterEach, describe, expect, test } from 'vitest'
import type { InspectRecord } from './records.types.ts'
import { device, eavesdrop, endAll, freshName, sentTo, toldDevice } from './channel.testing.ts'

afterEach(endAll)

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

  /** How many times everything is sent to those who all ask at once. */
  const answersTo = async (name: string, inspectors: readonly string[]): Promise<number> => {
    const ear = eavesdrop(name)
    const { add } = toldDevice(name)
    for (const inspector of inspectors) ear.say({ v: 1, t: 'ask', inspector })
    await ear.until(() => ear.heard.some(({ t }) => t === 'whole'))
    // Messages keep their order: this comes after all answers.
    add(1)
    await ear.until(() => ear.heard.some(({ t }) => t === 'batch'))
    return ear.heard.filter(({ t }) => t === 'whole').length
  }

  test('one that asks a hundred times at once is not sent everything a hundred times', async () => {
    const asks = Array.from({ length: 100 }, () => 'restless')
    expect(await answersTo(freshName(), asks)).toBe(1)
  })

  test('of a hundred that ask at once only so many are answered', async () => {
    const asks = Array.from({ length: 100 }, (_, at) => `i${at}`)
    expect(await answersTo(freshName(), asks)).toBe(16)
  })

  test('one that asked and left at once is sent nothing, and nobody is watched for it', async () => {
    const name = freshName()
    const ear = eavesdrop(name)
    const { add } = toldDevice(name)
    ear.say({ v: 1, t: 'ask', inspector: 'hasty' })
    ear.say({ v: 1, t: 'leave', inspector: 'hasty' })
    ear.say({ v: 1, t: 'ask', inspector: 'patient' })
    await ear.until(() => ear.heard.some(({ t }) => t === 'whole'))
    add(1)
    await ear.until(() => ear.heard.some(({ t }) => t === 'batch'))
    expect(ear.heard.map(({ t }) => t)).toEqual(['here', 'whole', 'batch'])
  })
})
