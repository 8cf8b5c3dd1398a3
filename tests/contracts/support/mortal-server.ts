import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { createSignalingServer, type SignalingServerOptions } from '#server/index'

/** A real signaling server behind a line that can be torn. */
export interface MortalServer {
  readonly url: string
  /** Cuts every connection and takes none any more, as a killed process would. */
  readonly die: () => Promise<void>
  /** Everybody hears this text as if the server had said it. */
  readonly lie: (text: string) => void
  /** A polite end. */
  readonly drain: () => Promise<void>
  readonly dispose: () => Promise<void>
}

/** A text of one unmasked frame, as servers send them (RFC 6455 §5.2). */
const frameOf = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, 0, 0])
  if (head.length > 2) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}

export const createMortalServer = async (limits: SignalingServerOptions['limits'] = {}): Promise<MortalServer> => {
  const server = await createSignalingServer({ limits })
  const sockets = new Set<Socket>()
  const devices = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const line = createServer((near) => {
    const far = keep(connect(server.port, '127.0.0.1'))
    devices.add(keep(near).on('close', () => devices.delete(near)))
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const { port } = line.address() as AddressInfo
  const die = (): Promise<void> =>
    new Promise((resolve) => {
      line.close(() => resolve())
      for (const socket of sockets) socket.resetAndDestroy()
    })
  return {
    url: `ws://127.0.0.1:${port}`,
    die,
    // Between frames: what the server says on these lines is short, and said whole.
    lie: (text) => {
      for (const device of devices) device.write(frameOf(text))
    },
    drain: () => server.close(),
    dispose: async () => {
      await Promise.all([die(), server.close()])
    },
  }
}
