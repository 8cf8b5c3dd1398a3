import { afterEach, expect, it, vi } from 'vitest'
import { createActor, sendTo, setup } from 'xstate'
import type { SocketCommand, SocketFact } from '#machines/ports'
import { LIMITS } from '#model/limits'
import { createSocketTrust } from '#trust/socket-trust'
import { utf8 } from '#trust/statement'
import { encodeCandidate } from '#wire/candidate-signal'
import { hostCandidate } from '#wire/session.testing'
import type { Signal } from '#wire/signal'
import { deviceKey, idOf, roomIdOf, roomKey } from '../../../tests/support/named-keys.ts'
import { askIn, openClient } from '../../../tests/support/signaling-client.ts'
import { createWebCrypto } from '../crypto/web-crypto.ts'
import { createSignalingServer, type SignalingServer, type SignalingServerOptions } from '#server/index'
import { createSocketLogic } from './socket.ts'

const signal: Signal = {
  kind: 'candidate',
  connId: 'c',
  candidate: encodeCandidate({ ufrag: 'OpDk', candidate: hostCandidate }),
}
vi.setConfig({ testTimeout: 20_000 })
const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

const serve = async (options: SignalingServerOptions = {}): Promise<SignalingServer> => {
  const server = await createSignalingServer(options)
  stops.push(() => server.close())
  return server
}

const suite = createWebCrypto()
let epoch = 0
/** The keys of a device of that name, for a run of its own. */
const trustOf = async (name: string) => {
  const sealing = await suite.sealingKey(new Uint8Array(32).fill(7))
  const room = { id: roomIdOf('r'), signer: roomKey('r'), sealing }
  return createSocketTrust({ suite, room, device: deviceKey(name), epoch: ++epoch })
}

/** A device on the real socket: its facts, and a way to wait for one. */
const connect = async (url: string, name: string) => {
  const facts: SocketFact[] = []
  const trust = await trustOf(name)
  const machine = setup({
    types: { events: {} as SocketFact | { type: 'command'; command: SocketCommand } },
    actors: { socket: createSocketLogic({ trust }) },
  }).createMachine({
    invoke: { src: 'socket', id: 'socket', input: { url, room: roomIdOf('r'), peerId: idOf(name) } },
    on: {
      command: { actions: sendTo('socket', ({ event }) => event.command) },
      'socket.*': { actions: ({ event }) => void facts.push(event) },
    },
  })
  const actor = createActor(machine).start()
  stops.push(() => actor.stop())
  const heard = (fact: Partial<SocketFact>) =>
    expect.poll(() => facts, { timeout: 10_000 }).toContainEqual(expect.objectContaining(fact))
  const command = (order: SocketCommand) => actor.send({ type: 'command', command: order })
  const join = async () => {
    await heard({ type: 'socket.opened' })
    command({ type: 'socket.join' })
    await heard({ type: 'socket.joined' })
  }
  return { facts, heard, command, join }
}

it('carries a signal from one device to another through the real server', async () => {
  const { url } = await serve()
  const [ada, bob] = [await connect(url, 'ada'), await connect(url, 'bob')]
  await ada.join()
  await bob.join()
  await ada.heard({ type: 'socket.peerJoined', peerId: idOf('bob') })
  ada.command({ type: 'socket.send', to: idOf('bob'), id: 1, signal })
  await bob.heard({ type: 'socket.signal', from: idOf('ada'), signal })
  bob.command({ type: 'socket.leave' })
  await ada.heard({ type: 'socket.peerLeft', peerId: idOf('bob'), why: 'left' })
  ada.command({ type: 'socket.send', to: idOf('bob'), id: 2, signal })
  await ada.heard({ type: 'socket.peerGone', peerId: idOf('bob') })
  expect(ada.facts.map(({ type }) => type)).not.toContain('socket.malformed')
})

it('stays within the rate of the real server, however much it is given', async () => {
  const { url } = await serve({ limits: { perSecond: 200, burst: 400 } })
  const [ada, bob] = [await connect(url, 'ada'), await connect(url, 'bob')]
  await ada.join()
  await bob.join()
  await ada.heard({ type: 'socket.peerJoined' })
  for (let id = 0; id < 500; id += 1) ada.command({ type: 'socket.send', to: idOf('bob'), id, signal })
  const arrived = () => bob.facts.flatMap((fact) => (fact.type === 'socket.signal' ? fact.signal : []))
  await expect.poll(() => arrived().length, { timeout: 100_000 }).toBe(500)
  expect(ada.facts.map(({ type }) => type)).not.toContain('socket.refused')
})

it('tells that the same device joined from another place', async () => {
  const { url } = await serve()
  const [old, young] = [await connect(url, 'ada'), await connect(url, 'ada')]
  await old.join()
  await young.join()
  await old.heard({ type: 'socket.refused', fault: 'signaling-replaced', final: true })
  expect(young.facts.map(({ type }) => type)).toEqual(['socket.opened', 'socket.joined'])
})

it('tells that the room is full, that the server restarts, and that there is none', async () => {
  const server = await serve({ limits: { roomPeers: 1, drainRetryMs: 33 } })
  const [ada, bob] = [await connect(server.url, 'ada'), await connect(server.url, 'bob')]
  await ada.join()
  await bob.heard({ type: 'socket.opened' })
  bob.command({ type: 'socket.join' })
  await bob.heard({ type: 'socket.refused', fault: 'signaling-full', final: false })
  await server.close()
  await ada.heard({ type: 'socket.draining', retryMs: 33 })
  await ada.heard({ type: 'socket.closed', fault: 'signaling-unreachable' })
  const late = await connect(server.url, 'ada')
  await late.heard({ type: 'socket.closed', fault: 'signaling-unreachable' })
  expect(late.facts).toHaveLength(1)
})

it('holds nonsense in boxes against the device that made it, and keeps its connection', async () => {
  const { url } = await serve()
  const ada = await connect(url, 'ada')
  await ada.join()
  const [mallory, bob] = [openClient(url), openClient(url)]
  for (const [client, name] of [
    [mallory, 'mallory'],
    [bob, 'bob'],
  ] as const) {
    stops.push(() => client.close())
    await askIn(client, 'r', name)
    await client.next('joined')
  }
  const say = async (client: typeof bob, name: string, text: string) =>
    client.send({ t: 'signal', to: idOf('ada'), id: 1, box: await (await trustOf(name)).seal(idOf('ada'), utf8(text)) })
  mallory.send({ t: 'signal', to: idOf('ada'), id: 1, box: 'no box' })
  for (let id = 0; id < 2 * LIMITS.malformedPerSocket; id++) await say(mallory, 'mallory', '{"kind":"offer"}')
  // The server has carried all of that once this is here.
  mallory.send({ t: 'signal', to: idOf('bob'), id: 2, box: 'the last' })
  await bob.next('signal')
  await say(bob, 'bob', '{"kind":"nudge","epoch":1}')
  await ada.heard({ type: 'socket.signal', from: idOf('bob') })
  const others = ['socket.malformed', 'socket.refused', 'socket.closed']
  expect(ada.facts.filter(({ type }) => others.includes(type))).toEqual([])
})

it('tells that the operator of the server wants a pass', async () => {
  const { url } = await serve({ verifyToken: async () => 'auth-required' })
  const ada = await connect(url, 'ada')
  await ada.heard({ type: 'socket.opened' })
  ada.command({ type: 'socket.join' })
  await ada.heard({ type: 'socket.refused', fault: 'signaling-pass', final: true })
  expect(ada.facts.map(({ type }) => type)).toEqual(['socket.opened', 'socket.refused'])
})
