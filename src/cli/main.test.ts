import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toString as toQrText } from 'qrcode'
import { isLocal, reachableAddresses } from './addresses.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { idOf } from '../../tests/support/named-keys.ts'
import { askIn, joinRoom, openClient } from '../../tests/support/signaling-client.ts'
import { DEFAULT_PORT } from './listen.ts'

// Each test starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const MAIN = join(import.meta.dirname, 'main.ts')
const children: ChildProcess[] = []
let app: string

const fieldmesh = (...args: string[]) => {
  const child = spawn(process.execPath, ['-C', 'fieldmesh-source', MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString()
  })
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString()
  })
  const exit = once(child, 'exit').then(([code]) => ({ code, out, err }))
  return {
    exit,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** The output, once it says that it listens, and on which port. */
    listening: async () => {
      await vi.waitFor(() => expect(out + err).toMatch(/Press Ctrl\+C|fieldmesh: /), { timeout: 30_000 })
      return { out, port: Number(/:\/\/127\.0\.0\.1:(\d+)/.exec(out)?.[1]) }
    },
  }
}

beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'fieldmesh-app-'))
  await writeFile(join(app, 'index.html'), '<p>the app</p>')
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})
afterAll(() => rm(app, { recursive: true }))

describe('fieldmesh', () => {
  it('helps, and tells its version', async () => {
    const [help, startHelp, version] = await Promise.all([
      fieldmesh('--help').exit,
      fieldmesh('start', '--help').exit,
      fieldmesh('--version').exit,
    ])
    expect(help).toMatchObject({ code: 0, err: '', out: expect.stringContaining('fieldmesh signal') })
    expect(startHelp.out).toBe(help.out)
    expect(version).toEqual({ code: 0, err: '', out: `${manifest.version}\n` })
  })

  it('refuses what it does not understand with a sentence and exit code 2', async () => {
    const { code, out, err } = await fieldmesh('signal', '--nope').exit
    expect(err).toBe("fieldmesh: Unknown option '--nope'.\nSee --help.\n")
    expect([code, out]).toEqual([2, ''])
  })

  it('says what is wrong with a place or a directory, and ends with 1', async () => {
    const [noApp, noHost, noOrigin, noSecret, noKey, noTurn] = await Promise.all([
      fieldmesh('start', '--port', '0', '--dir', '/nowhere').exit,
      fieldmesh('signal', '--port', '0', '--host', '203.0.113.1').exit,
      fieldmesh('signal', '--port', '0', '--origin', 'example.org').exit,
      fieldmesh('signal', '--port', '0', '--turn', 'turn:x', '--turn-secret-file', '/nowhere').exit,
      fieldmesh('signal', '--port', '0', '--token-key', join(app, 'index.html')).exit,
      fieldmesh('signal', '--port', '0', '--turn', 'x', '--turn-secret-file', MAIN).exit,
    ])
    expect(noApp).toMatchObject({ code: 1, err: expect.stringContaining('There is no app in /nowhere') })
    expect(noHost).toMatchObject({ code: 1, err: expect.stringContaining('could not listen') })
    expect(noOrigin).toMatchObject({ code: 1, err: expect.stringContaining('“example.org” is not an origin') })
    expect(noSecret).toMatchObject({ code: 1, err: expect.stringContaining('/nowhere cannot be read') })
    expect(noKey).toMatchObject({ code: 1, err: expect.stringContaining('a secret has at least 32 bytes') })
    expect(noTurn).toMatchObject({ code: 1, err: expect.stringContaining('turn.urls takes addresses') })
  })
})

describe('fieldmesh signal', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('connects devices until %s, then drains and exits with 0', async (signal) => {
    const server = fieldmesh('signal', '--port', '0', '--room-size', '2')
    const { port } = await server.listening()
    const url = `ws://127.0.0.1:${port}`
    const [ada, bob] = [await joinRoom(url, 'r', 'ada'), await joinRoom(url, 'r', 'bob')]
    ada.send({ t: 'signal', to: idOf('bob'), id: 1, box: 'x' })
    await bob.next('signal')
    const late = openClient(url)
    await askIn(late, 'r', 'carl')
    expect(await late.next('error')).toMatchObject({ code: 'room-full' })
    server.kill(signal)
    expect(await ada.next('drain')).toMatchObject({ retryMs: expect.any(Number) })
    expect(await bob.closed).toBe(1012)
    expect(await server.exit).toMatchObject({ code: 0, err: '' })
  })

  it('keeps pages of other origins out where origins are given', async () => {
    const { port } = await fieldmesh('signal', '--port', '0', '--origin', 'https://app.example.org').listening()
    expect(await openClient(`ws://127.0.0.1:${port}`, { origin: 'https://evil.example.org' }).closed).toBe(4003)
  })

  it('says so when the port asked for is taken', async () => {
    const { port } = await fieldmesh('signal', '--port', '0').listening()
    const { code, err } = await fieldmesh('signal', '--port', String(port)).exit
    expect(err).toContain('Another program already listens on this port.')
    expect(code).toBe(1)
  })

  it('takes the next free port when the default one is taken, and says so', async () => {
    const blocker: Server = createServer()
    const blocked = new Promise<void>((resolve) => {
      // Somebody else may hold it already, which is as good.
      blocker.once('error', () => resolve())
      blocker.listen(DEFAULT_PORT, '127.0.0.1', resolve)
    })
    await blocked
    const { out, port } = await fieldmesh('signal').listening()
    blocker.close()
    expect(port).toBeGreaterThan(DEFAULT_PORT)
    expect(out).toContain(`Port ${DEFAULT_PORT} is taken, so this is port ${port}.`)
  })
})

describe('fieldmesh start', () => {
  it('shows a code of the address that other devices reach', async () => {
    const server = fieldmesh('start', '--port', '0', '--host', '0.0.0.0', '--dir', app, '--no-open')
    const { out, port } = await server.listening()
    const [address] = reachableAddresses('http', '0.0.0.0', port)
    const code = await toQrText(address, { type: 'terminal', small: true })
    expect(out.includes(code)).toBe(!isLocal(address))
  })

  it('serves the app and its signaling on one port, and shows the way', async () => {
    const server = fieldmesh('start', '--port', '0', '--dir', app, '--no-open')
    const { out, port } = await server.listening()
    expect(out).toContain(`http://127.0.0.1:${port}/`)
    expect(out).toContain('Only this computer reaches it.')
    expect(out).not.toContain('▄')
    const page = await fetch(`http://127.0.0.1:${port}/`)
    expect(await page.text()).toBe('<p>the app</p>')
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    const url = `ws://127.0.0.1:${port}/`
    await joinRoom(url, 'r', 'ada', { origin: `http://127.0.0.1:${port}` })
    expect(await openClient(url, { origin: 'http://127.0.0.1:1' }).closed).toBe(4003)
    server.kill('SIGTERM')
    expect(await server.exit).toMatchObject({ code: 0, err: '' })
  })
})
