import { createActor, fromCallback, sendTo, setup } from 'xstate'
import type { SocketCommand, SocketFact, SocketInput } from '#machines/ports'
import type { Opened, SocketTrust } from '#trust/socket-trust.types'
import type { Signal } from '#wire/signal'
import type { SocketLike } from './open-socket.ts'
import { createSocketLogic } from './socket.ts'

export const limits = { frameBytes: 16_384, boxBytes: 12_288, roomPeers: 64, perSecond: 30, burst: 60, joinMs: 5_000 }
export const hello = { t: 'hello', v: 1, nonce: 'n', node: 'm', ping: 25_000, limits }
export const nudge: Signal = { kind: 'nudge', epoch: 1 }
export const input: SocketInput = { url: 'ws://server', room: 'r', peerId: 'ada' }

export const proof = { pub: 'k', roomSig: 'r', devSig: 'd' }
const refused = (fault: 'signal-forged' | 'signal-replayed' | 'wire-malformed'): Opened => ({ ok: false, fault })
/** Boxes one can look into: what they hide is shown where they are made. */
export const glass: SocketTrust = {
  prove: async () => proof,
  seal: async (to, plain) => `for ${to}: ${new TextDecoder().decode(plain)}`,
  open: async (from, box) => {
    if (box === 'forged') return refused('signal-forged')
    if (box === 'replayed') return refused('signal-replayed')
    const [start, text] = [`from ${from}: `, box.slice(`from ${from}: `.length)]
    return box.startsWith(start) ? { ok: true, plain: new TextEncoder().encode(text) } : refused('wire-malformed')
  },
}
export const boxOf = (from: string, signal: unknown) => `from ${from}: ${JSON.stringify(signal)}`
/** Work that is done when the test says so. */
export const held = <T>() => Promise.withResolvers<T>()

/** A WebSocket played by the test. */
export class FakeSocket implements SocketLike {
  static last: FakeSocket
  readyState: SocketLike['readyState'] = 0
  onmessage: SocketLike['onmessage'] = null
  onclose: SocketLike['onclose'] = null
  readonly sent: unknown[] = []
  readonly closes: unknown[] = []
  readonly url: string
  readonly protocol: string
  constructor(url: string, protocol: string) {
    this.url = url
    this.protocol = protocol
    FakeSocket.last = this
  }
  send = (text: unknown) => void this.sent.push(JSON.parse(String(text)))
  close = (code?: number) => {
    this.readyState = 2
    this.closes.push(code)
  }
  hear(frame: unknown) {
    this.readyState = 1
    const data = typeof frame === 'string' || frame instanceof ArrayBuffer ? frame : JSON.stringify(frame)
    this.onmessage?.call(this as unknown as WebSocket, new MessageEvent('message', { data }))
  }
  shut(code: number) {
    this.readyState = 3
    this.onclose?.call(
      this as unknown as WebSocket,
      Object.assign(new Event('close'), { code, reason: '', wasClean: true }),
    )
  }
}

/** A chart reduced to its ears: it records the facts and passes the commands on. */
export const seat = (logic = createSocketLogic({ WebSocket: FakeSocket, trust: glass })) => {
  const facts: SocketFact[] = []
  const machine = setup({
    types: { events: {} as SocketFact | { type: 'command'; command: SocketCommand } },
    actors: { socket: logic, ear: fromCallback(() => {}) },
  }).createMachine({
    invoke: { src: 'socket', id: 'socket', input },
    on: {
      command: { actions: sendTo('socket', ({ event }) => event.command) },
      '*': { actions: ({ event }) => void (event.type !== 'command' && facts.push(event)) },
    },
  })
  const actor = createActor(machine).start()
  const command = (order: SocketCommand) => actor.send({ type: 'command', command: order })
  return { facts, command, stop: () => actor.stop(), socket: FakeSocket.last }
}
export const online = (trust: Partial<SocketTrust> = {}) => {
  const seated = seat(createSocketLogic({ WebSocket: FakeSocket, trust: { ...glass, ...trust } }))
  seated.socket.hear(hello)
  return seated
}
