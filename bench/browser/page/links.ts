import { wall } from './wall.ts'

/** What went over the tracked links of this page so far. */
export interface Traffic {
  /** Bytes that the programs handed to their channels, and messages of them. */
  readonly appSent: number
  readonly appReceived: number
  readonly messagesSent: number
  readonly messagesReceived: number
  /** Bytes of the ICE transport: DTLS and SCTP included, UDP and IP not. */
  readonly wireSent: number
  readonly wireReceived: number
}

/** One message as the page saw it. */
export interface Traced {
  readonly at: number
  readonly to: 'out' | 'in'
  readonly channel: string
  readonly bytes: number
  /** Third byte of the frame: the kind of a message of ours. */
  readonly kind: number
}

/** The browser's own class; links made with it are nobody's traffic. */
export const NativePeerConnection = globalThis.RTCPeerConnection

const tracked = new Set<RTCPeerConnection>()
const openings: number[] = []
let trace: Traced[] | undefined

const sizeOf = (data: unknown): number => {
  if (typeof data === 'string') return new TextEncoder().encode(data).length
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return data.byteLength
  return data instanceof Blob ? data.size : 0
}
const kindIn = (data: unknown): number => {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)[2] ?? 0
  return data instanceof Uint8Array ? (data[2] ?? 0) : 0
}

const note = (to: Traced['to'], channel: RTCDataChannel, data: unknown): void => {
  trace?.push({ at: wall(), to, channel: channel.label, bytes: sizeOf(data), kind: kindIn(data) })
}

const watch = (channel: RTCDataChannel): RTCDataChannel => {
  channel.addEventListener('open', () => openings.push(wall()))
  if (!trace) return channel
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => note('in', channel, data))
  const send = channel.send.bind(channel) as (data: unknown) => void
  channel.send = (data: unknown) => {
    note('out', channel, data)
    send(data)
  }
  return channel
}

class TrackedPeerConnection extends NativePeerConnection {
  constructor(config?: RTCConfiguration) {
    super(config)
    tracked.add(this)
    this.addEventListener('datachannel', ({ channel }) => watch(channel))
  }
  override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
    return watch(super.createDataChannel(label, options))
  }
}

/** Every link that is made from here on is remembered, whoever makes it. */
export const trackLinks = (): void => {
  globalThis.RTCPeerConnection = TrackedPeerConnection
}

/** Writes down every message of the links made from here on. */
export const traceMessages = (): void => {
  trace = []
}
export const traced = (): readonly Traced[] => trace ?? []

/** When each channel of a tracked link opened. */
export const opened = (): readonly number[] => openings

export const openLinks = (): number =>
  [...tracked].filter(({ connectionState }) => connectionState === 'connected').length

/**
 * Closes every tracked link under the program that made it. `RTCPeerConnection.close` says goodbye (DTLS, SCTP): the other
 * end is told within milliseconds, as it would not be by a radio that breaks.
 */
export const closeLinks = (): void => {
  for (const link of tracked) link.close()
  tracked.clear()
  openings.length = 0
}

const FIELDS: readonly [type: string, field: string, as: keyof Traffic][] = [
  ['data-channel', 'bytesSent', 'appSent'],
  ['data-channel', 'bytesReceived', 'appReceived'],
  ['data-channel', 'messagesSent', 'messagesSent'],
  ['data-channel', 'messagesReceived', 'messagesReceived'],
  ['transport', 'bytesSent', 'wireSent'],
  ['transport', 'bytesReceived', 'wireReceived'],
]

/** Sums up the statistics of all tracked links. */
export const traffic = async (): Promise<Traffic> => {
  const sum: Record<keyof Traffic, number> = {
    appSent: 0,
    appReceived: 0,
    messagesSent: 0,
    messagesReceived: 0,
    wireSent: 0,
    wireReceived: 0,
  }
  for (const link of tracked)
    for (const stats of (await link.getStats()).values() as Iterable<Record<string, unknown>>)
      for (const [type, field, as] of FIELDS) if (stats['type'] === type) sum[as] += Number(stats[field] ?? 0)
  return sum
}
