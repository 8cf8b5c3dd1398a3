import type { BrowserCommand } from 'vitest/node'
import type { ServerBounds } from '../../../src/contracts/socket/socket-harness.ts'
import type { MortalServer } from './mortal-server.ts'

type Servers = typeof import('./mortal-server.ts')

const servers = new Map<string, MortalServer>()

/** Starts a real signaling server in Node for a spec in the browser; its address. */
const openServer: BrowserCommand<[bounds: ServerBounds]> = async ({ project }, bounds) => {
  // Loaded by the project, since the configuration itself knows no subpath imports.
  const path = `${project.config.root}/tests/contracts/support/mortal-server.ts`
  const { createMortalServer } = await project.import<Servers>(path)
  const server = await createMortalServer(bounds)
  servers.set(server.url, server)
  return server.url
}

const endServer: BrowserCommand<[url: string, how: 'die' | 'drain' | 'dispose']> = async (_context, url, how) => {
  await servers.get(url)?.[how]()
  if (how === 'dispose') servers.delete(url)
}

/** Everybody connected to it hears this text as if it had said it. */
const sayAsServer: BrowserCommand<[url: string, text: string]> = (_context, url, text) => servers.get(url)?.lie(text)

export const serverCommands = { openServer, endServer, sayAsServer }

declare module 'vitest/browser' {
  interface BrowserCommands {
    openServer: (bounds: ServerBounds) => Promise<string>
    sayAsServer: (url: string, text: string) => Promise<void>
    endServer: (url: string, how: 'die' | 'drain' | 'dispose') => Promise<void>
  }
}
