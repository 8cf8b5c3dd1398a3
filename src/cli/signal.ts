import { reachableAddresses } from './addresses.ts'
import { listen, portNote } from './listen.ts'
import type { SignalRequest } from './options.ts'
import { untilStopped } from './until-stopped.ts'

/** A signaling server, until the process is told to stop. */
export const signal = async ({ host, port, origins, roomSize }: SignalRequest): Promise<void> => {
  const server = await listen({
    host,
    ...(port !== undefined && { port }),
    ...(origins.length > 0 && { allowedOrigins: origins }),
    ...(roomSize !== undefined && { limits: { roomPeers: roomSize } }),
  })
  const stopped = untilStopped()
  const addresses = reachableAddresses('ws', host, server.port).join('\n                            ')
  process.stdout.write(
    `${portNote(port, server.port)}fieldmesh signaling server  ${addresses}\nPress Ctrl+C to stop.\n`,
  )
  await stopped
  await server.close()
}
