import { wallClock } from '#adapters/page/clock'
import { createPresence } from '#adapters/page/presence'
import { createPulse } from '#adapters/page/pulse'
import { createLeadership } from '#adapters/storage/leadership'
import { openLocalforageJournal } from '#adapters/storage/localforage-journal'
import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import { createSocketLogic } from '#adapters/websocket/socket'
import type { EnginePorts } from './ports.ts'

/**
 * The real world in a browser. Whatever is missing (no WebRTC, no storage, no locks) shows as a fault when it is needed.
 *
 * @param iceServers STUN and TURN servers of every link
 * @param signal frees everything at once, should the actor system fail without its clean-up
 */
export const platformPorts = (iceServers: readonly RTCIceServer[], signal: AbortSignal): EnginePorts => ({
  transport: (depot, tap) => createTransportLogic({ depot, iceServers, signal, ...(tap && { tap }) }),
  socket: createSocketLogic({ signal }),
  presence: createPresence({ signal }),
  leadership: createLeadership({ signal }),
  pulse: createPulse({ signal }),
  openJournal: openLocalforageJournal,
  now: () => Date.now(),
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  clock: wallClock,
})
