import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import type { PeerConnectionClass } from '#adapters/webrtc/connection'
import type { LinkHarness, LinkPlaces, LinkRole } from '#contracts/link/link-harness'
import { createRtc } from '#sim/rtc'
import { createSimulation, simulated } from './simulation.ts'

const open = (): LinkPlaces => {
  const { network, host, timeline } = createSimulation()
  const rtc = createRtc(network)
  const channels = { dialer: new Map<string, RTCDataChannel>(), answerer: new Map<string, RTCDataChannel>() }
  const watchedClass = (
    at: LinkRole,
  ): { readonly PeerConnection: PeerConnectionClass; readonly clock: ReturnType<typeof host>['steady'] } => {
    const page = host(at)
    const Simulated = rtc.classFor(page, at)
    class Watched extends Simulated {
      override createDataChannel(label: string, options?: RTCDataChannelInit) {
        const channel = super.createDataChannel(label, options)
        channels[at].set(label, channel as unknown as RTCDataChannel)
        return channel
      }
    }
    return { PeerConnection: Watched as unknown as PeerConnectionClass, clock: page.steady }
  }
  return {
    transport: (at, depot) => {
      const { PeerConnection, clock } = watchedClass(at)
      return createTransportLogic({ depot, clock, RTCPeerConnection: PeerConnection })
    },
    sendRaw: (from, channel, data) => channels[from].get(channel)?.send(data as Uint8Array<ArrayBuffer>),
    cut: () => {
      network.block('dialer', 'answerer')
      network.block('answerer', 'dialer')
    },
    heal: () => network.unblockAll(),
    now: timeline.now,
    connections: () => rtc.ends,
  }
}

/** The same production links over the simulated RTCPeerConnection. */
export const simulatedLinks: LinkHarness = {
  open,
  until: simulated,
  powers: ['sendRaw', 'cut', 'connections', 'trickle', 'restart'],
}
