import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSyncEngine } from '#engine/create-sync-engine'
import type { SyncEngine } from '#engine/types'
import { FieldmeshError } from '#model/fault'
import { createMemoryWorld, type MemoryWorld } from './support/memory-world.ts'

let world: MemoryWorld
beforeEach(() => {
  world = createMemoryWorld()
})
afterEach(() => world.stop())

const started = async (...names: string[]) => {
  const engines = names.map((name) => world.engine(name))
  await Promise.all(engines.map((engine) => engine.start()))
  return engines
}
const pair = async () => {
  const [a, b] = (await started('a', 'b')) as [SyncEngine, SyncEngine]
  await world.until('a and b are linked', () => linked(a, b) && linked(b, a))
  return { a, b }
}
const linked = (from: SyncEngine, to: SyncEngine) =>
  from.store.getStatus().peers.some((peer) => peer.peerId === to.peerId && peer.state === 'connected')
const value = (engine: SyncEngine, id = 'm1') => engine.record('reading', id)?.value
const view = (engine: SyncEngine) => JSON.stringify([engine.records('reading'), engine.conflicts()])
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `m${i}`,
    resourceType: 'reading',
    action: 'create' as const,
    data: { kwh: i, place: `cellar ${i}` },
  }))

describe('two engines on one network', () => {
  test('what one writes, the other has, durably', async () => {
    const { a, b } = await pair()
    const entry = await a.put('reading', 'm1', { kwh: 812 })
    await world.until('b has it', () => value(b)?.['kwh'] === 812)
    await world.until('a knows', () => a.store.getStatus().outboxCount === 0)
    const dot = { peerId: a.peerId, seq: entry.vectorClock[a.peerId] ?? 0 }
    expect(a.receipts(dot)).toEqual({ dot, state: 'all', on: [b.peerId], lacking: [] })
    expect(a.store.getStatus()).toMatchObject({ mode: 'online', phase: 'running', signalingConnected: true })
    expect(a.store.getStatus().lastSync).toBeGreaterThan(0)
  })

  test('a large import arrives whole, and in both directions', async () => {
    const { a, b } = await pair()
    await a.sync(rows(5_000))
    await b.put('reading', 'of b', { kwh: 1 })
    await world.until('b has all', () => b.records('reading').length === 5_001)
    await world.until('a has all', () => a.records('reading').length === 5_001)
    expect(view(a)).toBe(view(b))
  })

  test('what was written before they met is exchanged when they meet', async () => {
    const [a] = (await started('a')) as [SyncEngine]
    await a.sync(rows(300))
    expect(a.store.getStatus().outboxCount).toBe(300)
    const [b] = (await started('b')) as [SyncEngine]
    await world.until('b has all', () => b.records('reading').length === 300)
    await world.until('the outbox is empty', () => a.store.getStatus().outboxCount === 0)
  })

  test('concurrent edits of one field are a conflict on both, and resolving on one clears it on both', async () => {
    const { a, b } = await pair()
    await a.put('reading', 'm1', { kwh: 1, place: 'cellar' })
    await world.until('b has it', () => value(b) !== undefined)
    world.signaling.setUp(false)
    world.links.cut()
    await world.until('apart', () => !linked(a, b) && !linked(b, a))
    await a.put('reading', 'm1', { kwh: 2 })
    await b.put('reading', 'm1', { kwh: 3, place: 'attic' })
    world.signaling.setUp(true)
    await world.until('one conflict on both', () => a.conflicts().length === 1 && b.conflicts().length === 1)
    expect(view(a)).toBe(view(b))
    expect(value(a)?.['place']).toBe('attic')
    await b.put('reading', 'm1', { kwh: 3 })
    await world.until('no conflict', () => a.conflicts().length + b.conflicts().length === 0)
    expect(view(a)).toBe(view(b))
  })

  test('an edit concurrent with a delete keeps the record, flagged', async () => {
    const { a, b } = await pair()
    await a.put('reading', 'm1', { kwh: 1 })
    await world.until('b has it', () => value(b) !== undefined)
    world.signaling.setUp(false)
    world.links.cut()
    await world.until('apart', () => !linked(a, b) && !linked(b, a))
    await a.remove('reading', 'm1')
    await b.put('reading', 'm1', { kwh: 5 })
    world.signaling.setUp(true)
    await world.until('both flag it', () =>
      [a, b].every((one) => one.record('reading', 'm1')?.editedWhileDeleted === true),
    )
    expect(a.record('reading', 'm1')).toMatchObject({ alive: true, value: { kwh: 5 } })
    expect(view(a)).toBe(view(b))
  })

  test('the link outlives the server, and a third device can join when it is back', async () => {
    const { a, b } = await pair()
    world.signaling.setUp(false)
    await world.until('the server is missed', () => a.store.getStatus().mode === 'offline-p2p')
    await a.put('reading', 'm1', { kwh: 7 })
    await world.until('b has it without a server', () => value(b)?.['kwh'] === 7)
    expect(world.links.open).toBe(1)
    world.signaling.setUp(true)
    const [c] = (await started('c')) as [SyncEngine]
    await world.until('c has it', () => value(c)?.['kwh'] === 7)
    await world.until('all linked', () => world.links.open === 3)
  })
})

