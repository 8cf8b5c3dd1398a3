import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { createSignalingServer, type SignalingServerOptions } from '#server/index'

/** A real signaling server behind a line that can be torn. */
export interface MortalServer {
  readonly url: string
  /** Cuts every connection and takes none any more, as a killed process would. */
  readonly die: () => Promise<void>
  /** A polite end. */
  readonly drain: () => Promise<void>
  readonly dispose: () => Promise<void>
}

export const createMortalServer = async (limits: SignalingServerOptions['limits'] = {}): Promise<MortalServer> => {
  const server = await createSignalingServer({ limits })
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const line = createServer((near) => {
    const far = keep(connect(server.port, '127.0.0.1'))
    keep(near).pipe(far)
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
    drain: () => server.close(),
    dispose: async () => {
      await Promise.all([die(), server.close()])
    },
  }
}
