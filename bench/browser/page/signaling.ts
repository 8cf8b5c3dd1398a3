import { sha256 } from '@noble/hashes/sha2.js'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { proveJoin } from '#trust/join-proof'
import { peerIdOf } from '#trust/peer-id-of'
import { openRoomKeys } from '#trust/room-keys'
import { base64url } from '#model/base64url'
import { utf8 } from '#trust/statement'

const suite = createWebCrypto()

/** The key and the id of a device that is only a name: the server lets nobody in without. */
export const deviceOf = async (name: string) => {
  const signer = await suite.signerOf(sha256(utf8(name)))
  return { signer, id: peerIdOf(signer.publicKey) }
}

/** A room of our signaling server (`fieldmesh.sig.v1`), for links that are not made by the engine. */
export interface SignalingRoom {
  readonly peers: readonly string[]
  send(to: string, payload: unknown): void
  leave(): void
}

interface Handlers {
  readonly onPeer: (peer: string) => void
  readonly onSignal: (from: string, payload: unknown) => void
}

interface Frame {
  readonly t: string
  readonly peers?: readonly string[]
  readonly peer?: string
  readonly from?: string
  readonly box?: string
  readonly nonce?: string
}

/** How a device joins, by its name and the name of a room; what it then says is sealed by nobody. */
const joiner = async (room: string, name: string) => {
  // The hash of a name is a secret as good as any here, and need not be stretched.
  const keys = await openRoomKeys(suite, base64url(sha256(utf8(room))))
  const { signer, id } = await deviceOf(name)
  return async (nonce: string) => ({
    t: 'join',
    room: keys.id,
    peer: id,
    ...(await proveJoin({ room: keys.id, peer: id, nonce }, { room: keys.signer, device: signer })),
  })
}

/** Joins a room; resolves with who is there already, by their ids. Rejects where the server does not answer. */
export const joinRoom = async (url: string, room: string, name: string, handlers: Handlers): Promise<SignalingRoom> => {
  const join = await joiner(room, name)
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'fieldmesh.sig.v1')
    let sent = 0
    const say = (frame: Record<string, unknown>) => socket.send(JSON.stringify(frame))
    const joined = (peers: readonly string[]): SignalingRoom => ({
      peers,
      send: (to, payload) => say({ t: 'signal', to, id: ++sent, box: JSON.stringify(payload) }),
      leave: () => socket.close(),
    })
    socket.onerror = () => reject(new Error('the signaling server is out of reach'))
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const frame = JSON.parse(data) as Frame
      if (frame.t === 'hello') join(frame.nonce ?? '').then(say, reject)
      else if (frame.t === 'joined') resolve(joined(frame.peers ?? []))
      else if (frame.t === 'peer-joined') handlers.onPeer(frame.peer ?? '')
      else if (frame.t === 'signal') handlers.onSignal(frame.from ?? '', JSON.parse(frame.box ?? 'null'))
      else if (frame.t === 'error') reject(new Error(`signaling: ${data}`))
    }
  })
}
