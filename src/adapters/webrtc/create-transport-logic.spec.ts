import { LIMITS } from '#model/limits'
import type { TransportFact } from '#machines/ports'
import { sdpOf } from '#wire/session-sdp'
import { readSession } from '#wire/session-signal'
import { afterEach, expect, test, vi } from 'vitest'
import {
  createPair,
  createRealSide,
  CONN_ID,
  type PairOptions,
  type RealSide,
  sendBytes,
} from '../../../tests/support/transport-pair.ts'

const WAIT = { timeout: 20_000, interval: 10 }
let stopAll: (() => void)[] = []
afterEach(() => {
  for (const stop of stopAll) stop()
  stopAll = []
  vi.restoreAllMocks()
})

const pair = (options?: PairOptions) => {
  const made = createPair(options)
  stopAll.push(made.stop)
  return made
}
const opened = async (options?: PairOptions) => {
  const made = pair(options)
  await vi.waitFor(() => expect(made.sides.map((side) => side.of('link.opened').length)).toEqual([1, 1]), WAIT)
  return made
}

/** Bytes that deflate cannot shorten, from a seed. */
const noise = (length: number, seed: number): Uint8Array => {
  const bytes = new Uint8Array(length)
  let state = seed * 2_654_435_761
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}
const same = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a?.length === b.length && a.every((byte, i) => byte === b[i])

test('both sides open both channels, and each tells it once', async () => {
  const { sides } = await opened()
  for (const side of sides) {
    expect(
      [side.channel('ctl'), side.channel('bulk')].map(({ id, label, ordered, negotiated }) => [
        id,
        label,
        ordered,
        negotiated,
      ]),
    ).toEqual([
      [0, 'ctl', true, true],
      [1, 'bulk', true, true],
    ])
    expect(side.of('link.failed')).toEqual([])
    expect(side.of('link.refused')).toEqual([])
  }
})

test('by the time the link is open Chromium shows the other end’s certificate, the one that its session named', async () => {
  const shown = vi.spyOn(RTCDtlsTransport.prototype, 'getRemoteCertificates')
  const { sides } = await opened()
  expect(shown.mock.results.map(({ value }) => (value as ArrayBuffer[]).length)).toEqual([1, 1])
  const [one, other] = sides.map((side) => side.of('link.opened')[0]?.fingerprints)
  expect(one?.ours).toMatch(/^[\w-]{43}$/)
  expect(one).toEqual({ ours: other?.theirs, theirs: other?.ours })
})

test('where Chromium shows another certificate, neither end opens', async () => {
  const other = new Uint8Array([48, 130, 1, 1]).buffer
  vi.spyOn(RTCDtlsTransport.prototype, 'getRemoteCertificates').mockReturnValue([other])
  const { sides } = pair()
  const failed = { type: 'link.failed', fault: 'fingerprint-mismatch' }
  await vi.waitFor(() => expect(sides.map((side) => side.facts.at(-1))).toEqual([failed, failed]), WAIT)
  expect(sides.flatMap((side) => side.of('link.opened'))).toEqual([])
})

test('all that the browser is given was built from a session, and a session is small', async () => {
  const given = vi.spyOn(RTCPeerConnection.prototype, 'setRemoteDescription')
  const { sides } = await opened()
  const told = sides
    .flatMap((side) => side.of('link.signal'))
    .flatMap(({ signal }) => ('session' in signal ? [signal] : []))
  const built = told.map(({ kind, session }) => {
    const parsed = readSession(kind, session)
    return parsed.ok ? { type: kind, sdp: sdpOf(parsed.session, kind) } : parsed
  })
  expect(given.mock.calls.map(([description]) => description)).toEqual(built)
  expect(told.map(({ session }) => (session.length * 3) / 4).every((bytes) => bytes <= 110)).toBe(true)
})

