import type { Page } from 'playwright'
import type { PeerConnectionClass } from '#adapters/webrtc/connection'

/** What a connection in the page tells of itself. Bytes travel as numbers. */
type Told =
  | { readonly is: 'candidate'; readonly candidate: RTCIceCandidateInit | null }
  | { readonly is: 'open'; readonly channel: string }
  | { readonly is: 'message'; readonly channel: string; readonly bytes: readonly number[] }

/** What the page does with a connection; answers with its local description. */
type Order =
  | { readonly to: 'make' }
  | { readonly to: 'channel'; readonly label: string; readonly options: RTCDataChannelInit }
  | { readonly to: 'describe' }
  | { readonly to: 'believe'; readonly description: RTCSessionDescriptionInit }
  | { readonly to: 'meet'; readonly candidate: RTCIceCandidateInit }
  | { readonly to: 'send'; readonly channel: string; readonly bytes: readonly number[] }
  | { readonly to: 'close' }

declare global {
  interface Window {
    /** Of the test: hears what connections tell. */
    relayTold(id: number, told: unknown): Promise<void>
    /** Of the page: does what the test orders. */
    relayDo(id: number, order: unknown): Promise<RTCSessionDescriptionInit | null>
  }
}

/** Runs in the page: holds the connections, and does what it is told. */
const holdConnections = (): void => {
  const ends = new Map<number, { pc: RTCPeerConnection; channels: Map<string, RTCDataChannel> }>()
  const make = (id: number) => {
    const pc = new RTCPeerConnection()
    ends.set(id, { pc, channels: new Map() })
    pc.onicecandidate = ({ candidate }) =>
      void window.relayTold(id, { is: 'candidate', candidate: candidate?.toJSON() ?? null })
  }
  const open = (id: number, label: string, options: RTCDataChannelInit) => {
    const end = ends.get(id)
    const channel = end?.pc.createDataChannel(label, options)
    if (!end || !channel) return
    channel.binaryType = 'arraybuffer'
    end.channels.set(label, channel)
    channel.onopen = () => void window.relayTold(id, { is: 'open', channel: label })
    channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) =>
      void window.relayTold(id, { is: 'message', channel: label, bytes: Array.from(new Uint8Array(data)) })
  }
  window.relayDo = async (id, given) => {
    const order = given as Order
    if (order.to === 'make') make(id)
    const end = ends.get(id)
    if (order.to === 'channel') open(id, order.label, order.options)
    if (order.to === 'describe') await end?.pc.setLocalDescription()
    if (order.to === 'believe') await end?.pc.setRemoteDescription(order.description)
    if (order.to === 'meet') await end?.pc.addIceCandidate(order.candidate)
    if (order.to === 'send') end?.channels.get(order.channel)?.send(Uint8Array.from(order.bytes))
    if (order.to === 'close') end?.pc.close()
    const { type, sdp } = end?.pc.localDescription ?? {}
    return type && sdp !== undefined ? { type, sdp } : null
  }
}

/** A channel of the page, as the test holds it. */
class FarChannel {
  binaryType: BinaryType = 'arraybuffer'
  readyState: RTCDataChannelState = 'connecting'
  onopen: ((event: unknown) => void) | null = null
  onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null = null
  readonly send: (bytes: Uint8Array) => void

  constructor(send: (bytes: Uint8Array) => void) {
    this.send = send
  }
}

/** A class of RTCPeerConnections that live in a page: the part that a relay uses. */
export const peerConnectionsIn = async (page: Page): Promise<PeerConnectionClass> => {
  const ends = new Map<number, FarConnection>()
  await page.exposeFunction('relayTold', (id: number, told: Told) => ends.get(id)?.hear(told))
  await page.evaluate(holdConnections)

  class FarConnection {
    localDescription: RTCSessionDescriptionInit | null = null
    onicecandidate: ((event: { readonly candidate: RTCIceCandidateInit | null }) => void) | null = null
    readonly #id = ends.size
    readonly #channels = new Map<string, FarChannel>()
    #orders: Promise<unknown> = Promise.resolve()

    constructor() {
      ends.set(this.#id, this)
      void this.#order({ to: 'make' })
    }

    createDataChannel(label: string, options: RTCDataChannelInit): FarChannel {
      const channel = new FarChannel((bytes) => {
        // Of a link that is gone nothing is sent any more.
        this.#order({ to: 'send', channel: label, bytes: Array.from(bytes) }).catch(() => undefined)
      })
      this.#channels.set(label, channel)
      void this.#order({ to: 'channel', label, options })
      return channel
    }

    setLocalDescription(): Promise<void> {
      return this.#order({ to: 'describe' })
    }
    setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      return this.#order({ to: 'believe', description })
    }
    addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
      return this.#order({ to: 'meet', candidate })
    }
    close(): void {
      this.#order({ to: 'close' }).catch(() => undefined)
    }

    hear(told: Told): void {
      if (told.is === 'candidate') this.onicecandidate?.({ candidate: told.candidate })
      else this.#hearOn(this.#channels.get(told.channel), told)
    }

    #hearOn(channel: FarChannel | undefined, told: Exclude<Told, { is: 'candidate' }>): void {
      if (!channel) return
      if (told.is === 'message') channel.onmessage?.({ data: Uint8Array.from(told.bytes).buffer })
      else {
        channel.readyState = 'open'
        channel.onopen?.({})
      }
    }

    /** One after the other, as they were given. */
    async #order(order: Order): Promise<void> {
      const done = this.#orders.then(() =>
        page.evaluate(([id, what]) => window.relayDo(id, what), [this.#id, order] as const),
      )
      this.#orders = done.catch(() => undefined)
      this.localDescription = await done
    }
  }
  // The part of the browser's class that a relay uses.
  return FarConnection as unknown as PeerConnectionClass
}