describe('what is shown', () => {
  test('a change that only the words of signaling tell reaches whoever is subscribed', async () => {
    const { a } = await pair()
    let notices = 0
    a.store.subscribe(() => notices++)
    a.setSignaling(null)
    await world.until('signaling is off', () => a.store.getStatus().signaling?.state === 'offline')
    const [, why] = a.explain()
    expect(why).toMatchObject({ subject: 'signaling', state: 'offline', healthy: false })
    expect(notices).toBeGreaterThan(0)
    a.setSignaling('ws://memory.test/')
    await world.until('signaling is on', () => a.store.getStatus().signaling?.state === 'online')
  })
})

describe('wrong clocks', () => {
  test('a clock two days ahead loses nothing, and the device is named for it', async () => {
    const [a, b] = [world.engine('a'), world.engine('b', 2 * 24 * 3_600_000)]
    await Promise.all([a.start(), b.start()])
    await b.put('reading', 'm1', { kwh: 1 })
    await world.until('a has it', () => value(a)?.['kwh'] === 1)
    await a.put('reading', 'm1', { kwh: 2 })
    await world.until('b has it', () => value(b)?.['kwh'] === 2)
    expect(view(a)).toBe(view(b))
    await world.until('a says so', () => a.store.getStatus().suspects?.length === 1)
    expect(a.explain(b.peerId)).toContainEqual(expect.objectContaining({ fault: 'clock-suspect', healthy: false }))
    expect(b.store.getStatus().suspects).toBeUndefined()
  })
})

