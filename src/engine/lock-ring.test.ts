import { describe, expect, test, vi } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { createSimCrypto } from '#sim/crypto'
import { createMemoryDisk, createMemoryJournal, type MemoryDisk } from '#store/memory-journal'
import { FIRST_LOCK_ID, type Lock, lockIdOf, splitLock, withLock } from '#trust/locks'
import { openRoomKeys } from '#trust/room-keys'
import { openLockRing } from './lock-ring.ts'

const sim = createSimCrypto()
let luck = 0
const randomBytes = (length: number) => new Uint8Array(length).fill(++luck)
const suite = sim.suiteFor(randomBytes)
const ROOM = 'the room'
const KNOWN = `${'k'.repeat(21)}A`

const openDevice = async (disk: MemoryDisk = createMemoryDisk(), given?: Lock) => {
  const journal = createMemoryJournal(disk)
  const room = await openRoomKeys(suite, ROOM)
  const faults: string[] = []
  const device = { ...sim.signerOf(randomBytes(32)), keeping: 'kept' as const }
  const onFault = (fault: string) => void faults.push(fault)
  const ring = await openLockRing({ journal, suite, room, device, given, known: () => [KNOWN], onFault })
  return { ring, journal, room, faults, disk }
}
const handedBy = ({ ring }: Awaited<ReturnType<typeof openDevice>>) => {
  const lock = ring.handed
  if (!lock) throw new Error('there is nothing to hand on')
  return lock
}

