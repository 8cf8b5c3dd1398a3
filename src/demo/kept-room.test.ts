import { expect, test } from 'vitest'
import { inviteLink } from './address.ts'
import { keepRoom, keptRoom, type Keeper } from './kept-room.ts'

const memory = (): (() => Keeper) => {
  const kept = new Map<string, string>()
  const keeper = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  return () => keeper
}
const forbidden = (): Keeper => {
  throw new Error('SecurityError')
}
const invitation = (secret: string, signaling: string | null = null) => inviteLink('http://h/', secret, signaling)
/** One browser, and a tab in it. */
const open = () => ({ tab: memory(), browser: memory() })

test('the bare address opens the room that this device had open last', () => {
  const keepers = open()
  keepRoom(keepers, 'van', invitation('first'))
  keepRoom(keepers, 'van', invitation('second'))
  keepRoom(keepers, 'truck', invitation('third'))
  expect(keptRoom({ ...keepers, tab: memory() }, 'van').secret).toBe('second')
})

test('a tab reloads into its own room, whatever another one has opened since', () => {
  const keepers = open()
  expect(keepRoom(keepers, 'van', invitation('here'))).toBe(true)
  const other = { ...keepers, tab: memory() }
  keepRoom(other, 'van', invitation('there'))
  expect(keptRoom(keepers, 'van').secret).toBe('here')
  expect(keptRoom(other, 'van').secret).toBe('there')
})

test('another device in the same tab has a room of its own', () => {
  const keepers = open()
  keepRoom({ ...keepers, tab: memory() }, 'truck', invitation('of the truck'))
  keepRoom(keepers, 'van', invitation('of the van'))
  expect(keptRoom(keepers, 'truck').secret).toBe('of the truck')
})

test('a device that had no room yet joins the one last open in this browser', () => {
  const keepers = open()
  expect(keptRoom(keepers, 'van').secret).toBeUndefined()
  keepRoom(keepers, 'truck', invitation('r'))
  expect(keptRoom(keepers, 'van').secret).toBe('r')
})

test('the signaling server of the invitation is kept with the room', () => {
  const keepers = open()
  keepRoom(keepers, 'van', invitation('r', 'wss://signal.example.org'))
  expect(keptRoom(keepers, 'van').signaling).toBe('wss://signal.example.org')
})

test('a tab that keeps nothing says so: the address then has to hold the room', () => {
  const invited = invitation('r')
  expect(keepRoom({ tab: forbidden, browser: memory() }, 'van', invited)).toBe(false)
  expect(keepRoom({ tab: () => ({ getItem: () => null, setItem: () => {} }), browser: memory() }, 'van', invited)).toBe(
    false,
  )
  expect(keepRoom({ tab: memory(), browser: forbidden }, 'van', invited)).toBe(true)
})

test('without storage, or with something else in it, no room is kept', () => {
  const none = { tab: forbidden, browser: forbidden }
  expect(() => keepRoom(none, 'van', invitation('r'))).not.toThrow()
  expect(keptRoom(none, 'van')).toEqual({})
  expect(keptRoom({ ...none, browser: () => ({ getItem: () => 'junk', setItem: () => {} }) }, 'van')).toEqual({})
})
