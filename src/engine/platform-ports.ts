import { createDeviceKeys } from '#adapters/crypto/device-keys'
import { platformCrypto } from '#adapters/crypto/platform-crypto'
import { wallClock } from '#adapters/page/clock'
import { createPresence } from '#adapters/page/presence'
import { createPulse } from '#adapters/page/pulse'
import { createLeadership } from '#adapters/storage/leadership'
import { openLocalforageJournal } from '#adapters/storage/localforage-journal'
import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import { createSocketLogic } from '#adapters/websocket/socket'
import type { IceServer } from '#wire/signaling'
import type { EnginePorts } from './ports.ts'

const asRtc = ({ urls, ...rest }: IceServer): RTCIceServer => ({
  ...rest,
  urls: typeof urls === 'string' ? urls : [...urls],
})

/**
 * The real world in a browser. Whatever is missing (no WebRTC, no storage, no locks) shows as a fault when it is needed.
 *
 * @param iceServers STUN and TURN servers of every link
 * @param signal frees everything at once, should the actor system fail without its clean-up
 */
export const platformPorts = (iceServers: readonly RTCIceServer[], signal: AbortSignal): EnginePorts => {
  let served: readonly RTCIceServer[] = []
  return {
    transport: (depot, tap) =>
      createTransportLogic({
        depot,
        // Read anew by each attempt: what the signaling server gives is good for a time only.
        get iceServers() {
          return [...iceServers, ...served]
        },
        signal,
        ...(tap && { tap }),
      }),
    socket: (trust) => createSocketLogic({ trust, signal, onIceServers: (servers) => (served = servers.map(asRtc)) }),
    presence: createPresence({ signal }),
    leadership: createLeadership({ signal }),
    pulse: createPulse({ signal }),
    openJournal: openLocalforageJournal,
    crypto: platformCrypto(),
    deviceKeys: createDeviceKeys(),
    now: () => Date.now(),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    clock: wallClock,
  }
}
