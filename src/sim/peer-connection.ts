import type { Association } from './association.ts'
import { SimulatedChannel } from './data-channel.ts'
import type { Host } from './host.ts'
import type { RtcGround } from './rtc.ts'

type Handler<E = unknown> = ((event: E) => void) | null

/** A description or a candidate takes the browser about this long, ms. */
const WORK_MS = 2

const PEER = /^a=sim-peer:(\d+)$/m
/** Foundation, component, transport, priority, address, port and type (RFC 8839, §5.1). */
const CANDIDATE = /^candidate:\S+ \d+ \S+ \d+ \S+ \d+ typ \S+/

const refused = (name: string, words: string): DOMException => new DOMException(words, name)

/**
 * The part of `RTCPeerConnection` (W3C WebRTC 1.0) that fieldmesh uses, over the simulated network: negotiated data
 * channels, perfect negotiation with rollback, trickled candidates, ICE restart, `disconnected` and `failed`.
 * A description names the end it came from, where a real one has keys and addresses.
 */
export class SimulatedPeerConnection {
  readonly id: number
  readonly host: Host
  readonly place: string
  signalingState: RTCSignalingState = 'stable'
  connectionState: RTCPeerConnectionState = 'new'
  iceConnectionState: RTCIceConnectionState = 'new'
  localDescription: RTCSessionDescriptionInit | null = null
  remoteDescription: RTCSessionDescriptionInit | null = null
  onicecandidate: Handler<{ candidate: RTCIceCandidateInit | null }> = null
  onnegotiationneeded: Handler = null
  onconnectionstatechange: Handler = null
  oniceconnectionstatechange: Handler = null
  association: Association | undefined
  /** Id of the end that the remote description came from. */
  wants: number | undefined
  readonly #ground: RtcGround
  readonly #channels = new Map<number, SimulatedChannel>()
  #hasCandidate = false
  #generation = 0
  #restarting = false

  constructor(ground: RtcGround, host: Host, place: string) {
    this.#ground = ground
    this.id = ground.nextId()
    this.host = host
    this.place = place
  }

  /** Described on both sides, and told where the other is. */
  get isReady(): boolean {
    return this.signalingState === 'stable' && this.remoteDescription !== null && this.#hasCandidate && !this.#isClosed
  }

  get #isClosed(): boolean {
    return this.signalingState === 'closed'
  }

  createDataChannel(label: string, options: RTCDataChannelInit = {}): SimulatedChannel {
    if (this.#isClosed) throw refused('InvalidStateError', 'The connection is closed.')
    const id = options.id ?? this.#channels.size
    if (this.#channels.has(id)) throw refused('OperationError', `Channel ${id} is taken.`)
    const channel = new SimulatedChannel(this, id, label)
    this.#channels.set(id, channel)
    if (this.#channels.size === 1) this.#later(() => this.#needNegotiation())
    return channel
  }

  async setLocalDescription(): Promise<void> {
    await this.#work()
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer'
    if (this.#restarting && type === 'offer') {
      this.#generation += 1
      this.#restarting = false
    }
    this.localDescription = { type, sdp: this.#describe() }
    this.signalingState = type === 'answer' ? 'stable' : 'have-local-offer'
    this.#gather()
    this.#settle()
  }

  async setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
    await this.#work()
    const from = PEER.exec(sdp)?.[1]
    if (from === undefined) throw refused('OperationError', 'This is no session description.')
    if (type === 'answer' && this.signalingState !== 'have-local-offer')
      throw refused('InvalidStateError', `An answer in ${this.signalingState}.`)
    this.remoteDescription = { type, sdp }
    this.wants = Number(from)
    // An offer while ours is out rolls ours back (perfect negotiation, the polite side).
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable'
    this.#settle()
  }

  async addIceCandidate({ candidate }: RTCIceCandidateInit): Promise<void> {
    await this.#work()
    if (!this.remoteDescription) throw refused('InvalidStateError', 'No remote description yet.')
    if (!candidate || !CANDIDATE.test(candidate)) throw refused('OperationError', 'This is no candidate.')
    this.#hasCandidate = true
    this.#settle()
  }

  restartIce(): void {
    this.#restarting = true
    this.#later(() => this.#needNegotiation())
  }

  close(): void {
    if (this.#isClosed) return
    this.signalingState = 'closed'
    this.connectionState = 'closed'
    this.iceConnectionState = 'closed'
    for (const channel of this.#channels.values()) channel.shut(false)
    this.association?.closedBy(this)
    this.#ground.retire(this)
  }

  /** The road was found and everything is open. */
  opened(): void {
    this.toState('connected')
    for (const channel of this.#channels.values()) this.host.deliver(() => channel.opened())
  }

  /** The other end closed: channels first, as browsers do. */
  closedByOther(): void {
    for (const channel of this.#channels.values()) this.host.deliver(() => channel.shut(true))
    this.toState('failed')
  }

  toState(state: 'connected' | 'disconnected' | 'failed'): void {
    this.host.deliver(() => {
      if (this.#isClosed || this.connectionState === state) return
      this.connectionState = state
      this.iceConnectionState = state
      this.oniceconnectionstatechange?.({})
      this.onconnectionstatechange?.({})
    })
  }

  channel(id: number): SimulatedChannel | undefined {
    return this.#channels.get(id)
  }

  #describe(): string {
    return `v=0\r\ns=simulated\na=sim-peer:${this.id}\na=ice-ufrag:${this.id}.${this.#generation}`
  }

  #needNegotiation(): void {
    if (!this.#isClosed) this.onnegotiationneeded?.({})
  }

  #gather(): void {
    const tell = (candidate: RTCIceCandidateInit | null) =>
      this.#later(() => {
        if (!this.#isClosed) this.onicecandidate?.({ candidate })
      })
    tell({ candidate: `candidate:${this.id} 1 udp 1 ${this.place} 9 typ host`, sdpMid: '0', sdpMLineIndex: 0 })
    tell(null)
  }

  #settle(): void {
    if (this.signalingState !== 'stable') return
    if (this.connectionState === 'new') {
      this.connectionState = 'connecting'
      this.iceConnectionState = 'checking'
    }
    this.#ground.consider(this)
  }

  #later(task: () => void): void {
    this.host.steady.setTimeout(task, 0)
  }

  async #work(): Promise<void> {
    if (this.#isClosed) throw refused('InvalidStateError', 'The connection is closed.')
    await new Promise<void>((resolve) => this.host.steady.setTimeout(resolve, WORK_MS))
    if (this.#isClosed) throw refused('InvalidStateError', 'The connection is closed.')
  }
}
