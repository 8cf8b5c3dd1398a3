import { platformCrypto } from '#adapters/crypto/platform-crypto'
import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import { createSocketLogic } from '#adapters/websocket/socket'
import { createSyncEngine } from '#engine/create-sync-engine'
import type { SyncEngine } from '#engine/types'
import { base64url } from '#model/base64url'
import { createMemoryJournal } from '#store/memory-journal'
import type { RelayPost } from './relay-post.ts'
import { unbound } from './relay-unbound.ts'

/** Chromium's WebSocket, with somebody at the post: what the server says goes through there. */
const watchedSocket = (post: RelayPost): typeof WebSocket =>
  class extends WebSocket {
    readonly #line = post.line((data) => void this.dispatchEvent(new MessageEvent('message', { data })))

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', (event) => {
        // What the post says comes by here too.
        if (!event.isTrusted) return
        event.stopImmediatePropagation()
        this.#line.fromServer(String(event.data))
      })
    }

    override send(data: string): void {
      this.#line.fromDevice(data)
      super.send(data)
    }
  }

export interface ChromiumDeviceOptions {
  readonly post: RelayPost
  /** Address of the signaling server. */
  readonly url: string
  readonly secret: string
  /** False for the control: what the devices sign says nothing of their certificates. */
  readonly isBound: boolean
}

/** A production engine on Chromium's own WebRTC, WebSocket and WebCrypto; only its log lies in memory. */
export const createChromiumDevice = ({ post, url, secret, isBound }: ChromiumDeviceOptions): SyncEngine =>
  createSyncEngine({
    room: secret,
    signaling: url,
    storage: { name: crypto.randomUUID() },
    ports: {
      transport: (depot) => {
        const logic = createTransportLogic({ depot })
        return isBound ? logic : unbound(logic)
      },
      socket: (trust) => createSocketLogic({ trust, WebSocket: watchedSocket(post) }),
      openJournal: async () => createMemoryJournal(),
    },
  })

/** 32 random bytes. */
export const newSecret = (): string => base64url(platformCrypto().randomBytes(32))