test('64 messages of mixed size go both ways and arrive whole, byte for byte', { timeout: 60_000 }, async () => {
  const { sides } = await opened()
  const [dialer, answerer] = sides
  const sizes = Array.from({ length: 64 }, (_, i) => (i % 8 === 0 ? 300_000 + i : 1 + ((i * 7_919) % 60_000)))
  const sent = sizes.map((size, i) => (i % 3 === 0 ? new Uint8Array(size).fill(i) : noise(size, i + 1)))
  const tickets = sides.map((side) => sent.map((bytes, i) => sendBytes(side, bytes, i % 2 === 0 ? 1 : 2)))
  await vi.waitFor(() => expect(sides.map(({ received }) => received.length)).toEqual([64, 64]), {
    ...WAIT,
    timeout: 50_000,
  })
  for (const [i, side] of sides.entries()) {
    const missing = sent.filter((bytes) => !side.received.some((message) => same(message.bytes, bytes)))
    expect(missing).toEqual([])
    expect(
      side
        .of('link.sent')
        .map(({ ticket }) => ticket)
        .toSorted(),
    ).toEqual(tickets[i]?.toSorted())
    expect(side.of('link.refused')).toEqual([])
    expect(side.depot.bytes).toBe(0)
  }
  expect(dialer.received.every(({ kind }) => kind === 'entries')).toBe(true)
  expect(answerer.of('link.messageOpened').length).toBeGreaterThan(0)
})

/** Answers pings as the charts do. */
const answering = (fact: TransportFact, side: { send: RealSide['send'] }): void => {
  if (fact.type === 'link.said' && fact.message.kind === 'ping')
    side.send({ type: 'transport.say', message: { kind: 'pong', id: fact.message.id } })
}

/** The most bytes that were ever handed to one channel and not yet out of the other. */
const watchWindow = (from: RTCDataChannel, to: RTCDataChannel): { most: number } => {
  const seen = { most: 0 }
  let underWay = 0
  const send = from.send.bind(from)
  from.send = (frame: string | Blob | ArrayBuffer | ArrayBufferView) => {
    send(frame as ArrayBuffer)
    underWay += (frame as ArrayBuffer).byteLength
    seen.most = Math.max(seen.most, underWay)
  }
  to.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
    underWay -= data.byteLength
  })
  return seen
}

test('ctl stays responsive while 16 MB of bulk flow, and the window is never exceeded', {
  timeout: 90_000,
}, async () => {
  const { dialer, answerer } = await opened({ onFact: answering })
  const underWay = watchWindow(dialer.channel('bulk'), answerer.channel('bulk'))
  const batches = 64
  for (let i = 0; i < batches; i++) sendBytes(dialer, noise(LIMITS.batchBytes, i + 1), 2)
  // One ping at a time, each said when the one before came back: all of them while bulk is still flowing.
  const pings = 10
  for (let id = 1; id <= pings; id++) {
    dialer.send({ type: 'transport.say', message: { kind: 'ping', id } })
    await vi.waitFor(() => expect(dialer.of('link.rtt')).toHaveLength(id), WAIT)
  }
  expect(answerer.received.length).toBeLessThan(batches)
  await vi.waitFor(() => expect(answerer.received.length).toBe(batches), { ...WAIT, timeout: 80_000 })
  expect(underWay.most).toBeGreaterThanOrEqual(LIMITS.creditMinBytes)
  expect(underWay.most).toBeLessThanOrEqual(LIMITS.creditMaxBytes)
  expect(answerer.received.every(({ bytes }, i) => same(bytes, noise(LIMITS.batchBytes, i + 1)))).toBe(true)
})

test('an ICE restart by either side keeps the channels', async () => {
  const { dialer, answerer, sides } = await opened()
  for (const [restarting, other, size] of [
    [dialer, answerer, 1_000],
    [answerer, dialer, 2_000],
  ] as const) {
    const ufrag = () => /a=ice-ufrag:(\S+)/.exec(restarting.pc().currentLocalDescription?.sdp ?? '')?.[1]
    const before = ufrag()
    restarting.send({ type: 'transport.restartIce' })
    await vi.waitFor(() => expect(ufrag()).not.toBe(before), WAIT)
    sendBytes(restarting, noise(size, 1))
    await vi.waitFor(() => expect(other.received.some(({ bytes }) => bytes?.length === size)).toBe(true), WAIT)
  }
  for (const side of sides)
    expect(side.of('link.opened').length + side.of('link.closed').length + side.of('link.failed').length).toBe(1)
})

