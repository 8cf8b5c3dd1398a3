import { FieldmeshError } from '#model/fault'
import { createSignalingServer, type SignalingServer, type SignalingServerOptions } from '#server/index'

export const DEFAULT_PORT = 8787
/** Ports tried after the default; then any free one will do. */
const NEXT_PORTS = 20

const isTaken = (error: unknown): boolean => error instanceof FieldmeshError && error.code === 'port-taken'

/**
 * Listens on the port asked for, or else near the default one.
 * @throws FieldmeshError `port-taken` for a port that was asked for, and whatever the server throws
 */
export const listen = async (options: SignalingServerOptions): Promise<SignalingServer> => {
  if (options.port !== undefined) return createSignalingServer(options)
  const ports = Array.from({ length: NEXT_PORTS + 1 }, (_, i) => DEFAULT_PORT + i)
  for (const port of [...ports, 0]) {
    try {
      return await createSignalingServer({ ...options, port })
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
  throw new FieldmeshError('port-taken')
}

/** One line for whoever expected the default port. */
export const portNote = (asked: number | undefined, port: number): string =>
  asked === undefined && port !== DEFAULT_PORT ? `Port ${DEFAULT_PORT} is taken, so this is port ${port}.\n` : ''
