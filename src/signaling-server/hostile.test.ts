import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { idOf } from '../../tests/support/named-keys.ts'
import { joinRoom, openClient, type SignalingClient } from '../../tests/support/signaling-client.ts'
import { createSignalingServer, type SignalingServer } from './create-signaling-server.ts'
import type { SignalingLimits } from './limits.ts'

// For a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 })
const PATIENCE = { timeout: 10_000 }

/** Two devices that want nothing but their work, next to whatever happens. */
interface Pair {
  /** Resolves when each has heard from the other once more. */
  exchange(): Promise<void>
  /** One exchange more, and no error or departure in all the time. */
  noticedNothing(): Promise<void>
}

let server: SignalingServer
let pair: Pair
let rawSockets: Socket[] = []

const createPair = async (url: string): Promise<Pair> => {
  const [ada, bob] = [await joinRoom(url, 'workers', 'ada'), await joinRoom(url, 'workers', 'bob')]
  let id = 0
  const exchange = async () => {
    id += 1
    ada.send({ t: 'signal', to: idOf('bob'), id, box: `to bob ${id}` })
    bob.send({ t: 'signal', to: idOf('ada'), id, box: `to ada ${id}` })
    expect(await bob.next('signal')).toEqual({ t: 'signal', from: idOf('ada'), id, box: `to bob ${id}` })
    expect(await ada.next('signal')).toEqual({ t: 'signal', from: idOf('bob'), id, box: `to ada ${id}` })
  }
  return {
    exchange,
    async noticedNothing() {
      await exchange()
      const heard = [...ada.frames, ...bob.frames].map(({ t }) => t)
      expect(heard).not.toContain('error')
      expect(heard).not.toContain('peer-left')
      expect([ada.socket.readyState, bob.socket.readyState]).toEqual([ada.socket.OPEN, bob.socket.OPEN])
    },
  }
}

const start = async (limits: Partial<SignalingLimits> = {}, allowedOrigins?: readonly string[]) => {
  server = await createSignalingServer({ limits, ...(allowedOrigins && { allowedOrigins }) })
  pair = await createPair(server.url)
  await pair.exchange()
}