test('when both restart ICE at once, the answerer gives way and the link lives on', async () => {
  const { sides, dialer, answerer } = await opened()
  for (const side of sides) side.send({ type: 'transport.restartIce' })
  await vi.waitFor(() => {
    const kinds = sides.flatMap((side) => side.of('link.signal').map(({ signal }) => signal.kind))
    expect(kinds.filter((kind) => kind === 'answer').length).toBeGreaterThanOrEqual(2)
    for (const side of sides) expect(side.pc().signalingState).toBe('stable')
  }, WAIT)
  sendBytes(dialer, noise(3_000, 1))
  sendBytes(answerer, noise(3_000, 2))
  await vi.waitFor(() => expect(sides.map(({ received }) => received.length)).toEqual([1, 1]), WAIT)
  expect(sides.flatMap((side) => [...side.of('link.failed'), ...side.of('link.refused')])).toEqual([])
})

test('signals of another attempt leave the connection as it is', async () => {
  const { dialer, answerer } = pair({ carry: (fact) => ({ ...fact, signal: { ...fact.signal, connId: 'attempt-0' } }) })
  await vi.waitFor(
    () => expect(dialer.of('link.signal').some(({ signal }) => signal.kind === 'candidate')).toBe(true),
    WAIT,
  )
  expect(answerer.pc().remoteDescription).toBeNull()
  expect(answerer.facts).toEqual([])
})

test('candidates that overtake their offer still connect', async () => {
  const held: (() => void)[] = []
  const made: { answerer?: RealSide } = {}
  const { sides, answerer, dialer } = pair({
    carry: (fact) => {
      if (fact.signal.kind !== 'offer') return fact
      held.push(() => made.answerer?.send({ type: 'transport.signal', signal: fact.signal }))
      return undefined
    },
  })
  made.answerer = answerer
  await vi.waitFor(
    () => expect(dialer.of('link.signal').some(({ signal }) => signal.kind === 'candidate')).toBe(true),
    WAIT,
  )
  for (const release of held) release()
  await vi.waitFor(() => expect(sides.map((side) => side.of('link.opened').length)).toEqual([1, 1]), WAIT)
})

test.each(['offer', 'answer'] as const)('a garbage %s fails the link and is thrown at nobody', async (kind) => {
  const thrown = vi.fn<(event: Event) => void>()
  for (const type of ['error', 'unhandledrejection']) addEventListener(type, thrown)
  const { dialer, answerer } = pair({
    carry: (fact) =>
      fact.signal.kind === kind ? { ...fact, signal: { ...fact.signal, session: 'v=0\r\ngarbage' } } : fact,
  })
  const victim = kind === 'offer' ? answerer : dialer
  await vi.waitFor(() => expect(victim.facts.at(-1)).toEqual({ type: 'link.failed', fault: 'link-failed' }), WAIT)
  for (const type of ['error', 'unhandledrejection']) removeEventListener(type, thrown)
  expect(thrown).not.toHaveBeenCalled()
})

test('a garbage candidate is refused and counted, and the link goes on', async () => {
  const { dialer, answerer } = await opened()
  const signal = { kind: 'candidate', connId: CONN_ID, candidate: 'candidate:nonsense' } as const
  answerer.send({ type: 'transport.signal', signal })
  await vi.waitFor(
    () => expect(answerer.of('link.refused')).toEqual([{ type: 'link.refused', fault: 'wire-malformed', count: 1 }]),
    WAIT,
  )
  sendBytes(dialer, noise(2_000, 3))
  await vi.waitFor(() => expect(answerer.received.length).toBe(1), WAIT)
})

