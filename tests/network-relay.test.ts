import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { SimulatedClock } from 'xstate'
import type { Candidate } from '#wire/candidate'
import { encodeCandidate } from '#wire/candidate-signal'
import { sessionText } from '#wire/session-signal'
import { hostCandidate, sampleSession } from '#wire/session.testing'
import type { Signal } from '#wire/signal'
import { createUdpRelay, type RelayOptions, type UdpRelay } from '../bench/network/relay.ts'
import { createShapedLine, type LineShape } from '../bench/network/shaped-line.ts'
import { viaRelay } from '../bench/network/via-relay.ts'
import { seeded } from './support/random.ts'

/** 972 bytes and their headers make a thousand. */
const PACKET = 972

/** A line on a simulated clock, and when what was sent over it came. */
const launch = (shape: LineShape, seed = 1) => {
  const clock = new SimulatedClock()
  const line = createShapedLine({ ...shape, clock, random: seeded(seed) })
  const came: { id: number; at: number }[] = []
  const send = (id: number, bytes = PACKET) => line.send(bytes, () => came.push({ id, at: clock.now() }))
  const elapse = (ms: number) => {
    for (let step = 0; step < ms; step++) clock.increment(1)
  }
  return { line, came, send, elapse, ids: () => came.map(({ id }) => id) }
}

describe('a line', () => {
  test('that costs nothing delivers at once', () => {
    const { send, came } = launch({})
    send(1)
    expect(came).toEqual([{ id: 1, at: 0 }])
  })

  test('takes its time for each packet, headers included, and then the way', () => {
    const { send, elapse, came } = launch({ bitsPerSecond: 1e6, delayMs: 20 })
    send(1)
    send(2)
    elapse(27)
    expect(came).toEqual([])
    elapse(100)
    expect(came).toEqual([
      { id: 1, at: 28 },
      { id: 2, at: 36 },
    ])
  })

  test('carries as much as its rate and no more, however much is sent', () => {
    const { send, elapse, came } = launch({ bitsPerSecond: 2e6, bufferBytes: 64_000 })
    for (let i = 0; i < 3_000; i++) {
      send(i)
      elapse(1)
    }
    expect(came.length).toBeGreaterThan(740)
    expect(came.length).toBeLessThanOrEqual(750)
  })

  test('drops the newest where its buffer is full, and takes more once there is room', () => {
    const { send, elapse, ids, line } = launch({ bitsPerSecond: 1e6, bufferBytes: 3_000 })
    for (let id = 1; id <= 5; id++) send(id)
    expect(line.counts.dropped).toBe(2)
    elapse(8)
    send(6)
    elapse(100)
    expect(ids()).toEqual([1, 2, 3, 6])
  })

  test('loses the share it was told to, the same packets for the same seed', () => {
    const run = (seed: number) => {
      const { send, ids, line } = launch({ loss: 0.05 }, seed)
      for (let id = 0; id < 10_000; id++) send(id)
      return { ids: ids(), lost: line.counts.lost }
    }
    expect(run(1)).toEqual(run(1))
    expect(run(1).ids).not.toEqual(run(2).ids)
    expect(run(1).lost).toBeGreaterThan(400)
    expect(run(1).lost).toBeLessThan(600)
  })

  test('a lost packet took its turn all the same', () => {
    const clock = new SimulatedClock()
    const chances = [0, 1]
    const line = createShapedLine({ bitsPerSecond: 1e6, loss: 0.5, clock, random: () => chances.shift() ?? 1 })
    const came: number[] = []
    line.send(PACKET, () => came.push(clock.now()))
    line.send(PACKET, () => came.push(clock.now()))
    for (let step = 0; step < 100; step++) clock.increment(1)
    expect(came).toEqual([16])
  })

  test('never lets one packet overtake another', () => {
    const { send, elapse, ids } = launch({ bitsPerSecond: 5e6, delayMs: 7 })
    const next = seeded(3)
    for (let id = 0; id < 500; id++) {
      send(id, 1 + Math.floor(next() * 1_200))
      if (id % 3 === 0) elapse(1)
    }
    elapse(2_000)
    expect(ids()).toEqual(Array.from({ length: 500 }, (_, id) => id))
  })

  test('that is cut swallows what is under way, and carries again once it is healed', () => {
    const { send, elapse, ids, line } = launch({ delayMs: 20 })
    send(1)
    elapse(10)
    line.cut()
    elapse(10)
    send(2)
    elapse(25)
    line.heal()
    send(3)
    elapse(25)
    expect(ids()).toEqual([3])
    expect(line.counts).toMatchObject({ delivered: 1, cut: 2 })
  })

  test('that is stopped delivers nothing more, and forgets what was under way', () => {
    const { send, elapse, ids, line } = launch({ delayMs: 20 })
    send(1)
    line.stop()
    elapse(100)
    expect(ids()).toEqual([])
    send(2)
    elapse(100)
    expect(ids()).toEqual([2])
  })
})

/** A program that sends and hears datagrams. */
const openProgram = async () => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  open.add(socket)
  const heard: { text: string; from: number }[] = []
  socket.on('message', (bytes, { port }) => heard.push({ text: bytes.toString(), from: port }))
  const next = async () => {
    if (heard.length === 0) await once(socket, 'message')
    return heard.shift()
  }
  return {
    port: socket.address().port,
    next,
    heard,
    send: (text: string, port: number) => socket.send(text, port, '127.0.0.1'),
  }
}
const open = new Set<Socket>()
const relays = new Set<UdpRelay>()
afterEach(async () => {
  await Promise.all([...relays].map((relay) => relay.close()))
  for (const socket of open) socket.close()
  relays.clear()
  open.clear()
})