const metrics = async () => (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()
const refused = (code: string) =>
  expect.poll(metrics, PATIENCE).toMatch(new RegExp(`fieldmesh_signaling_refusals_total\\{code="${code}"\\} [1-9]`))

/** A TCP connection without a WebSocket behind it; resolves to all it was answered, when the server cut it. */
const rawConnection = async (bytes: string | Buffer): Promise<{ readonly answered: Promise<string> }> => {
  const socket = connect(server.port, '127.0.0.1')
  rawSockets.push(socket)
  let answer = ''
  socket.on('data', (data) => {
    answer += data.toString('latin1')
  })
  socket.on('error', () => {})
  const closed = once(socket, 'close').then(() => answer)
  await once(socket, 'connect')
  socket.write(bytes)
  return { answered: closed }
}

/** A close frame without a reason, as latin1. */
const closeFrame = (code: number) => String.fromCharCode(0x88, 2, code >> 8, code & 0xff)

/** The last words of the server to a device: error code, if any, and close code. */
const lastWords = async (device: SignalingClient) => {
  const close = await device.closed
  return { close, error: device.frames.find(({ t }) => t === 'error')?.['code'] }
}

beforeEach(() => {
  rawSockets = []
})
afterEach(async () => {
  vi.useRealTimers()
  await pair.noticedNothing()
  for (const socket of rawSockets) socket.destroy()
  await server.close()
})

describe('a hostile device is refused with its code, and the others keep working', () => {
  it.each([
    ['text that is not JSON', 'dance', 'bad-json'],
    ['JSON of no frame', '{"t":"dance"}', 'bad-message'],
    ['a frame with a field too many', '{"t":"join","room":"r","peer":"p","admin":true}', 'bad-message'],
    ['a prototype for a field', '{"t":"leave","__proto__":{"x":1}}', 'bad-message'],
    ['JSON nested thousands deep', `${'['.repeat(8_000)}${']'.repeat(8_000)}`, 'bad-message'],
  ])('%s', async (_, text, code) => {
    await start()
    const device = await joinRoom(server.url, 'hostile', 'mallory')
    device.send(text)
    expect(await lastWords(device)).toEqual({ close: 1007, error: code })
    await refused(code)
  })

  it('a binary frame', async () => {
    await start()
    const device = await joinRoom(server.url, 'hostile', 'mallory')
    device.socket.send(Buffer.from('{"t":"leave"}'))
    expect(await lastWords(device)).toEqual({ close: 1007, error: 'bad-message' })
  })

  it('text that is not UTF-8', async () => {
    await start()
    const device = await joinRoom(server.url, 'hostile', 'mallory')
    device.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false })
    expect(await lastWords(device)).toMatchObject({ close: 1007 })
    await refused('bad-json')
  })

  it('an oversized frame', async () => {
    await start()
    const device = await joinRoom(server.url, 'hostile', 'mallory')
    device.send('x'.repeat(16 * 1024 + 1))
    expect(await lastWords(device)).toMatchObject({ close: 1009 })
    await refused('too-large')
  })

  it('an oversized frame in small pieces', async () => {
    await start()
    const device = await joinRoom(server.url, 'hostile', 'mallory')
    for (let i = 0; i < 9; i += 1) device.socket.send('x'.repeat(2 * 1024), { fin: false })
    expect(await lastWords(device)).toMatchObject({ close: 1009 })
  })

  it('an oversized signal in a frame that fits: the signal is refused, the device may stay', async () => {
    await start()
    const device = await joinRoom(server.url, 'workers', 'clumsy')
    device.send({ t: 'signal', to: idOf('ada'), id: 5, box: 'x'.repeat(12 * 1024 + 1) })
    expect(await device.next('error')).toEqual({ t: 'error', code: 'too-large', ref: 5 })
    device.send({ t: 'signal', to: idOf('nobody'), id: 6, box: '' })
    expect(await device.next('error')).toMatchObject({ code: 'peer-unknown' })
  })

  it.each([
    ['full', 'x'],
    ['empty', ''],
  ])('ten thousand %s fragments', async (_, piece) => {
    await start()
    const device = await joinRoom(server.url, 'hostile', 'mallory')
    for (let i = 0; i < 10_000; i += 1) device.socket.send(piece, { fin: false })
    expect(await lastWords(device)).toMatchObject({ close: 1008 })
    await refused('too-large')
  })

  it('a flood of frames', async () => {
    await start({ burst: 20 })
    const device = await joinRoom(server.url, 'hostile', 'mallory')
    for (let i = 0; i < 2_000; i += 1) device.send({ t: 'signal', to: idOf('nobody'), id: i, box: '' })
    expect(await device.closed).toBe(1013)
    const errors = device.frames.filter(({ t }) => t === 'error')
    expect(errors.filter(({ code }) => code === 'rate-limited')[0]).toMatchObject({ retryMs: expect.any(Number) })
    expect(errors.length).toBeLessThan(200)
  })

  it('a flood of pings', async () => {
    await start({ burst: 20 })
    const device = await joinRoom(server.url, 'hostile', 'mallory')
    for (let i = 0; i < 2_000; i += 1) device.socket.ping()
    expect(await device.closed).toBe(1013)
  })

  it('a socket that never joins', async () => {
    await start()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const device = openClient(server.url)
    await device.next('hello')
    vi.advanceTimersByTime(4_999)
    expect(device.socket.readyState).toBe(device.socket.OPEN)
    vi.advanceTimersByTime(1)
    expect(await lastWords(device)).toEqual({ close: 1013, error: 'join-timeout' })
  })

  it('signals before the join', async () => {
    await start()
    const device = openClient(server.url)
    await device.next('hello')
    device.send({ t: 'signal', to: idOf('ada'), id: 9, box: '' })
    expect(await device.next('error')).toEqual({ t: 'error', code: 'not-joined', ref: 9 })
  })

  it('a second join', async () => {
    await start()
    const device = await joinRoom(server.url, 'hostile', 'mallory')
    device.send({ t: 'join', room: 'workers', peer: idOf('ada') })
    expect(await lastWords(device)).toEqual({ close: 1007, error: 'bad-message' })
  })

  it.each([
    ['another subprotocol', ['fieldmesh.sig.v2']],
    ['no subprotocol', []],
  ])('%s', async (_, protocols) => {
    await start()
    const device = openClient(server.url, {}, protocols)
    const [, response] = await once(device.socket, 'unexpected-response')
    expect(response).toMatchObject({ statusCode: 400 })
    response.destroy()
    await refused('unsupported-version')
  })

  it('a page of another origin', async () => {
    await start({}, ['https://app.example.org', 'self'])
    const device = openClient(server.url, { origin: 'https://evil.example.org' })
    expect(await lastWords(device)).toEqual({ close: 4003, error: 'origin-denied' })
    expect(device.frames).toHaveLength(1)
    await joinRoom(server.url, 'hostile', 'guest', { origin: 'https://app.example.org' })
    await joinRoom(server.url, 'hostile', 'host', { origin: `http://127.0.0.1:${server.port}` })
  })

  it('more connections from one address than it may have', async () => {
    await start({ connectionsPerAddress: 2 })
    const device = openClient(server.url)
    const [, response] = await once(device.socket, 'unexpected-response')
    expect(response).toMatchObject({ statusCode: 503 })
    response.destroy()
    await refused('rate-limited')
  })

  it('a device that does not read', async () => {
    await start({ perSecond: 1_000_000, burst: 1_000_000, slowBytes: 64 * 1024, closeMs: 30_000 })
    const [slow, sender] = [await joinRoom(server.url, 'slow', 'slow'), await joinRoom(server.url, 'slow', 'sender')]
    slow.socket.pause()
    const left = sender.next('peer-left')
    const box = 'x'.repeat(12 * 1024)
    let isGone = false
    void left.then(() => {
      isGone = true
    })
    for (let id = 0; !isGone; id += 1) {
      sender.send({ t: 'signal', to: idOf('slow'), id, box })
      if (id % 8 === 0) await pair.exchange()
    }
    expect(await left).toEqual({ t: 'peer-left', peer: idOf('slow'), why: 'timeout' })
    slow.socket.resume()
    expect(await slow.closed).toBe(1013)
    await refused('slow-consumer')
  })

  it('bytes that are not HTTP', async () => {
    await start()
    const { answered } = await rawConnection(Buffer.from([0x16, 0x03, 0x01, 0x00, 0xff, 0x00, 0x0d, 0x0a, 0x0d, 0x0a]))
    expect(await answered).toMatch(/^HTTP\/1.1 400 /)
    await refused('bad-handshake')
  })

  it('bytes that are not WebSocket frames after a good handshake', async () => {
    await start()
    const head = ['GET / HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
    const keys = ['Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol: fieldmesh.sig.v1']
    const { answered } = await rawConnection(`${[...head, ...keys].join('\r\n')}\r\n\r\n\xff\xff\xff\xff not a frame`)
    expect(await answered).toMatch(/^HTTP\/1.1 101 /)
    expect(await answered).toContain(closeFrame(1002))
    await refused('bad-message')
  })

  it('an upgrade without a key', async () => {
    await start()
    const lines = [
      'GET / HTTP/1.1',
      'Host: x',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Protocol: fieldmesh.sig.v1',
    ]
    const { answered } = await rawConnection(`${lines.join('\r\n')}\r\n\r\n`)
    expect(await answered).toMatch(/^HTTP\/1.1 400 (.|\s)*bad-handshake$/)
  })

  it.each([
    ['silent', ''],
    ['half-spoken', 'GET / HTTP/1.1\r\nUpgrade: webso'],
  ])('a %s handshake', async (_, bytes) => {
    await start({ handshakeMs: 1_000 })
    const { answered } = await rawConnection(bytes)
    expect(await answered).toMatch(/^HTTP\/1.1 408 /)
    await refused('bad-handshake')
  })

  it('devices that vanish in the middle of everything', async () => {
    await start()
    const devices = await Promise.all(Array.from({ length: 20 }, (_, i) => joinRoom(server.url, 'hostile', `m${i}`)))
    for (const device of devices) {
      device.send({ t: 'signal', to: idOf('m0'), id: 1, box: 'x' })
      device.socket.terminate()
    }
    await expect.poll(metrics, PATIENCE).toContain('fieldmesh_signaling_connections 2\n')
    expect(await metrics()).toContain('fieldmesh_signaling_rooms 1\n')
  })
})
