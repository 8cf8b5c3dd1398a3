import { once } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { parseServerFrame } from '#wire/signaling-schema'
import { idOf } from '../../tests/support/named-keys.ts'
import { askIn, joinRoom, openClient } from '../../tests/support/signaling-client.ts'
import { createMemoryBackplane } from './backplane.ts'
import { createSignalingServer, type SignalingServer, type SignalingServerOptions } from './create-signaling-server.ts'

// For a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 })
const PATIENCE = { timeout: 10_000 }

const servers: SignalingServer[] = []
const start = async (options: SignalingServerOptions = {}) => {
  const server = await createSignalingServer(options)
  servers.push(server)
  return server
}
afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(servers.splice(0).map((server) => server.close()))
})
const http = (server: SignalingServer, path: string) => fetch(`http://127.0.0.1:${server.port}${path}`)

describe('a room', () => {
  it('greets with its limits and a nonce of its own for each connection', async () => {
    const { url } = await start()
    const [one, two] = await Promise.all([openClient(url).next('hello'), openClient(url).next('hello')])
    expect(one).toMatchObject({
      v: 1,
      ping: 25_000,
      limits: { perSecond: 30, burst: 60, roomPeers: 64, joinMs: 5_000 },
    })
    expect(one['nonce']).not.toBe(two['nonce'])
    expect(parseServerFrame(JSON.stringify(one))).toMatchObject({ ok: true })
  })

  it('tells a newcomer who is there, and those who are there of the newcomer', async () => {
    const { url } = await start()
    const ada = await joinRoom(url, 'r', 'ada')
    const bob = openClient(url)
    await askIn(bob, 'r', 'bob')
    expect(await bob.next('joined')).toMatchObject({ peers: [idOf('ada')], ice: [] })
    expect(await ada.next('peer-joined')).toEqual({ t: 'peer-joined', peer: idOf('bob') })
  })

  it('carries a signal with its id and box untouched, and to nobody else', async () => {
    const { url } = await start()
    const [ada, bob, eve] = [
      await joinRoom(url, 'r', 'ada'),
      await joinRoom(url, 'r', 'bob'),
      await joinRoom(url, 'r', 'eve'),
    ]
    ada.send({ t: 'signal', to: idOf('bob'), id: 7, box: '{"é":"\\u2028 "}' })
    expect(await bob.next('signal')).toEqual({ t: 'signal', from: idOf('ada'), id: 7, box: '{"é":"\\u2028 "}' })
    eve.send({ t: 'signal', to: idOf('bob'), id: 8, box: 'x' })
    await bob.next('signal')
    expect(eve.frames.some(({ t }) => t === 'signal')).toBe(false)
  })

  it('is apart from other rooms', async () => {
    const { url } = await start()
    const ada = await joinRoom(url, 'one', 'ada')
    await joinRoom(url, 'two', 'bob')
    ada.send({ t: 'signal', to: idOf('bob'), id: 1, box: 'x' })
    expect(await ada.next('error')).toEqual({ t: 'error', code: 'peer-unknown', ref: 1 })
    expect(ada.frames.some(({ t }) => t === 'peer-joined')).toBe(false)
  })

  it('tells apart who left and who was never there', async () => {
    const { url } = await start()
    const [ada, bob] = [await joinRoom(url, 'r', 'ada'), await joinRoom(url, 'r', 'bob')]
    bob.send({ t: 'leave' })
    expect(await bob.closed).toBe(1000)
    expect(await ada.next('peer-left')).toEqual({ t: 'peer-left', peer: idOf('bob'), why: 'left' })
    ada.send({ t: 'signal', to: idOf('bob'), id: 1, box: 'x' })
    ada.send({ t: 'signal', to: idOf('carl'), id: 2, box: 'x' })
    expect(await ada.next('error')).toEqual({ t: 'error', code: 'peer-gone', ref: 1 })
    expect(await ada.next('error')).toEqual({ t: 'error', code: 'peer-unknown', ref: 2 })
  })

  it('says of a device that vanished that it timed out', async () => {
    const { url } = await start()
    const [ada, bob] = [await joinRoom(url, 'r', 'ada'), await joinRoom(url, 'r', 'bob')]
    bob.socket.terminate()
    expect(await ada.next('peer-left')).toEqual({ t: 'peer-left', peer: idOf('bob'), why: 'timeout' })
  })

  it('ends a connection that answers no pings', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { url } = await start()
    const ada = await joinRoom(url, 'r', 'ada')
    await joinRoom(url, 'r', 'bob', { autoPong: false } as object)
    const pinged = once(ada.socket, 'ping')
    vi.advanceTimersByTime(25_000)
    await pinged
    // Behind the pong on the same wire: when it is answered, the pong has been heard.
    ada.send({ t: 'signal', to: idOf('nobody'), id: 1, box: '' })
    await ada.next('error')
    vi.advanceTimersByTime(25_000)
    expect(await ada.next('peer-left')).toEqual({ t: 'peer-left', peer: idOf('bob'), why: 'timeout' })
    expect(ada.socket.readyState).toBe(ada.socket.OPEN)
  })

  it('lets a device that joins again replace its older self, and carries signals to the new one', async () => {
    const { url } = await start()
    const [ada, old] = [await joinRoom(url, 'r', 'ada'), await joinRoom(url, 'r', 'bob')]
    await ada.next('peer-joined')
    const young = await joinRoom(url, 'r', 'bob')
    expect(await old.closed).toBe(4001)
    expect(await ada.next('peer-left')).toEqual({ t: 'peer-left', peer: idOf('bob'), why: 'replaced' })
    expect(await ada.next('peer-joined')).toEqual({ t: 'peer-joined', peer: idOf('bob') })
    ada.send({ t: 'signal', to: idOf('bob'), id: 1, box: 'x' })
    expect(await young.next('signal')).toMatchObject({ from: idOf('ada') })
    expect(ada.frames.filter(({ t }) => t === 'peer-left')).toHaveLength(1)
  })

  it('has as many seats as it was given, and says when to come back', async () => {
    const { url } = await start({ limits: { roomPeers: 2, fullRetryMs: 77 } })
    await joinRoom(url, 'r', 'ada')
    const bob = await joinRoom(url, 'r', 'bob')
    const late = openClient(url)
    await askIn(late, 'r', 'carl')
    expect(await late.next('error')).toEqual({ t: 'error', code: 'room-full', retryMs: 77 })
    expect(await late.closed).toBe(1013)
    await joinRoom(url, 'r', 'bob')
    expect(await bob.closed).toBe(4001)
  })
})

