import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a server that can be shut in its users' faces: what they see is a server that was killed. */
export interface Door {
  readonly port: number
  /** Cuts every connection without a word, and refuses new ones. */
  shut(): Promise<void>
  reopen(): Promise<void>
}

/** Opens a way to the port on a port of its own. */
export const openDoor = async (to: number): Promise<Door> => {
  const sockets = new Set<Socket>()
  const join = (one: Socket, other: Socket) => {
    sockets.add(one)
    one.on('error', () => undefined)
    one.on('close', () => {
      sockets.delete(one)
      other.destroy()
    })
    one.pipe(other)
  }
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    join(near, far)
    join(far, near)
  })
  const listen = (port: number) => once(server.listen(port, '127.0.0.1'), 'listening')
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    port,
    shut: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.resetAndDestroy()
      await closed
    },
    reopen: async () => void (await listen(port)),
  }
}
