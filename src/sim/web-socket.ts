import type { Host } from './host.ts'
import type { Network, Pipe } from './network.ts'

type Handler<E = unknown> = ((event: E) => void) | null

/** The server's end of one connection. */
export interface ServerEnd {
  /** The text goes to the device, in order. */
  send(text: string): void
  /** Ends the connection properly, after what was sent. */
  close(code: number): void
  /** Breaks it: the device hears of it if anything passes. */
  break(): void
  /** There is a browser that answers pings; that of a frozen page does, one without power does not. */
  readonly answers: boolean
}

/** What a simulated server does with a connection. */
export interface Attendant {
  received(text: string): void
  /** The connection is over, whoever ended it. */
  ended(code: number): void
}

/** Takes connections under one address. */
export interface Listener {
  /** Place of the server in the network. */
  readonly place: string
  readonly isUp: boolean
  accept(end: ServerEnd, place: string): Attendant
}

/** As in WHATWG WebSockets, which took the latter two in 2023. */
const SCHEMES = ['ws:', 'wss:', 'http:', 'https:']
const CONNECTING = 0
const OPEN = 1
const CLOSING = 2
const CLOSED = 3
const ABNORMAL = 1006
const FRAME_OVERHEAD = 50

/** The part of `WebSocket` that is simulated. */
export interface SimulatedSocket {
  readonly url: string
  readonly protocol: string
  readonly readyState: number
  onopen: Handler
  onmessage: Handler<{ readonly data: unknown }>
  onclose: Handler<{ readonly code: number }>
  onerror: Handler
  send(text: string): void
  close(code?: number): void
}

/** The class `WebSocket` of one page, over the simulated network; knows one server. */
export const createWebSocketClass = (
  network: Network,
  listener: Listener,
  host: Host,
  place: string,
): (new (
  url: string,
  protocol?: string,
) => SimulatedSocket) => {
  return class SimulatedWebSocket implements SimulatedSocket {
    readonly url: string
    readonly protocol: string
    readyState = CONNECTING
    onopen: Handler = null
    onmessage: Handler<{ readonly data: unknown }> = null
    onclose: Handler<{ readonly code: number }> = null
    onerror: Handler = null
    readonly #up: Pipe = network.pipe(place, listener.place)
    readonly #down: Pipe = network.pipe(listener.place, place)
    #attendant: Attendant | undefined
    #wasOpen = false

    constructor(url: string, protocol = '') {
      if (!SCHEMES.includes(URL.parse(url)?.protocol ?? ''))
        throw new DOMException(`“${url}” is no address.`, 'SyntaxError')
      this.url = url
      this.protocol = protocol
      this.#up.send(FRAME_OVERHEAD, () => this.#knock(), 'ws open')
      host.onKill(() => this.#orphaned())
    }

    send(text: string): void {
      if (this.readyState === CONNECTING) throw new DOMException('Still connecting.', 'InvalidStateError')
      if (this.readyState !== OPEN) return
      const bytes = new TextEncoder().encode(text)
      this.#up.send(bytes.length + FRAME_OVERHEAD, () => this.#attendant?.received(text), 'ws', bytes)
    }

    close(code = 1000): void {
      if (this.readyState >= CLOSING) return
      this.readyState = CLOSING
      this.#up.send(FRAME_OVERHEAD, () => this.#hangUp(code), 'ws close')
    }

    /** The connection reached the server. */
    #knock(): void {
      if (!listener.isUp || !host.isAlive) {
        this.#down.send(FRAME_OVERHEAD, () => this.#finish(ABNORMAL), 'ws refused')
        return
      }
      this.#down.send(
        FRAME_OVERHEAD,
        () =>
          host.deliver(() => {
            if (this.readyState !== CONNECTING) return
            this.readyState = OPEN
            this.#wasOpen = true
            this.onopen?.({})
          }),
        'ws accepted',
      )
      this.#attendant = listener.accept(
        {
          send: (text) => this.#tell(text),
          close: (code) => this.#hangUp(code),
          break: () => this.#hangUp(ABNORMAL),
          get answers() {
            return host.isAlive
          },
        },
        place,
      )
    }

    /** The page died. Where only its process did, the operating system closes the connection for it. */
    #orphaned(): void {
      if (network.random.chance(0.5)) this.#up.send(FRAME_OVERHEAD, () => this.#hangUp(ABNORMAL), 'ws reset')
    }

    #tell(text: string): void {
      const bytes = new TextEncoder().encode(text)
      this.#down.send(
        bytes.length + FRAME_OVERHEAD,
        () =>
          host.deliver(() => {
            if (this.readyState === OPEN) this.onmessage?.({ data: text })
          }),
        'ws',
        bytes,
      )
    }

    /** The server's side is over; the device hears of it after what was sent before. */
    #hangUp(code: number): void {
      const attendant = this.#attendant
      this.#attendant = undefined
      attendant?.ended(code)
      this.#down.send(FRAME_OVERHEAD, () => this.#finish(code), 'ws closed')
    }

    #finish(code: number): void {
      host.deliver(() => {
        if (this.readyState === CLOSED) return
        this.readyState = CLOSED
        this.#up.close()
        // As browsers do when the connection was never made (WHATWG WebSockets, "fail the WebSocket connection").
        if (!this.#wasOpen) this.onerror?.({})
        this.onclose?.({ code: this.#wasOpen ? code : ABNORMAL })
      })
    }
  }
}
