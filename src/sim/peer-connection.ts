import type { Association } from './association.ts'
import { SimulatedChannel } from './data-channel.ts'
import type { Host } from './host.ts'
import type { RtcGround } from './rtc.ts'
import { describeRtc, isCandidateLine, readRtc, type RtcDescription } from './rtc-description.ts'
import { createRtcIdentity, type RtcIdentity } from './rtc-identity.ts'

type Handler<E = unknown> = ((event: E) => void) | null

/** A description or a candidate takes the browser about this long, ms. */
const WORK_MS = 2

/** Chromium names the credentials that a candidate belongs to. */
const UFRAG_OF_CANDIDATE = / ufrag (\S+)/

/** What the transport knows at once, and a page that stands still learns later. */
export type PathState = 'connecting' | 'connected' | 'disconnected' | 'failed'

const refused = (name: string, words: string): DOMException => new DOMException(words, name)

/**
 * The part of `RTCPeerConnection` (W3C WebRTC 1.0) that fieldmesh uses, over the simulated network: negotiated data
 * channels, perfect negotiation with rollback, trickled candidates, ICE restart, `disconnected` and `failed`.
 * It speaks SDP as Chromium does, and has a certificate of its own: two ends find each other by their ICE credentials and
 * talk only where each has the fingerprint of the other's certificate.
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
  /** The descriptions in force. */
  local: RtcDescription | undefined
  remote: RtcDescription | undefined
  pathState: PathState = 'connecting'
  readonly sctp = { transport: { getRemoteCertificates: () => this.#remoteCertificates() } }
  readonly identity: RtcIdentity
  readonly #ground: RtcGround
  readonly #channels = new Map<number, SimulatedChannel>()
  /** Credentials that the candidates told by the other end belong to; they may come before their description. */
  readonly #told = new Set<string | undefined>()
  #generation = 0
  /** Credentials for which it told its candidates. */
  #gathered: string | undefined
  #restarting = false
  #mustAnswerRestart = false
  #hasLostAddress = false

  constructor(ground: RtcGround, host: Host, place: string) {
    this.#ground = ground
    this.id = ground.nextId()
    this.host = host
    this.place = place
    this.identity = createRtcIdentity(this.id, place, ground.network.random.fork(`connection ${this.id}`))
  }

  /** Described on both sides, told where the other is, and still where the other was told. */
  get isReady(): boolean {
    const isTold = this.remote !== undefined && this.#told.has(this.remote.ufrag)
    return this.signalingState === 'stable' && isTold && !this.#hasLostAddress
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
    if (type === 'offer' ? this.#restarting : this.#mustAnswerRestart) this.#renew()
    this.local = this.#describe(type)
    this.localDescription = { type, sdp: describeRtc(this.local, this.id) }
    this.signalingState = type === 'answer' ? 'stable' : 'have-local-offer'
    this.#gather()
    this.#settle()
  }

  async setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
    await this.#work()
    const remote = type === 'offer' || type === 'answer' ? readRtc(sdp, type) : undefined
    if (!remote) throw refused('OperationError', 'This is no session description.')
    if (type === 'answer' && this.signalingState !== 'have-local-offer')
      throw refused('InvalidStateError', `An answer in ${this.signalingState}.`)
    this.remoteDescription = { type, sdp }
    // An offer with other credentials restarts ICE, and its answer brings other ones too (RFC 8839, §4.4.1.1.1).
    this.#mustAnswerRestart = type === 'offer' && this.remote !== undefined && this.remote.ufrag !== remote.ufrag
    this.remote = remote
    if (remote.candidates.length > 0) this.#told.add(remote.ufrag)
    // An offer while ours is out rolls ours back (perfect negotiation, the polite side).
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable'
    this.#settle()
  }

  async addIceCandidate({ candidate }: RTCIceCandidateInit): Promise<void> {
    await this.#work()
    if (!this.remoteDescription) throw refused('InvalidStateError', 'No remote description yet.')
    // The last word: no further candidate comes.
    if (candidate === '') return
    if (!candidate || !isCandidateLine(candidate)) throw refused('OperationError', 'This is no candidate.')
    this.#told.add(UFRAG_OF_CANDIDATE.exec(candidate)?.[1] ?? this.remote?.ufrag)
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
    for (const channel of this.#channels.values()) this.host.deliver(() => channel.deliverEarly())
  }

  /** The other end closed: channels first, as browsers do. */
  closedByOther(): void {
    for (const channel of this.#channels.values()) this.host.deliver(() => channel.shut(true))
    this.toState('failed')
  }

  toState(state: PathState): void {
    this.pathState = state
    this.host.deliver(() => {
      if (this.#isClosed || this.connectionState === state) return
      this.connectionState = state
      this.iceConnectionState = state === 'connecting' ? 'checking' : state
      this.oniceconnectionstatechange?.({})
      this.onconnectionstatechange?.({})
    })
  }

  /** Its page has another address: what it told of itself holds no more. */
  loseAddress(): void {
    if (this.localDescription === null) return
    this.#hasLostAddress = true
    this.association?.loseAddress()
  }

  channel(id: number): SimulatedChannel | undefined {
    return this.#channels.get(id)
  }

  /** What it describes before it gathered names no candidates; a later description of the same credentials does. */
  #describe(type: 'offer' | 'answer'): RtcDescription {
    const credentials = this.identity.credentials(this.#generation)
    const candidates = this.#gathered === credentials.ufrag ? [this.#candidate()] : []
    const setup = type === 'offer' ? 'actpass' : 'active'
    return { ...credentials, fingerprint: this.identity.fingerprint, setup, candidates }
  }

  #candidate(): string {
    const { address, port } = this.identity
    return `candidate:${this.id} 1 udp 2113937151 ${address} ${port} typ host generation ${this.#generation}`
  }

  #remoteCertificates(): readonly ArrayBuffer[] {
    const isShown = this.association && this.pathState !== 'connecting'
    return isShown && this.association ? [this.association.otherEnd(this).identity.certificate.buffer] : []
  }

  #renew(): void {
    this.#generation += 1
    this.#restarting = false
    this.#hasLostAddress = false
  }

  #needNegotiation(): void {
    if (!this.#isClosed) this.onnegotiationneeded?.({})
  }

  #gather(): void {
    const tell = (candidate: RTCIceCandidateInit | null) =>
      this.#later(() => {
        if (!this.#isClosed) this.onicecandidate?.({ candidate })
      })
    const ufrag = this.local?.ufrag ?? ''
    tell({ candidate: `${this.#candidate()} ufrag ${ufrag}`, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: ufrag })
    tell(null)
    this.#gathered = ufrag
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
