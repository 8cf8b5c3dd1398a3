import { expect, test } from 'vitest'
import {
  inviteLink,
  isLoopback,
  newBookLink,
  nextDeviceLink,
  readAddress,
  sameHostSignaling,
  withFragment,
  withoutRoom,
  withRoom,
  withSignaling,
} from './address.ts'

test('room, device and signaling server come from the address', () => {
  expect(readAddress('http://h/?device=van&signaling=ws://s/#room=abc&tab=import')).toEqual({
    device: 'van',
    fresh: false,
    secret: 'abc',
    signaling: 'ws://s/',
  })
  expect(readAddress('http://h/?store=van').device).toBe('van')
  expect(readAddress('http://h/')).toEqual({ device: 'device-1', fresh: false })
  expect(readAddress('http://h/?new').fresh).toBe(true)
})

test('a device name that storage would refuse is made fit', () => {
  expect(readAddress('http://h/?device=Anna’s%20van').device).toBe('Anna-s-van')
  expect(readAddress(`http://h/?device=${'x'.repeat(99)}`).device).toHaveLength(64)
  expect(readAddress('http://h/?device=').device).toBe('device-1')
})

test('an invitation carries the room and nothing of this device', () => {
  const link = inviteLink('http://h/app/?device=van&new#room=old&tab=import', 'a+b/c', 'ws://h/')
  expect(link).toMatch(/^http:\/\/h\/app\/#room=[0-9a-z]{4}~a%2Bb%2Fc$/)
  expect(readAddress(link).secret).toBe('a+b/c')
})

test('an invitation carries the signaling server unless it is on the host of the page', () => {
  const carried = (href: string, server: string | null) => readAddress(inviteLink(href, 'r', server)).signaling
  expect(carried('http://h/', 'wss://s.example.org')).toBe('wss://s.example.org')
  expect(carried('http://h/?signaling=ws://old/', 'wss://s.example.org')).toBe('wss://s.example.org')
  expect(carried('http://h/?signaling=ws://old/', 'ws://h')).toBeUndefined()
  expect(carried('http://h/?signaling=ws://old/', null)).toBeUndefined()
})

test('a damaged invitation is told apart from a bare address and a bare room', () => {
  const link = inviteLink('http://h/', 'secret', null)
  expect(readAddress(link.slice(0, -1))).toEqual({ device: 'device-1', fresh: false, damaged: true })
  expect(readAddress('http://h/').damaged).toBeUndefined()
  expect(readAddress('http://h/#room=the%20room').secret).toBe('the room')
})

test('each further device gets a name of its own', () => {
  const next = (href: string) => readAddress(nextDeviceLink(href, 'r', 'ws://s/'))
  expect(next('http://h/#room=r')).toEqual({ device: 'device-2', fresh: false, secret: 'r', signaling: 'ws://s/' })
  expect(next('http://h/?device=device-2#room=r').device).toBe('device-3')
  expect(next('http://h/?device=van#room=r').device).toBe('van-2')
})

test('a new field book is asked for once, and leaves the room and the tab behind', () => {
  const link = newBookLink('http://h/app/?device=van#room=old&tab=import')
  expect(readAddress(link)).toEqual({ device: 'van', fresh: true })
  expect(readAddress(withRoom(link, 'r'))).toEqual({ device: 'van', fresh: false, secret: 'r' })
})

test('a new field book carries the rule of who may join it, and no rule that nobody knows', () => {
  for (const policy of ['tofu', 'certified'] as const) {
    const link = newBookLink('http://h/?device=van', policy)
    expect(readAddress(link)).toEqual({ device: 'van', fresh: true, membership: policy })
    expect(readAddress(withRoom(link, 'r'))).toEqual({ device: 'van', fresh: false, secret: 'r' })
  }
  expect(readAddress(newBookLink('http://h/', 'secret-only'))).toEqual({ device: 'device-1', fresh: true })
  expect(readAddress('http://h/?new=certifed').damaged).toBe(true)
})

test('the room is taken out of the address, and nothing else', () => {
  expect(withoutRoom('http://h/?device=van&new#room=r&tab=import')).toBe('http://h/?device=van#tab=import')
  expect(withoutRoom(withRoom('http://h/', 'secret'))).toBe('http://h/')
})

test('a signaling server in the address is changed or removed without touching the room', () => {
  const href = 'http://h/?signaling=garbage#room=r&tab=import'
  expect(withSignaling(href, null)).toBe('http://h/#room=r&tab=import')
  expect(readAddress(withSignaling(href, 'ws://s/')).signaling).toBe('ws://s/')
})

test.each(['localhost', 'app.localhost', '127.0.0.1', '[::1]'])('%s is in reach of this computer only', (host) => {
  expect(isLoopback(host)).toBe(true)
})

test.each(['192.168.1.7', 'localhost.example.org', 'field.example.org', '127.example.org'])(
  '%s may be in reach of other devices',
  (host) => {
    expect(isLoopback(host)).toBe(false)
  },
)

test('a tab is kept in the fragment beside the room', () => {
  expect(withFragment('http://h/#room=r', { tab: 'import' })).toBe('http://h/#room=r&tab=import')
  expect(withFragment('http://h/#room=r&tab=import', { tab: null })).toBe('http://h/#room=r')
})

test('signaling is looked for on the host of the page', () => {
  expect(sameHostSignaling(new URL('https://field.example.org/app/'))).toBe('wss://field.example.org/')
  expect(sameHostSignaling(new URL('http://localhost:8787/'))).toBe('ws://localhost:8787/')
})
