import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type JoinClaim, type JoinProof, proveJoin } from '#trust/join-proof'
import { deviceKey, idOf, proofOf, roomIdOf, roomKey } from '../../tests/support/named-keys.ts'
import { askIn, joinFrame, joinRoom, openClient, type SignalingClient } from '../../tests/support/signaling-client.ts'
import { createSignalingServer, type SignalingServer, type SignalingServerOptions } from './create-signaling-server.ts'
import type { TokenVerdict } from './join-checks.ts'

// For a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 })
const PATIENCE = { timeout: 10_000 }

let server: SignalingServer
/** In the room from the start: what others try must not touch her. */
let ada: SignalingClient
const start = async (options: SignalingServerOptions = {}) => {
  server = await createSignalingServer(options)
  ada = await joinRoom(server.url, 'r', 'ada')
}
const metrics = async () => (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()

/** The last words of the server to a device: error, if any, and close code. */
const lastWords = async (device: SignalingClient) => {
  const close = await device.closed
  return { close, error: device.frames.find(({ t }) => t === 'error')?.['code'] }
}
const refusedAs = (code: string) => ({ close: 4003, error: code })
const busy = { close: 1013, error: 'rate-limited' }

/** Who is in stays in, whatever others try. */
const noticedNothing = () => {
  expect(ada.socket.readyState).toBe(ada.socket.OPEN)
  expect(ada.frames.filter(({ t }) => t === 'error' || t === 'peer-left')).toEqual([])
}

beforeEach(() => {
  vi.useRealTimers()
})
afterEach(async () => {
  vi.useRealTimers()
  noticedNothing()
  await server.close()
})
/** Nobody came, as far as who is in the room can tell. */
const nobodyCame = async () => {
  await joinRoom(server.url, 'r', 'witness')
  expect((await ada.next('peer-joined'))['peer']).toBe(idOf('witness'))
}

describe('a join is refused with its code, and whoever is in the room is not even told', () => {
  type Forge = (claim: JoinClaim) => Promise<object>
  const good = (claim: JoinClaim) => proveJoin(claim, { room: roomKey('r'), device: deviceKey('mallory') })
  const without =
    (name: keyof JoinProof): Forge =>
    async (claim) => ({ ...(await good(claim)), [name]: undefined })
  it.each<[string, Forge]>([
    ['without a proof', async () => ({})],
    ['without its public key', without('pub')],
    ['without the room’s signature', without('roomSig')],
    ['without the device’s signature', without('devSig')],
    ['by another room’s key', (claim) => proveJoin(claim, { room: roomKey('q'), device: deviceKey('mallory') })],
    ['by another device’s key', (claim) => proveJoin(claim, { room: roomKey('r'), device: deviceKey('eve') })],
    ['as somebody else', async (claim) => ({ ...(await good({ ...claim, peer: idOf('ada') })), peer: idOf('ada') })],
    ['over another nonce', (claim) => good({ ...claim, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    ['of another room', async (claim) => ({ ...(await good(claim)), room: roomIdOf('q') })],
    ['of a room that is no key', async (claim) => ({ ...(await good({ ...claim, room: 'storm' })), room: 'storm' })],
    ['with signatures that are none', async (claim) => ({ ...(await good(claim)), roomSig: '!', devSig: 'AA' })],
    [
      'with the one signature for the other',
      async (claim) => {
        const { pub, roomSig, devSig } = await good(claim)
        return { pub, roomSig: devSig, devSig: roomSig }
      },
    ],
  ])('%s', async (_, forge) => {
    await start()
    const mallory = openClient(server.url)
    const hello = await mallory.next('hello')
    const claim = { room: roomIdOf('r'), peer: idOf('mallory'), nonce: String(hello['nonce']) }
    mallory.send({ t: 'join', room: claim.room, peer: claim.peer, ...(await forge(claim)) })
    expect(await lastWords(mallory)).toEqual(refusedAs('bad-proof'))
    expect(await metrics()).toContain('refusals_total{code="bad-proof"} 1\n')
    await nobodyCame()
  })

  it('replayed: the proof of a device that is in does not throw it out from elsewhere', async () => {
    await start()
    const bob = openClient(server.url)
    const frame = await joinFrame(await bob.next('hello'), 'r', 'bob')
    bob.send(frame)
    await bob.next('joined')
    const mallory = openClient(server.url)
    await mallory.next('hello')
    mallory.send(frame)
    expect(await lastWords(mallory)).toEqual(refusedAs('bad-proof'))
    ada.send({ t: 'signal', to: idOf('bob'), id: 1, box: 'x' })
    expect(await bob.next('signal')).toMatchObject({ from: idOf('ada') })
    expect(bob.socket.readyState).toBe(bob.socket.OPEN)
  })

  it('replaced: the same device from elsewhere, with a good proof, takes the place of its older self', async () => {
    await start()
    const witness = await joinRoom(server.url, 's', 'witness')
    const old = await joinRoom(server.url, 's', 'bob')
    const young = await joinRoom(server.url, 's', 'bob')
    expect(await old.closed).toBe(4001)
    expect(await witness.next('peer-left')).toEqual({ t: 'peer-left', peer: idOf('bob'), why: 'replaced' })
    expect(young.socket.readyState).toBe(young.socket.OPEN)
  })
})

describe('while a join is looked at', () => {
  /** A server whose operator thinks about every device but ada, until told otherwise. */
  const startSlow = async (options: SignalingServerOptions = {}) => {
    const asked: { readonly peer: string; readonly answer: (verdict: TokenVerdict) => void }[] = []
    const verifyToken: SignalingServerOptions['verifyToken'] = (_, { peer }) => {
      if (peer === idOf('ada') || peer === idOf('witness')) return Promise.resolve('ok')
      return new Promise((answer) => asked.push({ peer, answer }))
    }
    await start({ ...options, verifyToken })
    const isAsked = (count: number) => expect.poll(() => asked.length, PATIENCE).toBe(count)
    return { asked, isAsked, answer: (verdict: TokenVerdict = 'ok') => asked.map((one) => one.answer(verdict)) }
  }

  it('what the device says next waits, in its order', async () => {
    const { isAsked, answer } = await startSlow()
    const bob = openClient(server.url)
    await askIn(bob, 'r', 'bob')
    bob.send({ t: 'signal', to: idOf('ada'), id: 1, box: 'one' })
    bob.send({ t: 'signal', to: idOf('nobody'), id: 2, box: 'two' })
    await isAsked(1)
    answer()
    await bob.next('joined')
    expect(await ada.next('signal')).toMatchObject({ from: idOf('bob'), id: 1 })
    expect(await bob.next('error')).toEqual({ t: 'error', code: 'peer-unknown', ref: 2 })
  })

  it('more than may wait ends the connection', async () => {
    const { isAsked } = await startSlow({ limits: { waitingFrames: 3 } })
    const bob = openClient(server.url)
    await askIn(bob, 'r', 'bob')
    await isAsked(1)
    for (let id = 0; id < 4; id++) bob.send({ t: 'signal', to: idOf('ada'), id, box: 'x' })
    expect(await lastWords(bob)).toEqual(busy)
  })

  it('a second join waits too, and is one too many: a nonce serves one', async () => {
    const { asked, isAsked, answer } = await startSlow()
    const bob = openClient(server.url)
    const frame = await joinFrame(await bob.next('hello'), 's', 'bob')
    bob.send(frame)
    bob.send(frame)
    await isAsked(1)
    answer()
    expect(await lastWords(bob)).toEqual({ close: 1007, error: 'bad-message' })
    expect([asked.length, bob.frames.map(({ t }) => t)]).toEqual([1, ['hello', 'joined', 'error']])
  })

  it('a device that goes meanwhile leaves nothing behind', async () => {
    const { isAsked, answer } = await startSlow()
    const bob = openClient(server.url)
    await askIn(bob, 's', 'bob')
    await isAsked(1)
    bob.socket.terminate()
    await expect.poll(metrics, PATIENCE).toContain('fieldmesh_signaling_connections 1\n')
    answer()
    await nobodyCame()
    expect(await metrics()).toContain('fieldmesh_signaling_rooms 1\n')
  })

  it('its time runs: a look that takes too long ends the connection, and comes to nothing', async () => {
    const { asked, isAsked, answer } = await startSlow()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const bob = openClient(server.url)
    await askIn(bob, 'r', 'bob')
    while (asked.length === 0) await new Promise((resolve) => void setImmediate(resolve))
    vi.advanceTimersByTime(5_000)
    expect(await lastWords(bob)).toEqual({ close: 1013, error: 'join-timeout' })
    vi.useRealTimers()
    await isAsked(1)
    answer()
    await nobodyCame()
  })

  it('no more are looked at than may be at a time: the next is told to come back, and may', async () => {
    const { isAsked, answer } = await startSlow({ limits: { joinChecks: 2, busyRetryMs: 77 } })
    const [bob, cleo, late] = [openClient(server.url), openClient(server.url), openClient(server.url)]
    await askIn(bob, 'r', 'bob')
    await askIn(cleo, 'r', 'cleo')
    await isAsked(2)
    await askIn(late, 'r', 'late')
    expect(await late.next('error')).toEqual({ t: 'error', code: 'rate-limited', retryMs: 77 })
    expect(await late.closed).toBe(1013)
    answer()
    await Promise.all([bob.next('joined'), cleo.next('joined')])
    const again = openClient(server.url)
    await askIn(again, 'r', 'late')
    await isAsked(3)
    answer()
    await again.next('joined')
  })

  it('nor from one address, however many there are in all', async () => {
    const { isAsked, answer } = await startSlow({ trustProxy: 1, limits: { joinChecksPerAddress: 1 } })
    const from = (address: string) => openClient(server.url, { headers: { 'x-forwarded-for': address } })
    const [bob, late, cleo] = [from('192.0.2.1'), from('192.0.2.1'), from('192.0.2.2')]
    await askIn(bob, 'r', 'bob')
    await isAsked(1)
    await askIn(late, 'r', 'late')
    expect(await lastWords(late)).toEqual(busy)
    await askIn(cleo, 'r', 'cleo')
    await isAsked(2)
    answer()
    await Promise.all([bob.next('joined'), cleo.next('joined')])
  })
})

describe('an address that asks too often', () => {
  it('is told when its next join is due; others are not held up', async () => {
    await start({ trustProxy: 1, limits: { joinsPerMinute: 2 } })
    const from = (address: string) => openClient(server.url, { headers: { 'x-forwarded-for': address } })
    for (const name of ['bob', 'cleo']) {
      const device = from('192.0.2.1')
      await askIn(device, 'r', name)
      await device.next('joined')
    }
    const late = from('192.0.2.1')
    await askIn(late, 'r', 'late')
    const error = await late.next('error')
    expect(error).toMatchObject({ code: 'rate-limited' })
    expect(error['retryMs']).toBeGreaterThan(20_000)
    expect(await late.closed).toBe(1013)
    const other = from('192.0.2.2')
    await askIn(other, 'r', 'other')
    await other.next('joined')
  })

  it('gets no more connections than it may in a minute, joined or not', async () => {
    await start({ limits: { connectionsPerMinute: 3 } })
    await Promise.all([openClient(server.url).next('hello'), openClient(server.url).next('hello')])
    const late = openClient(server.url)
    const [, response] = await once(late.socket, 'unexpected-response')
    expect(response).toMatchObject({ statusCode: 503 })
    response.destroy()
    expect(await metrics()).toContain('refusals_total{code="rate-limited"} 1\n')
  })
})

describe('an operator who asks for a token', () => {
  const verdicts: Record<string, TokenVerdict> = { good: 'ok', old: 'token-expired', forged: 'bad-proof' }
  const verifyToken: SignalingServerOptions['verifyToken'] = async (token, { peer }) => {
    if (peer === idOf('ada') || peer === idOf('witness')) return 'ok'
    if (token === 'bug') throw new Error('a bug of the operator')
    return token === undefined ? 'auth-required' : (verdicts[token] ?? 'bad-proof')
  }
  const askWith = async (token: string | undefined) => {
    const device = openClient(server.url)
    await askIn(device, 'r', 'bob', token === undefined ? {} : { token })
    return device
  }

  it.each([
    [undefined, 'auth-required'],
    ['old', 'token-expired'],
    ['forged', 'bad-proof'],
  ])('refuses %j as %s', async (token, code) => {
    await start({ verifyToken })
    expect(await lastWords(await askWith(token))).toEqual(refusedAs(code))
    await nobodyCame()
  })

  it('lets a good one in, with a good proof only, and is told what the device claims', async () => {
    const claims: JoinClaim[] = []
    await start({
      verifyToken: (token, claim) => {
        claims.push(claim)
        return verifyToken(token, claim)
      },
    })
    await (await askWith('good')).next('joined')
    expect(claims.at(-1)).toEqual({ room: roomIdOf('r'), peer: idOf('bob'), nonce: expect.any(String) })
    const mallory = openClient(server.url)
    await askIn(mallory, 'r', 'bob', { token: 'good', roomSig: (await proofOf('q', 'bob', 'n')).roomSig })
    expect(await lastWords(mallory)).toEqual(refusedAs('bad-proof'))
  })

  it('and whose check breaks costs one connection', async () => {
    await start({ verifyToken })
    expect(await (await askWith('bug')).closed).toBe(1006)
    expect(await metrics()).toContain('refusals_total{code="internal"} 1\n')
    await nobodyCame()
  })
})
