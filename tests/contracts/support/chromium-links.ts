import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import type { LinkHarness, LinkPlaces, LinkRole } from '#contracts/link/link-harness'
import { controlNetwork, cutLinks, freeNetwork, healLinks } from './chromium-network.ts'
import { patient, real } from './real-until.ts'

/** A real RTCPeerConnection class that remembers the channels of its last one, and which are open. */
const watchedClass = (alive: Set<RTCPeerConnection>, channels: Map<string, RTCDataChannel>) =>
  class extends RTCPeerConnection {
    constructor(config?: RTCConfiguration) {
      super(config)
      alive.add(this)
    }
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options)
      channels.set(label, channel)
      return channel
    }
    override close(): void {
      alive.delete(this)
      super.close()
    }
  }

const open = (): LinkPlaces => {
  const alive = new Set<RTCPeerConnection>()
  const channels = { dialer: new Map<string, RTCDataChannel>(), answerer: new Map<string, RTCDataChannel>() }
  return {
    transport: (at: LinkRole, depot) =>
      createTransportLogic({ depot, RTCPeerConnection: watchedClass(alive, channels[at]) }),
    sendRaw: (from, channel, data) => channels[from].get(channel)?.send(data as Uint8Array<ArrayBuffer>),
    connections: () => alive.size,
  }
}

/** Production links in one page. */
export const chromiumLinks: LinkHarness = {
  open,
  until: real,
  powers: ['sendRaw', 'connections', 'trickle', 'restart'],
}

/**
 * The same with a network that can be cut. Only for the cases that cut: an emulated network loses what was sent just
 * before a connection is closed.
 */
export const cuttableLinks: LinkHarness = {
  open: async () => {
    await controlNetwork()
    return { ...open(), cut: cutLinks, heal: healLinks, dispose: freeNetwork }
  },
  until: patient,
  powers: ['cut'],
}
