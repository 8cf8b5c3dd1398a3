import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stunAnswers } from './stun.ts'

/** Debian’s package `coturn`; `TURNSERVER` names another place. */
const PROGRAM = process.env['TURNSERVER'] ?? 'turnserver'

export const hasTurnServer = spawnSync(PROGRAM, ['--version']).error === undefined

/** A real TURN server on loopback that gives relayed addresses to whoever has credentials by the secret. */
export interface TurnServer {
  readonly port: number
  stop(): Promise<void>
}

const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}

/** Starts coturn; resolves once it answers. */
export const startTurnServer = async (secret: string): Promise<TurnServer> => {
  const [port, home] = [await freePort(), await mkdtemp(join(tmpdir(), 'fieldmesh-turn-'))]
  const places = ['--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--listening-port', String(port)]
  const files = ['--pidfile', join(home, 'pid'), '--userdb', join(home, 'db'), '--log-file', 'stdout']
  const auth = ['--use-auth-secret', '--static-auth-secret', secret, '--realm', 'fieldmesh']
  const rest = ['-n', '--no-tls', '--no-dtls', '--no-cli', '--allow-loopback-peers']
  const child = spawn(PROGRAM, [...rest, ...places, ...files, ...auth], { cwd: home, stdio: 'ignore' })
  const ended = once(child, 'exit')
  const early = ended.then(([code]) => Promise.reject(new Error(`coturn ended with ${code} before it answered.`)))
  await Promise.race([stunAnswers(port), early])
  early.catch(() => undefined)
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
      await rm(home, { recursive: true, force: true })
    },
  }
}
