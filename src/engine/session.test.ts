import { fromCallback } from 'xstate'
import { afterEach, describe, expect, test } from 'vitest'
import { alwaysLeader } from '#adapters/storage/leadership'
import { FieldmeshError } from '#model/fault'
import { createSimCrypto } from '#sim/crypto'
import { createRandom } from '#sim/random'
import { createMemoryDisk, createMemoryJournal } from '#store/memory-journal'
import { base64url } from '#model/base64url'
import { peerIdOf } from '#trust/peer-id-of'
import { openRoomKeys } from '#trust/room-keys'
import type { DeviceKeys, KeyKeeping } from '#trust/crypto.types'
import { createSyncEngine } from './create-sync-engine.ts'
import { platformPorts } from './platform-ports.ts'
import type { EnginePorts } from './ports.ts'
import { asRoom } from './room.ts'
import { closeSession, openSession } from './session.ts'
import type { EngineEvents, SyncEngine } from './types.ts'

const { bytes } = createRandom(5)
const sim = createSimCrypto()
const suite = sim.suiteFor(bytes)
const place = (more: Partial<EnginePorts> = {}) => {
  const disk = createMemoryDisk()
  const ports: EnginePorts = {
    ...platformPorts([], new AbortController().signal),
    presence: fromCallback(() => {}),
    leadership: alwaysLeader,
    openJournal: async () => createMemoryJournal(disk),
    crypto: suite,
    deviceKeys: sim.keysFor(bytes),
    randomBytes: bytes,
    ...more,
  }
  return {
    disk,
    ports,
    open: (room: unknown = 'a room') => openSession({ name: 's', room: asRoom(room), ports }, () => {}),
  }
}
/** Keys as of a browser that keeps them in such a way. */
const keptAs = (keeping: KeyKeeping): DeviceKeys => {
  const keys = sim.keysFor(bytes)
  const as = <T extends object>(key: T | undefined) => key && { ...key, keeping }
  return {
    find: async (store) => as(await keys.find(store)),
    create: async (store) => ({ ...(await keys.create(store)), keeping }),
  }
}

test('a session has the keys of its room and device, and the id that follows from the device’s', async () => {
  const { open } = place()
  const session = await open()
  const keys = await openRoomKeys(suite, 'a room')
  expect([session.room.id, session.opened.room]).toEqual([keys.id, keys.id])
  const signature = await session.device.sign(bytes(9))
  expect(signature).toHaveLength(64)
  expect(session.opened.peerId).toBe(peerIdOf(session.device.publicKey))
  expect(session.keyFault).toBeUndefined()
})

test('a device keeps its id and its key from session to session', async () => {
  const { open } = place()
  const [one, two] = [await open(), await open()]
  expect(two.opened.peerId).toBe(one.opened.peerId)
  expect(two.device.publicKey).toEqual(one.device.publicKey)
})

test('stores of one device have keys of their own', async () => {
  const { ports } = place()
  const at = (name: string) =>
    openSession(
      { name, room: asRoom('r'), ports: { ...ports, openJournal: async () => createMemoryJournal() } },
      () => {},
    )
  expect((await at('one')).opened.peerId).not.toBe((await at('two')).opened.peerId)
})

test('nothing stays open where the room or the key cannot be opened', async () => {
  const closed: string[] = []
  const openJournal = async () => {
    const journal = createMemoryJournal()
    return { ...journal, close: async () => void closed.push('journal') }
  }
  const refuse = async () => {
    throw new FieldmeshError('key-exposed')
  }
  const { open } = place({ openJournal, deviceKeys: { find: refuse, create: refuse } })
  const other = (await openRoomKeys(suite, 'another')).id
  await expect(open({ id: other, secret: 'a room' })).rejects.toMatchObject({ code: 'room-invalid' })
  expect(closed).toEqual([])
  await expect(open()).rejects.toMatchObject({ code: 'key-exposed' })
  expect(closed).toEqual(['journal'])
})

test('a store from before there were keys goes on under a new id; what it holds is still its own', async () => {
  const { open, disk } = place()
  const before = peerIdOf(bytes(32))
  await createMemoryJournal(disk).setMeta('identity', {
    peerId: before,
    epoch: 3,
    since: 0,
    retired: false,
    former: [],
  })
  const session = await open()
  expect([...session.own]).toEqual([session.opened.peerId, before])
  await closeSession(session)
  expect((await open()).opened.peerId).toBe(session.opened.peerId)
})

