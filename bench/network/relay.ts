import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { type SteadyClock, steadyClock } from '#adapters/steady-clock'
import { createShapedLine, type LineCounts, type LineShape } from './shaped-line.ts'
import { seeded } from '../../tests/support/random.ts'

export type End = 'a' | 'b'
/** Named after the end that the packets come from. */
export type Direction = End

export interface RelayOptions {
  /** What happens to packets from a to b, and from b to a. */
  readonly a?: LineShape
  readonly b?: LineShape
  /** Of the losses: same seed, same packets in the same order, same losses. */
  readonly seed?: number
  readonly clock?: SteadyClock
  /** Where the relay listens; default: this machine's own address, as browsers tell it in their candidates. */
  readonly address?: string
}

/**
 * A piece of network in user space between two programs on this machine: whoever of them sends to a face of the other
 * has the packet carried over a shaped line, and the other gets it from the sender's own face. So neither ever sees
 * the other's address.
 */
export interface UdpRelay {
  readonly address: string
  /** The port that stands for this one of the end's; made when first asked for. */
  face(end: End, port: number): Promise<number>
  /** Nothing comes through any more: one way, or both. */
  cut(direction?: Direction): void
  heal(direction?: Direction): void
  counts(direction: Direction): LineCounts
  /** Lets go of all sockets and timers; once. */
  close(): Promise<void>
}

interface Face {
  readonly end: End
  /** The port it stands for, on this machine. */
  readonly port: number
  readonly socket: Socket
}

/** A burst that the kernel would drop before the line sees it would be a loss that nobody asked for. */
const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024
const other = (end: End): End => (end === 'a' ? 'b' : 'a')

/** The first IPv4 address of this machine that others can see. */
const ownAddress = (): string =>
  Object.values(networkInterfaces())
    .flat()
    .find((it) => it?.family === 'IPv4' && !it.internal)?.address ?? '127.0.0.1'

const bound = async (address: string): Promise<Socket> => {
  const socket = createSocket('udp4')
  // An unreachable port is told as an error; to a relay it is one more lost packet.
  socket.on('error', () => {})
  socket.bind(0, address)
  await once(socket, 'listening')
  socket.setRecvBufferSize(SOCKET_BUFFER_BYTES)
  socket.setSendBufferSize(SOCKET_BUFFER_BYTES)
  return socket
}

export const createUdpRelay = (options: RelayOptions = {}): UdpRelay => {
  const { seed = 1, clock = steadyClock, address = ownAddress() } = options
  const lineFrom = (end: End) =>
    createShapedLine({ ...options[end], clock, random: seeded(seed * 2 + (end === 'a' ? 0 : 1)) })
  const lines = { a: lineFrom('a'), b: lineFrom('b') }
  const faces = new Map<string, Promise<Face>>()
  const byPort = new Map<number, Face>()
  let closed = false

  /** Came to the face of one end, so it is the other's; of a sender without a face nobody could tell who it is. */
  const carry = (to: Face, packet: Buffer, senderPort: number): void => {
    const from = byPort.get(senderPort)
    if (closed || from?.end !== other(to.end)) return
    lines[from.end].send(packet.length, () => from.socket.send(packet, to.port, address))
  }

  const open = async (end: End, port: number): Promise<Face> => {
    const socket = await bound(address)
    const face = { end, port, socket }
    byPort.set(port, face)
    socket.on('message', (packet, { port: senderPort }) => carry(face, packet, senderPort))
    return face
  }

  const chosen = (direction?: Direction) => (direction ? [lines[direction]] : [lines.a, lines.b])

  return {
    address,
    face: async (end, port) => {
      if (closed) throw new Error('the relay is closed')
      const key = `${end}:${port}`
      const face = faces.get(key) ?? open(end, port)
      faces.set(key, face)
      return (await face).socket.address().port
    },
    cut: (direction) => {
      for (const line of chosen(direction)) line.cut()
    },
    heal: (direction) => {
      for (const line of chosen(direction)) line.heal()
    },
    counts: (direction) => lines[direction].counts,
    close: async () => {
      if (closed) return
      closed = true
      lines.a.stop()
      lines.b.stop()
      await Promise.all([...faces.values()].map(async (face) => (await face).socket.close()))
    },
  }
}
