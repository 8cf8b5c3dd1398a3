import type { PeerConnectionClass } from '#adapters/webrtc/connection'
import type { CryptoSuite } from '#trust/crypto.types'
import { openRoomKeys } from '#trust/room-keys'
import { createSignalBoxes, type SignalBoxes } from '#trust/sealed-signals'
import { utf8 } from '#trust/statement'
import type { Signal } from '#wire/signal'
import { parseSignal } from '#wire/signaling-schema'
import { createRelayLine, type RelayLine } from './relay-line.ts'
import type { RelayKeys, RelayManner } from './relay-manners.ts'
import type { BoxUnderWay, Relay, RelayPost } from './relay-post.ts'
import { createRelayTap, type RelayTap } from './relay-tap.ts'

export interface MemberRelayOptions {
  readonly suite: CryptoSuite
  /** Of the room, which leaked, or of which it is a member. */
  readonly secret: string
  readonly post: Pick<RelayPost, 'deliver'>
  readonly PeerConnection: PeerConnectionClass
  readonly manner: (keys: RelayKeys) => RelayManner
}

/** A relay that has the room's secret, and the key of neither device. */
export interface MemberRelay extends Relay {
  readonly tap: RelayTap
  /** Attempts at a link in which it sat. */
  readonly lines: () => number
  readonly close: () => void
}

/** It opens every box, puts connections of its own in the place of those named there, and seals it in the sender's name. */
export const createMemberRelay = async (options: MemberRelayOptions): Promise<MemberRelay> => {
  const { suite, post, PeerConnection } = options
  const room = await openRoomKeys(suite, options.secret)
  const manner = options.manner({ room, device: await suite.signerOf(suite.randomBytes(32)) })
  const tap = createRelayTap()
  const lines = new Map<string, RelayLine>()
  const voices = new Map<string, SignalBoxes>()
  let [working, sealing] = [Promise.resolve(), Promise.resolve()]

  /** As a device with the room's secret could speak and hear: boxes tell the members of a room from each other by name only. */
  const voiceOf = (self: string): SignalBoxes => {
    const voice = voices.get(self) ?? createSignalBoxes({ suite, sealing: room.sealing, room: room.id, self, epoch: 1 })
    voices.set(self, voice)
    return voice
  }
  const tell = (to: string, from: string, signal: Signal): void => {
    sealing = sealing.then(async () => {
      post.deliver({ from, to, box: await voiceOf(from).seal(to, utf8(JSON.stringify(signal))) })
    })
  }
  const lineOf = (connId: string, dialer: string, answerer: string): RelayLine => {
    const line =
      lines.get(connId) ??
      createRelayLine({ PeerConnection, connId, dialer, answerer, room: room.id, tell, manner, tap })
    lines.set(connId, line)
    return line
  }
  const work = async ({ from, to, box }: BoxUnderWay): Promise<void> => {
    const opened = await voiceOf(to).open(from, box)
    const parsed = opened.ok ? parseSignal(new TextDecoder().decode(opened.plain)) : undefined
    if (!parsed?.ok) return
    const { signal } = parsed
    if (signal.kind === 'nudge') return tell(to, from, signal)
    const line = signal.kind === 'offer' ? lineOf(signal.connId, from, to) : lines.get(signal.connId)
    await line?.signal(from, signal)
  }
  return {
    tap,
    lines: () => lines.size,
    receive: (box) => {
      // Links come and go under it; what it can do nothing about any more is no trouble of the test's.
      working = working.then(() => work(box)).catch(() => undefined)
    },
    close: () => {
      for (const line of lines.values()) line.close()
    },
  }
}