describe('draining', () => {
  it('tells everybody when to come back, closes with 1012, and then listens no more', async () => {
    const server = await start({ limits: { drainRetryMs: 55 } })
    const devices = [await joinRoom(server.url, 'r', 'ada'), await joinRoom(server.url, 'r', 'bob')]
    const closing = server.close()
    for (const device of devices) {
      expect(await device.next('drain')).toEqual({ t: 'drain', retryMs: 55 })
      expect(await device.closed).toBe(1012)
      expect(device.frames.some(({ t }) => t === 'peer-left')).toBe(false)
    }
    await closing
    await expect(http(server, '/healthz')).rejects.toThrow('fetch failed')
    await server.close()
  })

  it('does not wait for a device that will not say good-bye', async () => {
    const server = await start({ limits: { closeMs: 5 } })
    const device = await joinRoom(server.url, 'r', 'ada')
    device.socket.pause()
    await expect(server.close()).resolves.toBeUndefined()
  })
})

describe('HTTP', () => {
  it('answers health, readiness and counts, and leaves the rest to the application', async () => {
    let isUp = true
    const backplane = { ...createMemoryBackplane(), status: () => (isUp ? ('up' as const) : ('down' as const)) }
    const server = await start({ backplane, onRequest: (request, response) => void response.end(`app ${request.url}`) })
    expect([(await http(server, '/healthz')).status, (await http(server, '/readyz?x=1')).status]).toEqual([200, 200])
    expect(await (await http(server, '/index.html')).text()).toBe('app /index.html')
    isUp = false
    expect([(await http(server, '/healthz')).status, (await http(server, '/readyz')).status]).toEqual([200, 503])
  })

  it('survives an application that throws, now or later', async () => {
    const server = await start({
      onRequest: (request) => {
        if (request.url === '/now') throw new Error('now')
        return Promise.reject(new Error('later'))
      },
    })
    expect([(await http(server, '/now')).status, (await http(server, '/later')).status]).toEqual([500, 500])
    expect((await http(server, '/healthz')).status).toBe(200)
  })

  it('counts connections, rooms, relays, refusals and bytes, and nothing that names anybody', async () => {
    const server = await start()
    const [ada, bob] = [
      await joinRoom(server.url, 'secret-room', 'ada'),
      await joinRoom(server.url, 'secret-room', 'bob'),
    ]
    ada.send({ t: 'signal', to: idOf('bob'), id: 1, box: 'secret-box' })
    ada.send({ t: 'signal', to: idOf('nobody'), id: 2, box: 'x' })
    await Promise.all([bob.next('signal'), ada.next('error')])
    const text = await (await http(server, '/metrics')).text()
    expect(text).toContain('fieldmesh_signaling_connections 2\n')
    expect(text).toContain('fieldmesh_signaling_rooms 1\n')
    expect(text).toContain('fieldmesh_signaling_relayed_total 1\n')
    expect(text).toContain('fieldmesh_signaling_refusals_total{code="peer-unknown"} 1\n')
    expect(text).toMatch(/fieldmesh_signaling_bytes_total\{direction="in"\} [1-9]/)
    for (const name of ['secret', 'ada', idOf('ada'), idOf('bob')]) expect(text).not.toContain(name)
    await Promise.all([ada.close(), bob.close()])
    await expect
      .poll(async () => (await http(server, '/metrics')).text(), PATIENCE)
      .toContain('fieldmesh_signaling_rooms 0\n')
  })
})

describe('options', () => {
  it.each([
    [{ port: -1 }],
    [{ port: 1.5 }],
    [{ host: '' }],
    [{ allowedOrigins: ['example.org'] }],
    [{ limits: { perSecond: 0 } }],
    [{ limits: { burst: Number.POSITIVE_INFINITY } }],
    [{ limits: { roomPeers: 5_000 } }],
    [{ limits: { nonsense: 1 } as object }],
    [{ trustProxy: -1 }],
    [{ trustProxy: 99 }],
  ] satisfies [SignalingServerOptions][])('refuses %j with a typed error', async (options) => {
    await expect(createSignalingServer(options)).rejects.toMatchObject({
      name: 'FieldmeshError',
      code: 'options-invalid',
    })
  })

  it('says that a port is taken, and what to do', async () => {
    const { port } = await start()
    const error = await createSignalingServer({ port }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(FieldmeshError)
    expect(error).toMatchObject({ code: 'port-taken' })
  })
})