describe('bad luck', () => {
  test('a restarted device has what it wrote, under the same identity, and goes on', async () => {
    const [a] = (await started('a')) as [SyncEngine]
    await a.put('reading', 'm1', { kwh: 1 })
    const { peerId } = a
    await a.stop()
    await a.start()
    expect(a.peerId).toBe(peerId)
    expect(value(a)).toEqual({ kwh: 1 })
    const entry = await a.put('reading', 'm2', { kwh: 2 })
    expect(entry.vectorClock[peerId]).toBe(2)
  })

  test('a full disk at the writer: a clear error, nothing changed, and the next write works', async () => {
    const { a, b } = await pair()
    world.journal('a')?.failNext('full')
    await expect(a.put('reading', 'm1', { kwh: 1 })).rejects.toMatchObject({ code: 'storage-full' })
    expect(a.records('reading')).toEqual([])
    expect(a.store.getStatus().fault).toBe('storage-full')
    await a.put('reading', 'm1', { kwh: 2 })
    await world.until('b has it', () => value(b)?.['kwh'] === 2)
    expect(a.store.getStatus().fault).toBeUndefined()
  })

  test('a full disk at the reader: it is not acknowledged, and arrives once there is space', async () => {
    const { a, b } = await pair()
    world.journal('b')?.failNext('full', 'full')
    await a.put('reading', 'm1', { kwh: 1 })
    await world.until('b says that its disk is full', () => b.store.getStatus().fault === 'storage-full')
    expect(a.store.getStatus().outboxCount).toBe(1)
    await world.until('b has it', () => value(b)?.['kwh'] === 1)
    await world.until('a knows', () => a.store.getStatus().outboxCount === 0)
  })

  test('with no way to reach each other every device says why and what to do, and recovers', async () => {
    world.links.setReachable(false)
    const [a, b] = (await started('a', 'b')) as [SyncEngine, SyncEngine]
    await world.until('a gave up', () => a.store.getStatus().peers.some((peer) => peer.state === 'gaveUp'))
    const [why] = a.explain(b.peerId)
    expect(why).toMatchObject({ subject: 'peer', state: 'gaveUp', healthy: false })
    expect(why?.cause).not.toBe('')
    expect(why?.nextStep).not.toBe('')
    world.links.setReachable(true)
    a.retry()
    b.retry()
    await world.until('linked', () => linked(a, b) && linked(b, a))
  })

  test('many cuts in a row: everything arrives in the end', async () => {
    const { a, b } = await pair()
    for (let round = 0; round < 10; round++) {
      await Promise.all([a.put('reading', `a${round}`, { round }), b.put('reading', `b${round}`, { round })])
      world.links.cut()
      await world.pass(300)
    }
    await world.until('both have all', () => [a, b].every((one) => one.records('reading').length === 20))
    await world.until('outboxes empty', () => [a, b].every((one) => one.store.getStatus().outboxCount === 0))
    expect(view(a)).toBe(view(b))
  })
})

describe('the doorway', () => {
  test('writes before the start and after the stop are refused with words', async () => {
    const engine = world.engine('a')
    await expect(engine.put('reading', 'm1', {})).rejects.toMatchObject({ code: 'not-running' })
    await engine.start()
    await engine.stop()
    await expect(engine.put('reading', 'm1', {})).rejects.toBeInstanceOf(FieldmeshError)
  })

  test('bad options are refused by name', () => {
    const make = (options: unknown) => () => createSyncEngine(options as Parameters<typeof createSyncEngine>[0])
    expect(make({ room: '' })).toThrow(expect.objectContaining({ code: 'room-invalid' }))
    expect(make({ room: 'r', signaling: 'http://x' })).toThrow(expect.objectContaining({ code: 'signaling-url' }))
    expect(make({ room: 'r', maxDirectPeers: 0 })).toThrow(expect.objectContaining({ code: 'options-invalid' }))
    expect(make({ room: 'r', storage: { name: '../x' } })).toThrow(expect.objectContaining({ code: 'options-invalid' }))
    expect(make(null)).toThrow(expect.objectContaining({ code: 'options-invalid' }))
  })

  test('an invalid entry among many rejects the call whole', async () => {
    const [a] = (await started('a')) as [SyncEngine]
    const bad = { id: '', resourceType: 'reading', action: 'create' as const, data: {} }
    await expect(a.sync([...rows(3), bad])).rejects.toMatchObject({ code: 'entry-malformed' })
    expect(a.records('reading')).toEqual([])
  })

  test('events tell of status and entries; unsubscribing ends them', async () => {
    const [a] = (await started('a')) as [SyncEngine]
    const seen: string[] = []
    const off = a.on('entries', ({ origin, dots }) => seen.push(`${origin} ${dots.length}`))
    await a.put('reading', 'm1', { kwh: 1 })
    off()
    await a.put('reading', 'm2', { kwh: 1 })
    expect(seen).toEqual(['own 1'])
  })
})