test('garbage on either raw channel is refused and counted, and the link goes on', async () => {
  const { dialer, answerer } = await opened()
  dialer.channel('ctl').send('a text')
  dialer.channel('ctl').send(new Uint8Array(0))
  dialer.channel('ctl').send(noise(100, 1) as Uint8Array<ArrayBuffer>)
  dialer.channel('bulk').send(noise(LIMITS.chunkBytes, 2) as Uint8Array<ArrayBuffer>)
  dialer.channel('bulk').send(new Uint8Array(200_000))
  await vi.waitFor(() => expect(answerer.of('link.refused').at(-1)?.count).toBe(5), WAIT)
  sendBytes(dialer, noise(2_000, 3))
  await vi.waitFor(() => expect(answerer.received.length).toBe(1), WAIT)
  expect(answerer.depot.bytes).toBe(0)
})

test('before the first credit no more than the first window leaves', async () => {
  const { dialer, answerer } = await opened()
  const underWay = watchWindow(dialer.channel('bulk'), answerer.channel('bulk'))
  let beforeCredit = 0
  const creditCame = new Promise<void>((resolve) => {
    const ctl = dialer.channel('ctl')
    const hear = ctl.onmessage
    // Ahead of the transport, which lets more go at once.
    ctl.onmessage = (event) => {
      beforeCredit ||= underWay.most
      resolve()
      hear?.call(ctl, event)
    }
  })
  sendBytes(dialer, noise(LIMITS.batchBytes, 1))
  await creditCame
  expect(beforeCredit).toBe(LIMITS.creditStartBytes)
  await vi.waitFor(() => expect(answerer.received.length).toBe(1), WAIT)
})

test('small messages cross, and a pong measures the round trip', async () => {
  const { dialer, answerer } = await opened({ onFact: answering })
  const hello = {
    kind: 'hello',
    protocol: 1,
    peerId: 'dialer',
    epoch: 5,
    digest: '0123456789abcdef',
    cookie: '',
    nonce: 'A'.repeat(22),
    pub: 'A'.repeat(43),
  } as const
  dialer.send({ type: 'transport.say', message: hello })
  dialer.send({ type: 'transport.say', message: { kind: 'ping', id: 3 } })
  await vi.waitFor(() => expect(dialer.of('link.rtt')).toHaveLength(1), WAIT)
  expect(answerer.of('link.said').map(({ message }) => message)).toEqual([hello, { kind: 'ping', id: 3 }])
  expect(dialer.of('link.rtt')[0]?.ms).toBeGreaterThan(0)
  expect(answerer.of('link.heard').length).toBeGreaterThan(0)
})

test('a goodbye said just before stopping arrives even behind bulk, and both connections end closed once', async () => {
  const { dialer, answerer } = await opened()
  for (let i = 0; i < 4; i++) sendBytes(dialer, noise(LIMITS.batchBytes, i + 1))
  dialer.send({ type: 'transport.say', message: { kind: 'bye', reason: 'stopped' } })
  dialer.stop()
  const count = dialer.facts.length
  await vi.waitFor(() => expect(answerer.facts.at(-1)).toEqual({ type: 'link.closed' }), WAIT)
  expect(answerer.of('link.said').map(({ message }) => message)).toEqual([{ kind: 'bye', reason: 'stopped' }])
  answerer.stop()
  await vi.waitFor(() => expect([dialer.closes(), answerer.closes()]).toEqual([1, 1]), WAIT)
  for (const side of [dialer, answerer]) {
    expect(side.pc().connectionState).toBe('closed')
    expect(side.depot.bytes).toBe(0)
  }
  expect(dialer.facts).toHaveLength(count)
})

test('a side that vanishes without a word is told as closed to the other', async () => {
  const { dialer, answerer } = await opened()
  answerer.stop()
  expect(answerer.closes()).toBe(1)
  await vi.waitFor(() => expect(dialer.facts.at(-1)).toEqual({ type: 'link.closed' }), WAIT)
})

test('a hundred attempts, opened or not, leave no connection open', { timeout: 60_000 }, async () => {
  const lone = Array.from({ length: 100 }, () => createRealSide('dialer', () => {}))
  await vi.waitFor(() => expect(lone.every((side) => side.of('link.signal').length > 0)).toBe(true), WAIT)
  for (const side of lone) side.stop()
  expect(lone.map((side) => [side.pc().signalingState, side.closes()])).toEqual(lone.map(() => ['closed', 1]))
})
