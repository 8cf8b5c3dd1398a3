import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import { SIGNALING_PROTOCOL } from '#wire/signaling'

/** A frame as it is on the wire. */
export type Frame = { readonly t: string } & Readonly<Record<string, unknown>>

/** One device's connection to the liar. */
export interface Line {
  /** Id that the device joined with; '' before. */
  readonly peer: string
  /** Sends the device anything: texts and bytes as they are, all else as JSON. */
  say(what: unknown): void
  /** Says more later, unless the connection is closed by then. */
  later(ms: number, say: () => void): void
  /** Says more again and again, until the connection is closed. */
  every(ms: number, say: () => void): void
  /** Cuts it without a word. */
  end(): void
}

/** What becomes of a true frame on its way to a device; `line.say(frame)` is the truth. */
export type Lie = (frame: Frame, line: Line) => void

/** A signaling server that passes on what a true one says, and says of its own what it likes. */
export interface Liar {
  readonly port: number
  /** From now on; on lines that are open already, too. */
  readonly lie: (lie: Lie) => void
  /** Those of devices that are connected now. */
  readonly lines: ReadonlySet<Line>
  close(): Promise<void>
}

/** No lie at all. */
export const truth: Lie = (frame, line) => line.say(frame)

/** Starts a liar in front of the true server on that port. */
export const openLiar = async (truePort: number): Promise<Liar> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => SIGNALING_PROTOCOL })
  await once(server, 'listening')
  const lines = new Set<Line>()
  let lie = truth
  server.on('connection', (near) => {
    const line = openLine(near, truePort, (...told) => lie(...told))
    lines.add(line)
    near.once('close', () => lines.delete(line))
  })
  return {
    port: (server.address() as AddressInfo).port,
    lie: (next) => {
      lie = next
    },
    lines,
    close: async () => {
      for (const client of server.clients) client.terminate()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

const textOf = (data: RawData) => (Buffer.isBuffer(data) ? data.toString() : '')
const parse = (text: string) => JSON.parse(text) as Frame

const openLine = (near: WebSocket, truePort: number, lie: Lie): Line => {
  const far = new WebSocket(`ws://127.0.0.1:${truePort}`, SIGNALING_PROTOCOL)
  const timers = new Set<NodeJS.Timeout>()
  const asked: string[] = []
  let peer = ''
  const line: Line = {
    get peer() {
      return peer
    },
    say: (what) => {
      if (near.readyState === WebSocket.OPEN)
        near.send(typeof what === 'string' || what instanceof Uint8Array ? what : JSON.stringify(what))
    },
    later: (ms, say) => void timers.add(setTimeout(say, ms)),
    every: (ms, say) => void timers.add(setInterval(say, ms)),
    end: () => near.terminate(),
  }
  near.on('message', (data) => {
    const text = textOf(data)
    const { t, peer: named } = parse(text)
    if (t === 'join') peer = String(named)
    if (far.readyState === WebSocket.OPEN) far.send(text)
    else asked.push(text)
  })
  far.on('open', () => {
    for (const text of asked.splice(0)) far.send(text)
  })
  far.on('message', (data) => lie(parse(textOf(data)), line))
  far.on('close', () => near.terminate())
  for (const socket of [near, far]) socket.on('error', () => undefined)
  near.once('close', () => {
    for (const timer of timers) clearInterval(timer)
    far.terminate()
  })
  return line
}
