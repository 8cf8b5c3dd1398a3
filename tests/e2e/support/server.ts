import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = join(import.meta.dirname, '../../..')

/** One of our programs, running. */
export interface Program {
  readonly port: number
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>
}

const running = new Set<ChildProcess>()

/** Runs `fieldmesh <command>` on loopback; resolves when it says where it listens. Port 0 takes a free one. */
export const startProgram = async (command: 'start' | 'signal', port = 0): Promise<Program> => {
  const args = ['-C', 'fieldmesh-source', 'src/cli/main.ts', command, '--host', '127.0.0.1', '--port', String(port)]
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  return { port: await listeningPort(child), kill: () => end(child) }
}

/** Ends every program that a test left running. */
export const stopPrograms = async (): Promise<void> => {
  await Promise.all([...running].map(end))
}

const end = async (child: ChildProcess) => {
  if (!running.delete(child)) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const listeningPort = async (child: ChildProcess): Promise<number> => {
  if (!child.stdout) throw new Error('the program has no stdout')
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    const port = /(?:ws|http):\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1]
    if (port) {
      child.stdout.resume()
      return Number(port)
    }
  }
  throw new Error(`the program ended without saying where it listens:\n${lines.join('\n')}`)
}