const launchRelay = async (options: RelayOptions = {}) => {
  const relay = createUdpRelay({ address: '127.0.0.1', ...options })
  relays.add(relay)
  const [a, b] = await Promise.all([openProgram(), openProgram()])
  const [faceOfA, faceOfB] = await Promise.all([relay.face('a', a.port), relay.face('b', b.port)])
  return { relay, a, b, faceOfA, faceOfB }
}

describe('the relay', () => {
  test('carries both ways, and each side sees only the face of the other', async () => {
    const { a, b, faceOfA, faceOfB } = await launchRelay()
    a.send('to b', faceOfB)
    expect(await b.next()).toEqual({ text: 'to b', from: faceOfA })
    b.send('to a', faceOfA)
    expect(await a.next()).toEqual({ text: 'to a', from: faceOfB })
  })

  test('gives a port the same face however often it is asked', async () => {
    const { relay, a, faceOfA } = await launchRelay()
    expect(await relay.face('a', a.port)).toBe(faceOfA)
  })

  test('carries nothing of a sender it does not know', async () => {
    const { relay, a, b, faceOfB } = await launchRelay()
    const stranger = await openProgram()
    stranger.send('from a stranger', faceOfB)
    a.send('from a', faceOfB)
    expect((await b.next())?.text).toBe('from a')
    expect(relay.counts('a').delivered).toBe(1)
    expect(b.heard).toEqual([])
  })

  test('carries nothing that an end sends to its own face', async () => {
    const { relay, a, faceOfA, b, faceOfB } = await launchRelay()
    a.send('to itself', faceOfA)
    b.send('from b', faceOfA)
    expect((await a.next())?.text).toBe('from b')
    a.send('from a', faceOfB)
    expect((await b.next())?.text).toBe('from a')
    expect([relay.counts('a').delivered, a.heard]).toEqual([1, []])
  })

  test('cut one way carries the other way, and heals', async () => {
    const { relay, a, b, faceOfA, faceOfB } = await launchRelay()
    relay.cut('a')
    a.send('swallowed', faceOfB)
    b.send('comes', faceOfA)
    expect((await a.next())?.text).toBe('comes')
    await expect.poll(() => relay.counts('a').cut).toBe(1)
    relay.heal('a')
    a.send('comes again', faceOfB)
    expect((await b.next())?.text).toBe('comes again')
  })

  test('shapes each direction by itself', async () => {
    const { relay, a, b, faceOfA, faceOfB } = await launchRelay({ a: { loss: 1 } })
    a.send('lost', faceOfB)
    b.send('comes', faceOfA)
    expect((await a.next())?.text).toBe('comes')
    await expect.poll(() => relay.counts('a').lost).toBe(1)
    expect(relay.counts('b').lost).toBe(0)
  })

  test('lets go of its ports when it is closed, and closes once', async () => {
    const { relay, faceOfA } = await launchRelay()
    await relay.close()
    await relay.close()
    const socket = createSocket('udp4')
    open.add(socket)
    socket.bind(faceOfA, '127.0.0.1')
    await once(socket, 'listening')
    await expect(relay.face('a', 1)).rejects.toThrow('closed')
  })
})

describe('a signal through the relay', () => {
  const HOST: Candidate = { ...hostCandidate, address: '192.0.2.7', port: 40_000 }
  const candidateOf = (candidate: Candidate | undefined): Signal => ({
    kind: 'candidate',
    connId: 'x',
    candidate: encodeCandidate({ ufrag: 'abcd', candidate }),
  })

  test('names the face in the place of the address', async () => {
    const { relay } = await launchRelay()
    const face = await relay.face('a', 40_000)
    expect(await viaRelay(relay, 'a', candidateOf(HOST))).toEqual(
      candidateOf({ ...HOST, address: '127.0.0.1', port: face }),
    )
  })

  test('goes on where it says that no candidate follows', async () => {
    const { relay } = await launchRelay()
    expect(await viaRelay(relay, 'a', candidateOf(undefined))).toEqual(candidateOf(undefined))
  })

  test.each<[string, Signal]>([
    ['TCP', candidateOf({ ...HOST, transport: 'tcp-active' })],
    ['an mDNS name', candidateOf({ ...HOST, address: 'c17ad899-fc88-4380-9152-8a02ba055a45.local' })],
    ['IPv6', candidateOf({ ...HOST, address: 'fd00::2' })],
    ['seen by a server', candidateOf({ ...HOST, type: 'srflx', related: { address: '10.0.0.1', port: 1 } })],
    ['nonsense', { kind: 'candidate', connId: 'x', candidate: 'candidate:nonsense' }],
  ])('is kept back where its candidate is %s: it could go round the relay', async (_, signal) => {
    const { relay } = await launchRelay()
    expect(await viaRelay(relay, 'a', signal)).toBeUndefined()
  })

  test('has the candidates within a description treated alike', async () => {
    const { relay } = await launchRelay()
    const face = await relay.face('b', 40_000)
    const describe = (...candidates: readonly Candidate[]): Signal => {
      const session = sessionText({ ...sampleSession, setup: 'active', candidates })
      return { kind: 'answer', connId: 'x', epoch: 1, session }
    }
    const told = await viaRelay(relay, 'b', describe(HOST, { ...HOST, address: 'fd00::2' }))
    expect(told).toEqual(describe({ ...HOST, address: '127.0.0.1', port: face }))
  })
})
