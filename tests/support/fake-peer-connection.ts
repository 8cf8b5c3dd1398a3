import type { PeerConnectionClass } from '#adapters/webrtc/connection'
import { sdpOf } from '#wire/session-sdp'
import type { SessionFields } from '#wire/session'

/** What a fake says of itself. */
export const FAKE_SESSION: SessionFields = {
  ufrag: 'Here',
  pwd: 'thePasswordOfThisEnd+/00',
  fingerprint: new Uint8Array(32).fill(1),
  setup: 'actpass',
  candidates: [],
  complete: false,
}

type Handler<E = unknown> = ((event: E) => void) | null

/** A data channel driven by hand: `accept` decides about each send, nothing happens by itself. */
export class FakeChannel {
  readyState: RTCDataChannelState = 'connecting'
  binaryType = ''
  bufferedAmount = 0
  bufferedAmountLowThreshold = 0
  readonly sent: Uint8Array[] = []
  closes = 0
  onopen: Handler = null
  onclose: Handler = null
  onerror: Handler = null
  onmessage: Handler<{ data: unknown }> = null
  onbufferedamountlow: Handler = null
  /** Called before a frame counts as sent; throws to refuse it. */
  accept: (frame: Uint8Array) => void = () => {}
  readonly label: string
  readonly options: RTCDataChannelInit | undefined

  constructor(label: string, options?: RTCDataChannelInit) {
    this.label = label
    this.options = options
  }

  send(frame: Uint8Array): void {
    this.accept(frame)
    this.sent.push(frame.slice())
  }

  close(): void {
    this.closes += 1
    this.readyState = 'closing'
  }

  open(): void {
    this.readyState = 'open'
    this.onopen?.({})
  }
}

/** An RTCPeerConnection whose promises resolve at once and whose states are set by hand. */
export class FakePeerConnection {
  signalingState: RTCSignalingState = 'stable'
  connectionState: RTCPeerConnectionState = 'new'
  iceConnectionState: RTCIceConnectionState = 'new'
  localDescription: RTCSessionDescriptionInit | null = null
  remoteDescription: RTCSessionDescriptionInit | null = null
  onicecandidate: Handler<{ candidate: RTCIceCandidateInit | null }> = null
  onnegotiationneeded: Handler = null
  onconnectionstatechange: Handler = null
  oniceconnectionstatechange: Handler = null
  /** What the stack tells of DTLS; null where it tells nothing. */
  sctp: { readonly transport: { readonly getRemoteCertificates?: () => readonly ArrayBuffer[] } } | null = null
  closes = 0
  readonly channels: FakeChannel[] = []
  readonly candidates: RTCIceCandidateInit[] = []
  readonly config: RTCConfiguration | undefined

  constructor(config?: RTCConfiguration) {
    this.config = config
  }

  createDataChannel(label: string, options?: RTCDataChannelInit): FakeChannel {
    const channel = new FakeChannel(label, options)
    this.channels.push(channel)
    return channel
  }

  async setLocalDescription(): Promise<void> {
    const answers = this.signalingState === 'have-remote-offer'
    const type = answers ? 'answer' : 'offer'
    this.localDescription = { type, sdp: sdpOf({ ...FAKE_SESSION, setup: answers ? 'active' : 'actpass' }, type) }
    this.signalingState = answers ? 'stable' : 'have-local-offer'
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.remoteDescription = description
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable'
  }

  async addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    this.candidates.push(candidate)
  }

  restartIce(): void {
    this.onnegotiationneeded?.({})
  }

  close(): void {
    this.closes += 1
  }

  /** Every event handler still set, on the connection and its channels. */
  handlers(): string[] {
    return [this, ...this.channels].flatMap((target) =>
      Object.entries(target)
        .filter(([key, value]) => key.startsWith('on') && value !== null)
        .map(([key]) => key),
    )
  }
}

/** A class that hands out fakes, and the list of what it handed out. */
export const fakePeerConnections = (): { PeerConnection: PeerConnectionClass; made: FakePeerConnection[] } => {
  const made: FakePeerConnection[] = []
  class Recorded extends FakePeerConnection {
    constructor(config?: RTCConfiguration) {
      super(config)
      made.push(this)
    }
  }
  return { PeerConnection: Recorded as unknown as PeerConnectionClass, made }
}
