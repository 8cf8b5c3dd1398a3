import { afterEach, expect, test, vi } from 'vitest'
import { keepAddress } from './keep-address.ts'
import { writeInvitation } from './room-check.ts'

afterEach(() => vi.unstubAllGlobals())

/** A page at an address, in a browser that has these properties. */
const openPage = (href: string, navigator: object = {}) => {
  const location = { href, reload: vi.fn<() => void>() }
  const listeners: (() => void)[] = []
  vi.stubGlobal('location', location)
  vi.stubGlobal('navigator', navigator)
  vi.stubGlobal('history', {
    state: null,
    replaceState: (_state: unknown, _title: string, to: string) => {
      location.href = to
    },
  })
  vi.stubGlobal('addEventListener', (_type: string, listener: () => void) => listeners.push(listener))
  return {
    location,
    /** As by typing over the address. */
    enter: (to: string) => {
      location.href = to
      for (const listener of listeners) listener()
    },
  }
}
const checked = `http://h/#room=${writeInvitation('r')}`

test('a room that the tab keeps leaves the address, and nothing else does', () => {
  const { location } = openPage('http://h/?device=van#room=r&tab=devices')
  keepAddress('r', true)
  expect(location.href).toBe('http://h/?device=van#tab=devices')
})

test('a room that the tab does not keep stays in the address, or comes into it', () => {
  const { location, enter } = openPage('http://h/?new')
  keepAddress('r', false)
  expect(location.href).toBe(checked)
  enter('http://h/')
  expect(location.href).toBe(checked)
})

test('where an icon on the home screen is a copy of the address, it holds the room', () => {
  const { location } = openPage('http://h/', { standalone: false })
  keepAddress('r', true)
  expect(location.href).toBe(checked)
})

test('the invitation to the open room, once more, is taken out again', () => {
  const { location, enter } = openPage('http://h/')
  keepAddress('r', true)
  enter(checked)
  expect(location.href).toBe('http://h/')
  enter('http://h/#tab=import')
  expect(location.href).toBe('http://h/#tab=import')
  expect(location.reload).not.toHaveBeenCalled()
})

test.each(['http://h/#room=another', `${checked}x`])('%s over the address opens what it says', (href) => {
  const { location, enter } = openPage('http://h/')
  keepAddress('r', true)
  enter(href)
  expect(location.reload).toHaveBeenCalledOnce()
  expect(location.href).toBe(href)
})
