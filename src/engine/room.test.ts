import { expect, test, vi } from 'vitest'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import vectors from '../trust/vectors.json' with { type: 'json' }
import { asRoom, createRoom, openKeys, openRoom } from './room.ts'

test('a new room can be opened by its secret alone, and is no other', async () => {
  const room = await createRoom()
  expect(await openRoom(room.secret)).toEqual(room)
  expect([room.secret, room.id]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)])
  expect((await createRoom()).id).not.toBe(room.id)
})

test('the id is the public key that follows from the secret, one that people made up too', async () => {
  for (const { secret, id } of vectors.rooms) expect(await openRoom(secret)).toEqual({ id, secret })
})

test('what a device keeps of a room lies under the same name as ever', () => {
  for (const { secret, tag, id } of vectors.rooms) {
    expect(asRoom(secret)).toEqual({ secret, tag, policy: 'secret-only' })
    expect(asRoom({ id, secret })).toEqual({ id, secret, tag, policy: 'secret-only' })
  }
})

test.each([
  '',
  'x'.repeat(257),
  '\ud800',
  7,
  null,
  {},
  { id: 'a' },
  { id: '', secret: 's' },
  { id: 'bph16lfjHxmmk1_-dmx_QA', secret: 'substation 7' },
  { id: vectors.rooms[0]?.id, secret: '' },
])('%j is not a room', (bad) => {
  expect(() => asRoom(bad)).toThrow(expect.objectContaining({ code: 'room-invalid' }))
})

test.each(['', 'x'.repeat(257), 7])('%j opens no room', async (bad) => {
  await expect(openRoom(bad as string)).rejects.toMatchObject({ code: 'room-invalid' })
})

test('an id that is not the one of the secret is refused when the room is opened', async () => {
  const [one, other] = vectors.rooms
  const suite = createWebCrypto()
  const given = asRoom({ id: other?.id, secret: one?.secret })
  await expect(openKeys(suite, given)).rejects.toMatchObject({ code: 'room-invalid' })
  expect((await openKeys(suite, asRoom({ id: one?.id, secret: one?.secret }))).id).toBe(one?.id)
})

test('a secret that people made up is stretched once in a page, however often its room is opened', async () => {
  const suite = createWebCrypto()
  const stretch = vi.spyOn(suite, 'stretch')
  const opened = await Promise.all(['a', 'a', 'b'].map((secret) => openKeys(suite, asRoom(secret))))
  expect((await openKeys(suite, asRoom({ id: opened[0]?.id, secret: 'a' }))).id).toBe(opened[0]?.id)
  expect(stretch.mock.calls.map(([{ words, rounds }]) => [new TextDecoder().decode(words), rounds])).toEqual([
    ['a', 600_000],
    ['b', 600_000],
  ])
})

test('a room that could not be opened is tried again', async () => {
  const suite = createWebCrypto()
  vi.spyOn(suite, 'stretch').mockRejectedValueOnce(new Error('no memory'))
  await expect(openKeys(suite, asRoom('a'))).rejects.toThrow('no memory')
  expect((await openKeys(suite, asRoom('a'))).id).toMatch(/^[\w-]{43}$/)
})
