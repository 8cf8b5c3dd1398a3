import { afterEach, expect, it, vi } from 'vitest'
import { createActor, sendTo, setup } from 'xstate'
import type { SocketCommand, SocketFact } from '#machines/ports'
import type { Signal } from '#wire/signal'
import { openClient } from '../../../tests/support/signaling-client.ts'
import { createSignalingServer, type SignalingServer, type SignalingServerOptions } from '#server/index'
import { createSocketLogic } from './socket.ts'

const signal: Signal = {
  kind: 'candidate',
  connId: 'c',
  candidate: 'candidate:1 1 udp 1 10.0.0.1 9 typ host',
  mid: '0',
  line: 0,
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

/** A device on the real socket: its facts, and a way to wait for one. */
const connect = (url: string, peerId: string) => {
  const facts: SocketFact[] = []
  const machine = setup({
    types: { events: {} as SocketFact | { type: 'command'; command: SocketCommand } },
    actors: { socket: createSocketLogic() },
  }).createMachine({
    invoke: { src: 'socket', id: 'socket', input: { url, room: 'r', peerId } },
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
  const [ada, bob] = [connect(url, 'ada'), connect(url, 'bob')]
  await ada.join()
  await bob.join()
  await ada.heard({ type: 'socket.peerJoined', peerId: 'bob' })
  ada.command({ type: 'socket.send', to: 'bob', id: 1, signal })
  await bob.heard({ type: 'socket.signal', from: 'ada', signal })
  bob.command({ type: 'socket.leave' })
  await ada.heard({ type: 'socket.peerLeft', peerId: 'bob', why: 'left' })
  ada.command({ type: 'socket.send', to: 'bob', id: 2, signal })
  await ada.heard({ type: 'socket.peerGone', peerId: 'bob' })
  expect(ada.facts.map(({ type }) => type)).not.toContain('socket.malformed')
})

it('stays within the rate of the real server, however much it is given', async () => {
  const { url } = await serve({ limits: { perSecond: 200, burst: 400 } })
  const [ada, bob] = [connect(url, 'ada'), connect(url, 'bob')]
  await ada.join()
  await bob.join()
  await ada.heard({ type: 'socket.peerJoined' })
  for (let id = 0; id < 500; id += 1) ada.command({ type: 'socket.send', to: 'bob', id, signal })
  const arrived = () => bob.facts.flatMap((fact) => (fact.type === 'socket.signal' ? fact.signal : []))
  await expect.poll(() => arrived().length, { timeout: 10_000 }).toBe(500)
  expect(ada.facts.map(({ type }) => type)).not.toContain('socket.refused')
})

it('tells that the same device joined from another place', async () => {
  const { url } = await serve()
  const [old, young] = [connect(url, 'ada'), connect(url, 'ada')]
  await old.join()
  await young.join()
  await old.heard({ type: 'socket.refused', fault: 'signaling-replaced', final: true })
  expect(young.facts.map(({ type }) => type)).toEqual(['socket.opened', 'socket.joined'])
})

it('tells that the room is full, that the server restarts, and that there is none', async () => {
  const server = await serve({ limits: { roomPeers: 1, drainRetryMs: 33 } })
  const [ada, bob] = [connect(server.url, 'ada'), connect(server.url, 'bob')]
  await ada.join()
  await bob.heard({ type: 'socket.opened' })
  bob.command({ type: 'socket.join' })
  await bob.heard({ type: 'socket.refused', fault: 'signaling-full', final: false })
  await server.close()
  await ada.heard({ type: 'socket.draining', retryMs: 33 })
  await ada.heard({ type: 'socket.closed', fault: 'signaling-unreachable' })
  const late = connect(server.url, 'ada')
  await late.heard({ type: 'socket.closed', fault: 'signaling-unreachable' })
  expect(late.facts).toHaveLength(1)
})

it('counts what another device put in the box and is no signal', async () => {
  const { url } = await serve()
  const ada = connect(url, 'ada')
  await ada.join()
  const mallory = openClient(url)
  stops.push(() => mallory.close())
  await mallory.next('hello')
  mallory.send({ t: 'join', room: 'r', peer: 'mallory' })
  mallory.send({ t: 'signal', to: 'ada', id: 1, box: '{"kind":"offer"}' })
  await ada.heard({ type: 'socket.malformed' })
  expect(ada.facts.map(({ type }) => type)).not.toContain('socket.signal')
})
