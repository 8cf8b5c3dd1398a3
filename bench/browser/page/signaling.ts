/** A room of our signaling server (`fieldmesh.sig.v1`), for links that are not made by the engine. */
export interface SignalingRoom {
  readonly peers: readonly string[]
  send(to: string, payload: unknown): void
  leave(): void
}

interface Handlers {
  readonly onPeer: (peer: string) => void
  readonly onSignal: (from: string, payload: unknown) => void
}

interface Frame {
  readonly t: string
  readonly peers?: readonly string[]
  readonly peer?: string
  readonly from?: string
  readonly box?: string
}

/** Joins a room; resolves with who is there already. Rejects where the server does not answer. */
export const joinRoom = (url: string, room: string, self: string, handlers: Handlers): Promise<SignalingRoom> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'fieldmesh.sig.v1')
    let sent = 0
    const say = (frame: Record<string, unknown>) => socket.send(JSON.stringify(frame))
    const joined = (peers: readonly string[]): SignalingRoom => ({
      peers,
      send: (to, payload) => say({ t: 'signal', to, id: ++sent, box: JSON.stringify(payload) }),
      leave: () => socket.close(),
    })
    socket.onerror = () => reject(new Error('the signaling server is out of reach'))
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const frame = JSON.parse(data) as Frame
      if (frame.t === 'hello') say({ t: 'join', room, peer: self })
      else if (frame.t === 'joined') resolve(joined(frame.peers ?? []))
      else if (frame.t === 'peer-joined') handlers.onPeer(frame.peer ?? '')
      else if (frame.t === 'signal') handlers.onSignal(frame.from ?? '', JSON.parse(frame.box ?? 'null'))
      else if (frame.t === 'error') reject(new Error(`signaling: ${data}`))
    }
  })
