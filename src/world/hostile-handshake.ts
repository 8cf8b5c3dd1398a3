import { base64url } from '#model/base64url'
import { PROTOCOL } from '#model/protocol'
import type { SimulatedPeerConnection } from '#sim/peer-connection'
import type { Signer } from '#trust/crypto.types'
import { authenticate } from '#trust/handshake'
import { peerIdOf } from '#trust/peer-id-of'
import type { RoomKeys } from '#trust/room-keys'
import { decodeControl } from '#wire/control-codec'
import { createDepot } from '#wire/depot'
import type { Auth, Hello } from '#wire/messages'
import { fieldsOfSdp } from '#wire/session-sdp'

const OWNER = 'hostile'

/** The certificate that a description speaks of. */
const fingerprintOf = (description: RTCSessionDescriptionInit | null): string => {
  const parsed = fieldsOfSdp(description?.sdp ?? '')
  if (!parsed.ok) throw new Error(parsed.reason)
  return base64url(parsed.session.fingerprint)
}

export interface HostileHandshakeOptions {
  readonly pc: SimulatedPeerConnection
  readonly other: string
  readonly room: Promise<RoomKeys>
  readonly device: Signer
  readonly nonce: Uint8Array
  readonly say: (message: Hello | Auth) => void
  /** It is believed now, as far as it can know. */
  readonly proven: () => void
}

/** The handshake of a member that has the keys, and means no good: how it gets to where entries are taken. */
export const createHostileHandshake = (options: HostileHandshakeOptions) => {
  const { pc, other, device, say } = options
  const depot = createDepot()
  const peerId = peerIdOf(device.publicKey)
  const ours: Hello = {
    kind: 'hello',
    protocol: PROTOCOL,
    peerId,
    epoch: 1,
    digest: '0'.repeat(16),
    cookie: '',
    nonce: base64url(options.nonce),
    pub: base64url(device.publicKey),
  }
  const prove = async (theirs: Hello): Promise<void> => {
    const room = await options.room
    const fingerprints = { ours: fingerprintOf(pc.localDescription), theirs: fingerprintOf(pc.remoteDescription) }
    const role = peerId < other ? 'dialer' : 'answerer'
    const auth = await authenticate({ room: room.id, role, fingerprints, ours, theirs }, { mac: room.mac, device })
    say({ kind: 'auth', ...auth })
    options.proven()
  }
  return {
    begin: () => say(ours),
    /** What the other side says on `ctl`; all but its hello is of no interest. */
    hear: (data: unknown): void => {
      if (!(data instanceof ArrayBuffer)) return
      const outcome = depot.deposit(OWNER, new Uint8Array(data))
      const bytes = outcome.is === 'refused' ? undefined : depot.take(outcome.ticket)
      const decoded = bytes && decodeControl(bytes)
      // Links come and go under it; what cannot be proven is tried again on the next.
      if (decoded?.ok && decoded.message.kind === 'hello') prove(decoded.message).catch(() => undefined)
    },
  }
}
