import { once } from 'node:events'
import { type ClientOptions, WebSocket } from 'ws'
import { SIGNALING_PROTOCOL } from '#wire/signaling'
import { idOf, proofOf, roomIdOf } from './named-keys.ts'

/** A frame as it came, unchecked: tests look at what is really on the wire. */
export type RawFrame = Readonly<Record<string, unknown>>

/** A hand-driven device on a real WebSocket. */
export interface SignalingClient {
  readonly socket: WebSocket
  /** The close code, once closed. */
  readonly closed: Promise<number>
  /** All frames so far. */
  readonly frames: readonly RawFrame[]
  send(frame: unknown): void
  /** The next frame of the type that nobody took yet; rejects if the socket closes first. */
  next(type: string): Promise<RawFrame>
  close(): Promise<number>
}

interface Waiter {
  readonly type: string
  readonly resolve: (frame: RawFrame) => void
  readonly reject: (error: Error) => void
}

const takeFrom = <Item>(items: Item[], matches: (item: Item) => boolean): Item | undefined => {
  const at = items.findIndex(matches)
  return at < 0 ? undefined : items.splice(at, 1)[0]
}

export const openClient = (
  url: string,
  options: ClientOptions = {},
  protocols: string | string[] = SIGNALING_PROTOCOL,
): SignalingClient => {
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false, ...options })
  const frames: RawFrame[] = []
  const untaken: RawFrame[] = []
  const waiters: Waiter[] = []
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as RawFrame
    frames.push(frame)
    const waiter = takeFrom(waiters, ({ type }) => type === frame['t'])
    if (waiter) waiter.resolve(frame)
    else untaken.push(frame)
  })
  socket.on('error', () => {})
  const closed = once(socket, 'close').then(([code]) => {
    for (const { type, reject } of waiters)
      reject(new Error(`closed with ${code} before “${type}”; got ${JSON.stringify(frames)}`))
    return Number(code)
  })
  return {
    socket,
    closed,
    frames,
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    next(type) {
      const frame = takeFrom(untaken, ({ t }) => t === type)
      if (frame) return Promise.resolve(frame)
      return new Promise((resolve, reject) => waiters.push({ type, resolve, reject }))
    },
    close() {
      socket.close()
      return closed
    },
  }
}

/** What a device of that name says to get into the room of that name, after this hello. */
export const joinFrame = async (
  hello: RawFrame,
  room: string,
  device: string,
  more: RawFrame = {},
): Promise<RawFrame> => ({
  t: 'join',
  room: roomIdOf(room),
  peer: idOf(device),
  ...(await proofOf(room, device, String(hello['nonce']))),
  ...more,
})

/** Joins as a device of that name, and does not wait for the answer. */
export const askIn = async (client: SignalingClient, room: string, device: string, more?: RawFrame): Promise<void> =>
  client.send(await joinFrame(await client.next('hello'), room, device, more))

/** A device of that name that is in the room of that name. */
export const joinRoom = async (
  url: string,
  room: string,
  device: string,
  options: ClientOptions = {},
): Promise<SignalingClient> => {
  const client = openClient(url, options)
  await askIn(client, room, device)
  await client.next('joined')
  return client
}
