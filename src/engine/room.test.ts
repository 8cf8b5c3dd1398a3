import { expect, test } from 'vitest'
import { asRoom, createRoom, openRoom } from './room.ts'

test('a new room can be opened by its secret alone, and is no other', async () => {
  const room = await createRoom()
  expect(await openRoom(room.secret)).toEqual(room)
  expect(room.secret).toMatch(/^[\w-]{43}$/)
  expect(room.id).toMatch(/^[\w-]{22}$/)
  expect((await createRoom()).id).not.toBe(room.id)
})

test('the id is fixed by the secret, and does not show it', async () => {
  expect(await openRoom('substation 7')).toEqual({ id: 'bph16lfjHxmmk1_-dmx_QA', secret: 'substation 7' })
})

test.each(['', 'x'.repeat(257), '\ud800', 7, null, {}, { id: 'a' }, { id: '', secret: 's' }])(
  '%j is not a room',
  (bad) => {
    expect(() => asRoom(bad)).toThrow(expect.objectContaining({ code: 'room-invalid' }))
  },
)
