import { readFile } from 'node:fs/promises'
import { FieldmeshError } from '#model/fault'
import type { SignalingServerOptions } from '#server/index'
import { reachableAddresses } from './addresses.ts'
import { listen, portNote } from './listen.ts'
import type { SignalRequest } from './options.ts'
import { untilStopped } from './until-stopped.ts'

/** Secrets come from files: what stands in a command line, every user of the machine can read. */
const secretIn = async (file: string): Promise<string> => {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (cause) {
    throw new FieldmeshError('options-invalid', `${file} cannot be read.`, { cause })
  }
}

const tokensOf = async (tokens: SignalRequest['tokens']): Promise<SignalingServerOptions> => {
  if (!tokens) return {}
  const { keyFile, audience, isRequired } = tokens
  const operatorKey = await secretIn(keyFile)
  return { operatorKey, requireToken: isRequired, ...(audience !== undefined && { tokenAudience: audience }) }
}

/** A signaling server, until the process is told to stop. */
export const signal = async (request: SignalRequest): Promise<void> => {
  const { host, port, origins, roomSize, trustProxy, turn } = request
  const server = await listen({
    host,
    ...(port !== undefined && { port }),
    ...(origins.length > 0 && { allowedOrigins: origins }),
    ...(roomSize !== undefined && { limits: { roomPeers: roomSize } }),
    ...(trustProxy !== undefined && { trustProxy }),
    ...(await tokensOf(request.tokens)),
    ...(turn && { turn: { urls: turn.urls, secret: await secretIn(turn.secretFile) } }),
  })
  const stopped = untilStopped()
  const addresses = reachableAddresses('ws', host, server.port).join('\n                            ')
  process.stdout.write(
    `${portNote(port, server.port)}fieldmesh signaling server  ${addresses}\nPress Ctrl+C to stop.\n`,
  )
  await stopped
  await server.close()
}
