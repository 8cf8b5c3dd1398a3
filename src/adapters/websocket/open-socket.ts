import type { SocketCommand, SocketFact, SocketInput } from '#machines/ports'
import { toFieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import type { JoinProof } from '#trust/join-proof'
import type { Opened } from '#trust/socket-trust.types'
import {
  type ClientFrame,
  type ErrorFrame,
  type ServerFrame,
  SIGNALING_CLOSE,
  SIGNALING_PROTOCOL,
} from '#wire/signaling'
import { parseServerFrame } from '#wire/signaling-schema'
import type { SteadyClock } from '../steady-clock.ts'
import { createNonsense } from './nonsense.ts'
import { createPacer, type Pacer } from './pacer.ts'
import { refusal, refusalOfClose, refusalOfError } from './refusals.ts'
import { createSentSignals } from './sent-signals.ts'
import { signalIn, bytesOf } from './signal-text.ts'
import type { SocketLogicOptions } from './socket.ts'
import { createTurns } from './turns.ts'

/** The part of `WebSocket` that is used. */
export type SocketLike = Pick<WebSocket, 'readyState' | 'send' | 'close' | 'onmessage' | 'onclose'>
export type SocketConstructor = new (url: string, protocol: string) => SocketLike

export interface OpenSocketOptions extends Omit<SocketLogicOptions, 'signal'> {
  readonly WebSocket: SocketConstructor
  readonly clock: SteadyClock
}

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
  { WebSocket, clock, trust, token, onIceServers }: OpenSocketOptions,
  report: (fact: SocketFact) => void,
): OpenSocket => {
  const socket = new WebSocket(url, SIGNALING_PROTOCOL)
  const sent = createSentSignals()
  const nonsense = createNonsense()
  /** Boxes take their time to be sealed and opened; what comes after them waits, each way in its own order. */
  const [outward, inward] = [createTurns(), createTurns()]
  let greeted: { readonly nonce: string; readonly pacer: Pacer } | undefined
  let isDraining = false
  let isOver = false

  const stop = () => {
    if (isOver) return
    isOver = true
    for (const waiting of [outward, inward, greeted?.pacer]) waiting?.stop()
    socket.onmessage = null
    socket.onclose = null
    socket.close(SIGNALING_CLOSE.normal)
  }
  const tell = (fact: SocketFact) => {
    if (!isOver) report(fact)
  }
  const finish = (fact: SocketFact) => {
    if (isOver) return
    stop()
    report(fact)
  }
  const write = (text: string) => {
    if (!isOver && socket.readyState === OPEN) socket.send(text)
  }
  const say = (frame: ClientFrame) => {
    // More than the server will ever take in time: better a fresh start than a queue without end.
    if (greeted?.pacer.push(JSON.stringify(frame)) === false) finish(refusal('signaling-refused', false))
  }

  const drain = (retryMs: number) => {
    if (isDraining) return
    isDraining = true
    tell({ type: 'socket.draining', retryMs })
  }
  const greet = ({ nonce, limits }: Extract<ServerFrame, { t: 'hello' }>) => {
    if (greeted) return tell({ type: 'socket.malformed' })
    greeted = { nonce, pacer: createPacer(limits, write, clock) }
    tell({ type: 'socket.opened' })
  }
  const welcome = ({ peers, ice }: Extract<ServerFrame, { t: 'joined' }>) => {
    onIceServers?.(ice)
    tell({ type: 'socket.joined', peers })
  }
  const heed = (frame: ErrorFrame) => {
    if (!UNDELIVERED.includes(frame.code)) return finish(refusalOfError(frame))
    const gone = frame.ref === undefined ? undefined : sent.take(frame.ref)
    tell(gone === undefined ? { type: 'socket.malformed' } : { type: 'socket.peerGone', peerId: gone })
  }
  const meet = (peerId: string) => {
    nonsense.forgive(peerId)
    tell({ type: 'socket.peerJoined', peerId })
  }
  const hear = (frame: Exclude<ServerFrame, { t: 'signal' }>) => {
    if (frame.t === 'hello') greet(frame)
    if (frame.t === 'joined') welcome(frame)
    if (frame.t === 'peer-joined') meet(frame.peer)
    if (frame.t === 'peer-left') tell({ type: 'socket.peerLeft', peerId: frame.peer, why: frame.why })
    if (frame.t === 'error') heed(frame)
    if (frame.t === 'drain') drain(frame.retryMs)
  }
  const unpack = (from: string, opened: Opened) => {
    const signal = opened.ok ? signalIn(opened.plain) : undefined
    if (signal) return tell({ type: 'socket.signal', from, signal })
    // Forged or replayed: the server's doing, or the network's, and it may go on. What is genuine must still get through.
    if (opened.ok || opened.fault === 'wire-malformed') nonsense.heard(from)
  }
  const receive = ({ from, box }: Extract<ServerFrame, { t: 'signal' }>) => {
    if (nonsense.isDeafTo(from)) return
    inward.after(
      trust.open(from, box),
      (opened) => unpack(from, opened),
      () => tell({ type: 'socket.malformed' }),
    )
  }
  const read = (data: unknown) => {
    // Faster than boxes can be opened, whoever sends them.
    if (inward.length >= LIMITS.signalsPaced) return finish(refusal('signaling-malformed', false))
    const parsed = typeof data === 'string' ? parseServerFrame(data) : undefined
    if (parsed?.ok && parsed.frame.t === 'signal') return receive(parsed.frame)
    inward.now(() => {
      if (parsed?.ok && parsed.frame.t !== 'signal') hear(parsed.frame)
      else if (parsed?.ok === false && parsed.code === 'unsupported-version')
        finish(refusal('signaling-malformed', true))
      else tell({ type: 'socket.malformed' })
    })
  }

  const join = () => {
    if (!greeted) return
    const { nonce } = greeted
    const enter = (proof: JoinProof) => {
      const pass = token?.()
      say({ t: 'join', room, peer: peerId, ...proof, ...(pass !== undefined && { token: pass }) })
    }
    const giveUp = (error: unknown) => finish(refusal(toFieldmeshError(error).code, false))
    outward.after(trust.prove({ room, peer: peerId, nonce }), enter, giveUp)
  }
  const dispatch = (to: string, id: number, box: string) => {
    const frame: ClientFrame = { t: 'signal', to, id, box }
    const fits = isWithin(box, LIMITS.signalBytes) && isWithin(JSON.stringify(frame), LIMITS.signalingFrameBytes)
    // The server would close the connection for it, so it goes no further than here.
    if (!fits) return tell({ type: 'socket.peerGone', peerId: to })
    sent.note(id, to)
    say(frame)
  }
  const send = ({ to, id, signal }: Extract<SocketCommand, { type: 'socket.send' }>) => {
    if (outward.length >= LIMITS.signalsPaced) return finish(refusal('signaling-refused', false))
    outward.after(
      trust.seal(to, bytesOf(signal)),
      (box) => dispatch(to, id, box),
      () => tell({ type: 'socket.peerGone', peerId: to }),
    )
  }
  const leave = () => {
    write(JSON.stringify({ t: 'leave' } satisfies ClientFrame))
    stop()
  }

  socket.onmessage = ({ data }: { readonly data: unknown }) => read(data)
  socket.onclose = ({ code }: { readonly code: number }) =>
    inward.now(() => {
      if (code === SIGNALING_CLOSE.restart) drain(RESTART_MS)
      finish(refusalOfClose(code) ?? { type: 'socket.closed', fault: 'signaling-unreachable' })
    })
  return {
    stop,
    obey(command) {
      if (isOver) return
      if (command.type === 'socket.join') join()
      if (command.type === 'socket.send') send(command)
      if (command.type === 'socket.leave') leave()
    },
  }
}

/** Refusals of one signal that leave the connection as it is. */
const UNDELIVERED: readonly string[] = ['peer-unknown', 'peer-gone', 'too-large']
