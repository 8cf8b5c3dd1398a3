import type { SocketCommand, SocketFact, SocketInput } from '#machines/ports'
import { LIMITS } from '#model/limits'
import {
  type ClientFrame,
  type ErrorFrame,
  type ServerFrame,
  SIGNALING_CLOSE,
  SIGNALING_PROTOCOL,
} from '#wire/signaling'
import { parseServerFrame, parseSignal } from '#wire/signaling-schema'
import type { SteadyClock } from '../steady-clock.ts'
import { createPacer, type Pacer } from './pacer.ts'
import { refusal, refusalOfClose, refusalOfError } from './refusals.ts'
import { createSentSignals } from './sent-signals.ts'

/** The part of `WebSocket` that is used. */
export type SocketLike = Pick<WebSocket, 'readyState' | 'send' | 'close' | 'onmessage' | 'onclose'>
export type SocketConstructor = new (url: string, protocol: string) => SocketLike

interface OpenSocket {
  readonly obey: (command: SocketCommand) => void
  /** Closes; nothing is told or sent afterwards. Idempotent. */
  readonly stop: () => void
}

const OPEN = 1
/** Where a server restarts without naming a time, ms. */
const RESTART_MS = 1_000
const encoder = new TextEncoder()
const isWithin = (text: string, bytes: number): boolean => encoder.encode(text).byteLength <= bytes

/** @throws SyntaxError | SecurityError as the WebSocket constructor does */
export const openSocket = (
  { url, room, peerId }: SocketInput,
  WebSocket: SocketConstructor,
  tell: (fact: SocketFact) => void,
  clock: SteadyClock,
): OpenSocket => {
  const socket = new WebSocket(url, SIGNALING_PROTOCOL)
  const sent = createSentSignals()
  let pacer: Pacer | undefined
  let isDraining = false
  let isOver = false

  const stop = () => {
    if (isOver) return
    isOver = true
    pacer?.stop()
    socket.onmessage = null
    socket.onclose = null
    socket.close(SIGNALING_CLOSE.normal)
  }
  const finish = (fact: SocketFact) => {
    stop()
    tell(fact)
  }
  const write = (text: string) => {
    if (!isOver && socket.readyState === OPEN) socket.send(text)
  }
  const say = (frame: ClientFrame) => {
    // More than the server will ever take in time: better a fresh start than a queue without end.
    if (pacer?.push(JSON.stringify(frame)) === false) finish(refusal('signaling-refused', false))
  }

  const drain = (retryMs: number) => {
    if (isDraining) return
    isDraining = true
    tell({ type: 'socket.draining', retryMs })
  }
  const greet = (frame: Extract<ServerFrame, { t: 'hello' }>) => {
    if (pacer) return tell({ type: 'socket.malformed' })
    pacer = createPacer(frame.limits, write, clock)
    tell({ type: 'socket.opened' })
  }
  const unpack = (frame: Extract<ServerFrame, { t: 'signal' }>) => {
    const parsed = parseSignal(frame.box)
    tell(parsed.ok ? { type: 'socket.signal', from: frame.from, signal: parsed.signal } : { type: 'socket.malformed' })
  }
  const heed = (frame: ErrorFrame) => {
    if (!UNDELIVERED.includes(frame.code)) return finish(refusalOfError(frame))
    const gone = frame.ref === undefined ? undefined : sent.take(frame.ref)
    tell(gone === undefined ? { type: 'socket.malformed' } : { type: 'socket.peerGone', peerId: gone })
  }
  const hear = (frame: ServerFrame) => {
    if (frame.t === 'hello') greet(frame)
    if (frame.t === 'joined') tell({ type: 'socket.joined', peers: frame.peers })
    if (frame.t === 'peer-joined') tell({ type: 'socket.peerJoined', peerId: frame.peer })
    if (frame.t === 'peer-left') tell({ type: 'socket.peerLeft', peerId: frame.peer, why: frame.why })
    if (frame.t === 'signal') unpack(frame)
    if (frame.t === 'error') heed(frame)
    if (frame.t === 'drain') drain(frame.retryMs)
  }
  const read = (data: unknown) => {
    if (typeof data !== 'string') return tell({ type: 'socket.malformed' })
    const parsed = parseServerFrame(data)
    if (parsed.ok) return hear(parsed.frame)
    if (parsed.code === 'unsupported-version') return finish(refusal('signaling-malformed', true))
    tell({ type: 'socket.malformed' })
  }

  const send = ({ to, id, signal }: Extract<SocketCommand, { type: 'socket.send' }>) => {
    const frame: ClientFrame = { t: 'signal', to, id, box: JSON.stringify(signal) }
    const fits = isWithin(frame.box, LIMITS.signalBytes) && isWithin(JSON.stringify(frame), LIMITS.signalingFrameBytes)
    // The server would close the connection for it, so it goes no further than here.
    if (!fits) return tell({ type: 'socket.peerGone', peerId: to })
    sent.note(id, to)
    say(frame)
  }
  const leave = () => {
    write(JSON.stringify({ t: 'leave' } satisfies ClientFrame))
    stop()
  }

  socket.onmessage = ({ data }: { readonly data: unknown }) => read(data)
  socket.onclose = ({ code }: { readonly code: number }) => {
    if (code === SIGNALING_CLOSE.restart) drain(RESTART_MS)
    finish(refusalOfClose(code) ?? { type: 'socket.closed', fault: 'signaling-unreachable' })
  }
  return {
    stop,
    obey(command) {
      if (isOver) return
      if (command.type === 'socket.join') say({ t: 'join', room, peer: peerId })
      if (command.type === 'socket.send') send(command)
      if (command.type === 'socket.leave') leave()
    },
  }
}

/** Refusals of one signal that leave the connection as it is. */
const UNDELIVERED: readonly string[] = ['peer-unknown', 'peer-gone', 'too-large']
