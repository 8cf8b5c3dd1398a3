import { toFieldmeshError, type FieldmeshError } from '#model/fault'
import type { ChannelName } from '#wire/messages'

export type Channels = Readonly<Record<ChannelName, RTCDataChannel>>

export interface Connection {
  readonly pc: RTCPeerConnection
  readonly channels: Channels
}

export type PeerConnectionClass = new (config?: RTCConfiguration) => RTCPeerConnection

/** Known to both sides without a word, and made before any description: a late channel loses messages. */
const CHANNEL_IDS = { ctl: 0, bulk: 1 } as const

const openChannel = (pc: RTCPeerConnection, label: ChannelName): RTCDataChannel => {
  const channel = pc.createDataChannel(label, { negotiated: true, id: CHANNEL_IDS[label], ordered: true })
  channel.binaryType = 'arraybuffer'
  return channel
}

/** The browser's class, unless another was brought; undefined where there is none. */
const classOf = (brought?: PeerConnectionClass): PeerConnectionClass | undefined =>
  brought ?? (globalThis as { RTCPeerConnection?: PeerConnectionClass }).RTCPeerConnection

/** One RTCPeerConnection with both channels; an error with the fault where the browser has none or gives no more. */
export const openConnection = (
  iceServers: RTCIceServer[],
  brought?: PeerConnectionClass,
): Connection | FieldmeshError => {
  const PeerConnection = classOf(brought)
  if (!PeerConnection) return toFieldmeshError('no RTCPeerConnection', 'webrtc-missing')
  let pc: RTCPeerConnection | undefined
  try {
    pc = new PeerConnection({ iceServers })
    return { pc, channels: { ctl: openChannel(pc, 'ctl'), bulk: openChannel(pc, 'bulk') } }
  } catch (error) {
    pc?.close()
    return toFieldmeshError(error, 'link-failed')
  }
}
