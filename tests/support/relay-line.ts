import type { PeerConnectionClass } from '#adapters/webrtc/connection'
import type { Handshake } from '#trust/handshake'
import { parseChunk, chunksOf } from '#wire/chunk'
import { decodeControl, encodeControl } from '#wire/control-codec'
import type { ChannelName, Hello } from '#wire/messages'
import type { DescriptionSignal, Signal } from '#wire/signal'
import { createRelayEnd, type RelayEnd } from './relay-end.ts'
import type { RelayManner } from './relay-manners.ts'
import type { RelayTap } from './relay-tap.ts'

export interface RelayLineOptions {
  readonly PeerConnection: PeerConnectionClass
  readonly connId: string
  readonly dialer: string
  readonly answerer: string
  /** The room's id. */
  readonly room: string
  /** Says it to a device, in the name of the other. */
  readonly tell: (to: string, from: string, signal: Signal) => void
  readonly manner: RelayManner
  readonly tap: RelayTap
}

/** Two devices that take each other to be at the other end, and a connection of the relay's own towards each. */
export interface RelayLine {
  /** What a device says to the other through signaling. */
  readonly signal: (from: string, signal: Exclude<Signal, { kind: 'nudge' }>) => Promise<void>
  readonly close: () => void
}

/** What one device said, and what the other was told in its name. */
interface Party {
  readonly end: RelayEnd
  said?: Hello
  told?: Hello
}

/** A hello or a proof, and the frame that it came in. */
const readFrame = (frame: Uint8Array) => {
  const parsed = parseChunk(frame)
  if (!parsed.ok || parsed.chunk.total > 1) return undefined
  const control = decodeControl(parsed.chunk.payload)
  if (!control.ok || (control.message.kind !== 'hello' && control.message.kind !== 'auth')) return undefined
  return { message: control.message, head: parsed.chunk }
}

const known = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`The relay does not know ${what} yet.`)
  return value
}

export const createRelayLine = (options: RelayLineOptions): RelayLine => {
  const { connId, dialer, answerer, tell, manner, tap } = options
  const parties = new Map<string, Party>()
  const party = (name: string): Party => known(parties.get(name), name)
  const other = (name: string): string => (name === dialer ? answerer : dialer)
  let passing = Promise.resolve()

  /** The receiver's handshake from its other end: what a proof must be of, to be believed there. */
  const handshakeTowards = (to: string): Handshake => ({
    room: options.room,
    role: to === dialer ? 'answerer' : 'dialer',
    fingerprints: party(to).end.fingerprints(),
    ours: known(party(other(to)).told, 'what it told'),
    theirs: known(party(to).said, 'what it was told'),
  })
  const changed = async (from: string, frame: Uint8Array): Promise<readonly Uint8Array[]> => {
    const read = readFrame(frame)
    if (!read) return [frame]
    const { message, head } = read
    if (message.kind === 'hello') party(from).said = message
    const next = await manner(message, () => handshakeTowards(other(from)))
    if (next.kind === 'hello') party(from).told = next
    return next === message ? [frame] : [...chunksOf(encodeControl(next), head)]
  }
  const pass = async (from: string, channel: ChannelName, frame: Uint8Array): Promise<void> => {
    for (const each of await changed(from, frame)) party(other(from)).end.send(channel, each)
  }
  /** The relay's end towards a device: what comes out of it is what that device says. */
  const join = (name: string): void => {
    const end = createRelayEnd(options.PeerConnection, {
      found: (candidate) => tell(name, other(name), { kind: 'candidate', connId, candidate }),
      heard: (channel, frame) => {
        tap.note(`${connId} ${name} ${channel}`, frame)
        // One at a time, so that nothing overtakes a proof that is being made; a link that is gone takes no more.
        passing = passing.then(() => pass(name, channel, frame)).catch(() => undefined)
      },
    })
    parties.set(name, { end })
  }
  /** Believes one device, and says something of its own to the other in that device's name. */
  const rewrite = async (from: string, signal: DescriptionSignal): Promise<void> => {
    const to = other(from)
    await party(from).end.believe(signal)
    const { kind, session } = await party(to).end.describe()
    tell(to, from, { kind, connId, epoch: signal.epoch, session })
  }
  join(dialer)
  join(answerer)
  return {
    signal: (from, signal) =>
      signal.kind === 'candidate' ? party(from).end.meet(signal.candidate) : rewrite(from, signal),
    close: () => {
      for (const { end } of parties.values()) end.close()
    },
  }
}
