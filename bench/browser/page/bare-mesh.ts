import { joinRoom, type SignalingRoom } from './signaling.ts'

/** A plain link to another page: one RTCPeerConnection, one ordered and reliable channel. */
export interface BareLink {
  readonly peer: string
  readonly pc: RTCPeerConnection
  readonly channel: RTCDataChannel
}

export interface BareMeshOptions {
  readonly url: string
  readonly room: string
  readonly self: string
  /** The class of the links; `NativePeerConnection` for links that are not to be tracked. */
  readonly PeerConnection?: typeof RTCPeerConnection
  /** False waits for all candidates and sends one signal each way: the server allows 60 at once. Default true. */
  readonly trickle?: boolean
  readonly onOpen: (link: BareLink) => void
}

/** Who was there before is dialed; so nobody dials twice. */
export interface BareMesh {
  readonly links: ReadonlyMap<string, BareLink>
  close(): void
}

interface Description {
  readonly type: RTCSdpType
  readonly sdp: string
}
type Payload = { readonly description: Description } | { readonly candidate: RTCIceCandidateInit }

/** Links this page with every other one of the room, with as little as WebRTC allows. */
export const openBareMesh = async (options: BareMeshOptions): Promise<BareMesh> => {
  const links = new Map<string, BareLink>()
  const waiting: (() => void)[] = []
  let room: SignalingRoom | undefined
  const ready = new Promise<void>((resolve) => waiting.push(resolve))

  const send = (peer: string, payload: Payload) => void ready.then(() => room?.send(peer, payload))
  const linkTo = (peer: string): BareLink => links.get(peer) ?? makeLink(peer)
  const makeLink = (peer: string): BareLink => {
    const pc = new (options.PeerConnection ?? RTCPeerConnection)()
    const channel = pc.createDataChannel('data', { negotiated: true, id: 0 })
    channel.binaryType = 'arraybuffer'
    const link = { peer, pc, channel }
    links.set(peer, link)
    channel.onopen = () => options.onOpen(link)
    if (options.trickle !== false)
      pc.onicecandidate = ({ candidate }) => candidate && send(peer, { candidate: candidate.toJSON() })
    return link
  }
  const describe = async ({ peer, pc }: BareLink): Promise<void> => {
    await pc.setLocalDescription()
    if (options.trickle === false) await gathered(pc)
    const { type, sdp } = pc.localDescription ?? { type: 'offer' as const, sdp: '' }
    send(peer, { description: { type, sdp } })
  }
  const take = async (peer: string, payload: Payload): Promise<void> => {
    const link = linkTo(peer)
    if ('candidate' in payload) {
      await link.pc.addIceCandidate(payload.candidate).catch(() => undefined)
      return
    }
    await link.pc.setRemoteDescription(payload.description)
    if (payload.description.type === 'offer') await describe(link)
  }

  const turns = new Map<string, Promise<void>>()
  room = await joinRoom(options.url, options.room, options.self, {
    onPeer: () => {},
    onSignal: (from, payload) => {
      turns.set(
        from,
        (turns.get(from) ?? Promise.resolve()).then(() => take(from, payload as Payload)),
      )
    },
  })
  for (const resolve of waiting) resolve()
  await Promise.all(room.peers.map((peer) => describe(linkTo(peer))))
  return {
    links,
    close: () => {
      room?.leave()
      for (const { pc } of links.values()) pc.close()
    },
  }
}

const gathered = (pc: RTCPeerConnection): Promise<void> =>
  new Promise((resolve) => {
    const look = () => pc.iceGatheringState === 'complete' && resolve()
    pc.onicegatheringstatechange = look
    look()
  })

/** The one link of a page that meets one other. */
export const openBareLink = (options: Omit<BareMeshOptions, 'onOpen'>): Promise<BareLink & { close(): void }> =>
  new Promise((resolve, reject) => {
    let mesh: BareMesh | undefined
    openBareMesh({
      ...options,
      onOpen: (link) => resolve({ ...link, close: () => mesh?.close() }),
    }).then((made) => {
      mesh = made
    }, reject)
  })

/** Sends one after the other, never more than a megabyte ahead of the wire. */
export const sendAll = async (channel: RTCDataChannel, messages: Iterable<Uint8Array<ArrayBuffer> | string>) => {
  channel.bufferedAmountLowThreshold = 256 * 1024
  for (const message of messages) {
    if (channel.bufferedAmount > 1024 * 1024)
      await new Promise((resolve) => channel.addEventListener('bufferedamountlow', resolve, { once: true }))
    channel.send(message as Uint8Array<ArrayBuffer>)
  }
}
