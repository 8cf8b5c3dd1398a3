import type { PeerConnectionClass } from '#adapters/webrtc/connection'
import { base64url, fromBase64url } from '#model/base64url'
import type { CryptoSuite } from '#trust/crypto.types'
import { openRoomKeys } from '#trust/room-keys'
import { createSignalBoxes } from '#trust/sealed-signals'
import { utf8 } from '#trust/statement'
import { createRelayEnd } from './relay-end.ts'
import type { BoxUnderWay, Relay, RelayPost } from './relay-post.ts'

export interface OutsiderRelayOptions {
  readonly suite: CryptoSuite
  readonly post: Pick<RelayPost, 'deliver' | 'room'>
  readonly PeerConnection: PeerConnectionClass
}

/** Boxes that it made of others, by what it did. */
export interface OutsiderRelay extends Relay {
  readonly made: () => number
  readonly close: () => void
}

/** Turns a few bits well behind the head, where the words are. */
const bend = (box: string): string =>
  base64url((fromBase64url(box) ?? new Uint8Array()).map((byte, i) => (i > 48 && i % 7 === 0 ? byte ^ 0x20 : byte)))

/**
 * A relay that has not the room's secret, and whatever the server sees. It lets no box pass as it is: it changes it,
 * throws it back, and puts one of its own in its place, sealed by a key of its own, that names its own connection.
 */
export const createOutsiderRelay = async (options: OutsiderRelayOptions): Promise<OutsiderRelay> => {
  const { suite, post, PeerConnection } = options
  const { sealing } = await openRoomKeys(suite, base64url(suite.randomBytes(32)))
  const end = createRelayEnd(PeerConnection, { found: () => {}, heard: () => {} })
  const { kind, session } = await end.describe()
  let made = 0

  const pass = (box: BoxUnderWay): void => {
    made += 1
    post.deliver(box)
  }
  const replace = async ({ from, to }: BoxUnderWay): Promise<void> => {
    const own = createSignalBoxes({ suite, sealing, room: post.room(), self: from, epoch: 1 })
    const signal = { kind, connId: `${from}.${to}.1.0.1`, epoch: 1, session }
    pass({ from, to, box: await own.seal(to, utf8(JSON.stringify(signal))) })
  }
  return {
    made: () => made,
    receive: (box) => {
      const { from, to } = box
      pass({ from, to, box: bend(box.box) })
      pass({ from: to, to: from, box: box.box })
      // Sealing needs nothing that could fail.
      void replace(box)
    },
    close: end.close,
  }
}
