import { cbor, type Message, NetworkAdapter, type PeerId } from '@automerge/automerge-repo'
import { type BareLink, openBareLink, sendAll } from '../bare-mesh.ts'

/** Below the 256 KB that a channel takes; the first byte of a piece says whether it is the last of its message. */
const PIECE = 64 * 1024 - 1

interface Options {
  readonly url: string
  readonly room: string
  readonly self: string
}

/** automerge-repo ships no adapter for WebRTC: its messages in pieces over one bare channel. */
export class BareChannelAdapter extends NetworkAdapter {
  readonly #options: Options
  #link: BareLink | undefined
  #parts: Uint8Array[] = []
  #sending: Promise<void> = Promise.resolve()

  constructor(options: Options) {
    super()
    this.#options = options
  }

  isReady(): boolean {
    return true
  }

  async whenReady(): Promise<void> {}

  connect(peerId: PeerId): void {
    this.peerId = peerId
  }

  disconnect(): void {
    this.#link?.pc.close()
  }

  /** Links with the other page; the two then introduce themselves with their repo's ids. */
  async open(): Promise<void> {
    const link = await openBareLink(this.#options)
    this.#link = link
    const met = new Promise<void>((resolve) => {
      link.channel.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
        if (typeof data !== 'string') return this.#take(new Uint8Array(data))
        this.emit('peer-candidate', { peerId: data, peerMetadata: {} })
        resolve()
      }
    })
    link.channel.send(this.peerId ?? '')
    await met
  }

  send(message: Message): void {
    const { channel } = this.#link ?? {}
    if (!channel) return
    const bytes = cbor.encode(message)
    this.#sending = this.#sending.then(() => sendAll(channel, pieces(bytes)))
  }

  #take(piece: Uint8Array): void {
    this.#parts.push(piece.subarray(1))
    if (piece[0] === 0) return
    const parts = this.#parts
    this.#parts = []
    this.emit('message', cbor.decode(joined(parts)) as Message)
  }
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  for (let from = 0; from < bytes.length; from += PIECE) {
    const piece = new Uint8Array(Math.min(PIECE, bytes.length - from) + 1)
    piece[0] = from + PIECE >= bytes.length ? 1 : 0
    piece.set(bytes.subarray(from, from + PIECE), 1)
    yield piece
  }
}