describe('before any rotation', () => {
  test('a hello names no lock, and everybody has the room’s own in common', async () => {
    const { ring, room } = await openDevice()
    expect([ring.ids(), ring.newest, ring.handed, ring.isNews(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
      false,
    ])
    expect(ring.commonWith(undefined, undefined)?.mac).toBe(room.mac)
    expect(ring.commonWith(['f'.repeat(16)], undefined)).toBeUndefined()
  })
})

describe('a rotated secret', () => {
  test('is handed on, and then both have it in common', async () => {
    const [one, other] = [await openDevice(), await openDevice()]
    await one.ring.rotate()
    const first = one.ring.commonWith(other.ring.ids(), one.ring.ids())
    expect([first?.opensFor(KNOWN), first?.opensFor('a stranger')]).toEqual([true, false])
    expect(one.ring.isNews(other.ring.ids())).toBe(true)
    expect(await other.ring.take(handedBy(one))).toBe(true)
    expect(await other.ring.take(handedBy(one))).toBe(false)
    expect(other.ring.ids()).toEqual(one.ring.ids())
    expect(one.ring.commonWith(other.ring.ids(), one.ring.ids())?.opensFor('a stranger')).toBe(true)
    expect(one.ring.ids()?.at(-1)).toBe(FIRST_LOCK_ID)
    expect(await other.ring.commonWith(one.ring.ids(), other.ring.ids())?.mac.mac(Uint8Array.of(1))).toEqual(
      await one.ring.commonWith(other.ring.ids(), one.ring.ids())?.mac.mac(Uint8Array.of(1)),
    )
  })

  test('survives a restart, and one that an invitation brought does too', async () => {
    const { ring, disk } = await openDevice()
    await ring.rotate()
    expect((await openDevice(disk)).ring.newest).toEqual(ring.newest)
    const { epoch = 0, secret = '' } = ring.newest ?? {}
    const invited = await openDevice(createMemoryDisk(), { epoch, secret })
    const again = await openDevice(invited.disk)
    expect(again.ring.ids()).toEqual(ring.ids())
    // Nobody signed an invitation: what came by one is not handed on.
    expect([again.ring.handed, again.ring.newest?.epoch]).toEqual([undefined, 1])
  })

  test('that nobody signed, or somebody else, or for another time, is not taken', async () => {
    const [one, other] = [await openDevice(), await openDevice()]
    await one.ring.rotate()
    const lock = handedBy(one)
    const forged = [
      { ...lock, sig: 'A'.repeat(86) },
      { ...lock, epoch: lock.epoch + 1 },
      { ...lock, by: handedBy(await rotated()).by },
      { ...lock, epoch: 0 },
      { ...lock, epoch: 2 ** 53 },
      { ...lock, secret: 'short' },
    ]
    for (const each of forged) expect(await other.ring.take(each)).toBe(false)
    expect(other.ring.ids()).toBeUndefined()
  })

  test('at the same time as another: both take the same one for the newest', async () => {
    const [one, other] = [await rotated(), await rotated()]
    const [first, second] = [handedBy(one), handedBy(other)]
    await one.ring.take(second)
    await other.ring.take(first)
    expect(one.ring.newest).toEqual(other.ring.newest)
    expect(one.ring.ids()).toEqual(other.ring.ids())
  })

  test('that the disk does not take changes nothing, and nobody is told', async () => {
    const { ring, journal } = await openDevice()
    const told = vi.fn<() => void>()
    ring.subscribe(told)
    vi.spyOn(journal, 'setMeta').mockRejectedValueOnce(new FieldmeshError('storage-full'))
    await expect(ring.rotate()).rejects.toMatchObject({ code: 'storage-full' })
    expect([ring.ids(), told.mock.calls.length]).toEqual([undefined, 0])
    await ring.rotate()
    expect([ring.ids()?.length, told.mock.calls.length]).toEqual([2, 1])
  })

  test('is found among what is damaged on the disk, which is told', async () => {
    const { ring, disk } = await openDevice()
    await ring.rotate()
    disk.meta.set('locks', [ring.newest, { epoch: -1, secret: 'x' }, 7, null])
    const again = await openDevice(disk)
    expect([again.ring.newest, again.faults]).toEqual([ring.newest, ['storage-corrupt']])
  })

  test('far ahead of all that happened is not taken: nobody can use up the numbers', async () => {
    const [one, other] = [await openDevice(), await openDevice()]
    for (let i = 0; i < 33; i++) await one.ring.rotate()
    expect(await other.ring.take(handedBy(one))).toBe(false)
    await other.ring.rotate()
    expect(await other.ring.take(handedBy(one))).toBe(true)
  })

  test('while another is taken: both are kept', async () => {
    const [one, other] = [await openDevice(), await rotated()]
    await Promise.all([one.ring.rotate(), one.ring.take(handedBy(other)), one.ring.rotate()])
    expect([one.ring.ids()?.length, one.ring.newest?.epoch]).toEqual([4, 2])
  })

  test('that came after the hellos is none of their handshake', async () => {
    const [one, other] = [await openDevice(), await rotated()]
    const said = one.ring.ids()
    await one.ring.take(handedBy(other))
    expect(one.ring.commonWith(other.ring.ids(), said)?.mac).toBe(one.room.mac)
  })

  test('many times keeps the newest, and names three of them and the room’s own', async () => {
    const { ring } = await openDevice()
    for (let i = 0; i < 40; i++) await ring.rotate()
    expect([ring.newest?.epoch, ring.ids()?.length]).toEqual([40, 4])
  })
})

const rotated = async () => {
  const device = await openDevice()
  await device.ring.rotate()
  return device
}

test('an invitation carries its lock behind the secret, and any other text is a secret as it stands', async () => {
  const { ring } = await rotated()
  const text = withLock('AAEC.t', ring.newest)
  expect(splitLock(text)).toEqual({ secret: 'AAEC.t', lock: { epoch: 1, secret: ring.newest?.secret } })
  expect(withLock('words', undefined)).toBe('words')
  for (const words of ['words', 'really!', 'no!1.short', `!1.${'A'.repeat(43)}`, `x!0.${'A'.repeat(43)}`])
    expect(splitLock(words)).toEqual({ secret: words })
  expect(lockIdOf('r', { epoch: 1, secret: 'A' })).not.toBe(lockIdOf('other', { epoch: 1, secret: 'A' }))
})
