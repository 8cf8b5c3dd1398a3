import { expect, test } from 'vitest'
import { inviteLink } from './address.ts'
import { keepRoom, keptRoom } from './kept-room.ts'

const memory = () => {
  const kept = new Map<string, string>()
  const keeper = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  return () => keeper
}
const invitation = (secret: string, signaling: string | null = null) => inviteLink('http://h/', secret, signaling)

test('the bare address opens the room that this device had open last', () => {
  const keeper = memory()
  keepRoom(keeper, 'van', invitation('first'))
  keepRoom(keeper, 'van', invitation('second'))
  keepRoom(keeper, 'truck', invitation('third'))
  expect(keptRoom(keeper, 'van').secret).toBe('second')
})

test('a device that had no room yet joins the one last open in this browser', () => {
  const keeper = memory()
  expect(keptRoom(keeper, 'van').secret).toBeUndefined()
  keepRoom(keeper, 'truck', invitation('r'))
  expect(keptRoom(keeper, 'van').secret).toBe('r')
})

test('the signaling server of the invitation is kept with the room', () => {
  const keeper = memory()
  keepRoom(keeper, 'van', invitation('r', 'wss://signal.example.org'))
  expect(keptRoom(keeper, 'van').signaling).toBe('wss://signal.example.org')
})

test('without localStorage, or with something else in it, no room is kept', () => {
  const forbidden = () => {
    throw new Error('SecurityError')
  }
  expect(() => keepRoom(forbidden, 'van', invitation('r'))).not.toThrow()
  expect(keptRoom(forbidden, 'van')).toEqual({})
  expect(keptRoom(() => ({ getItem: () => 'junk', setItem: () => {} }), 'van')).toEqual({})
})