describe('an engine', () => {
  const engines: SyncEngine[] = []
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.stop()))
  })
  const make = (ports: EnginePorts, room: Parameters<typeof createSyncEngine>[0]['room'] = 'a room') => {
    const engine = createSyncEngine({ room, ports })
    engines.push(engine)
    const faults: EngineEvents['fault'][] = []
    engine.on('fault', (event) => faults.push(event))
    return { engine, faults }
  }

  test('knows the id of its room once it was opened, or from the Room it was given', async () => {
    const { id } = await openRoomKeys(suite, 'a room')
    const bare = make(place().ports).engine
    expect(bare.room).toEqual({ id: '', secret: 'a room' })
    await bare.start()
    expect(bare.room).toEqual({ id, secret: 'a room' })
    expect(make(place().ports, { id, secret: 'a room' }).engine.room).toEqual({ id, secret: 'a room' })
  })

  test('does not start in a room whose id is another’s, and says so', async () => {
    const { id } = await openRoomKeys(suite, 'another')
    const { engine } = make(place().ports, { id, secret: 'a room' })
    await expect(engine.start()).rejects.toMatchObject({ code: 'room-invalid' })
    expect(engine.explain()[0]).toMatchObject({ state: 'failed', fault: 'room-invalid', healthy: false })
  })

  test('whose key is not kept tells it, and what to do, for as long as it runs; it works all the same', async () => {
    const { engine, faults } = make(place({ deviceKeys: keptAs('memory') }).ports)
    await engine.start()
    expect(faults).toEqual([{ fault: 'key-not-kept' }])
    await engine.put('reading', 'm', { kwh: 1 })
    expect(engine.record('reading', 'm')?.value).toEqual({ kwh: 1 })
    expect(engine.store.getStatus()).toMatchObject({ phase: 'running', fault: 'key-not-kept' })
    expect(engine.explain()[0]).toMatchObject({
      subject: 'storage',
      healthy: false,
      cause: expect.stringContaining('keeps no keys'),
      nextStep: expect.stringContaining('private browsing'),
    })
    await engine.stop()
    await engine.start()
    expect(engine.store.getStatus().fault).toBe('key-not-kept')
  })

  test('tells a full disk first, and of its key again afterwards', async () => {
    const journal = createMemoryJournal()
    const { engine, faults } = make(place({ openJournal: async () => journal, deviceKeys: keptAs('memory') }).ports)
    await engine.start()
    journal.failNext('full')
    await expect(engine.put('reading', 'm', { kwh: 1 })).rejects.toMatchObject({ code: 'storage-full' })
    expect(engine.store.getStatus().fault).toBe('storage-full')
    await engine.put('reading', 'm', { kwh: 1 })
    expect(engine.store.getStatus().fault).toBe('key-not-kept')
    expect(faults.map(({ fault }) => fault)).toEqual(['key-not-kept', 'storage-full'])
  })

  test.each(['kept', 'wrapped', 'pin', 'file'] as const)('whose key is kept (%s) says nothing', async (keeping) => {
    const { engine, faults } = make(place({ deviceKeys: keptAs(keeping) }).ports)
    await engine.start()
    expect([faults, engine.store.getStatus().fault]).toEqual([[], undefined])
  })
})

test('a founder’s key makes the device an admin of its own room, once, and of no other', async () => {
  const seed = bytes(32)
  const root = base64url(sim.signerOf(seed).publicKey)
  const secret = `${base64url(bytes(32))}.c${root}`
  const now = 1_700_000_000_000
  const { open, disk } = place({ now: () => now })
  const founded = await open({ secret, founder: base64url(seed) })
  const { peerId } = founded.opened
  expect(founded.store.membership.memberAt(peerId, now)).toMatchObject({ role: 'admin', by: 'root' })
  await closeSession(founded)
  const again = await open({ secret, founder: base64url(seed) })
  expect([again.store.size, again.opened.peerId]).toEqual([1, peerId])
  await closeSession(again)
  const before = disk.segments.length
  await expect(open({ secret, founder: base64url(bytes(32)) })).rejects.toMatchObject({ code: 'room-invalid' })
  await expect(place().open({ secret: 'a room', founder: base64url(seed) })).rejects.toMatchObject({
    code: 'room-invalid',
  })
  expect(disk.segments).toHaveLength(before)
})
