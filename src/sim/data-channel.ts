import type { SimulatedPeerConnection } from './peer-connection.ts'

type Handler<E = unknown> = ((event: E) => void) | null

/** Largest message, as browsers offer each other in `max-message-size`. */
const MAX_MESSAGE = 262_144
/** A send buffer beyond this throws, as Chromium's does at 16 MiB. */
const MAX_BUFFER = 16 * 1_048_576
/** What the transport adds to each message, bytes. */
const OVERHEAD = 60

/** The part of `RTCDataChannel` that fieldmesh uses: negotiated, ordered, reliable. */
export class SimulatedChannel {
  readonly id: number
  readonly label: string
  readyState: RTCDataChannelState = 'connecting'
  binaryType: BinaryType = 'arraybuffer'
  bufferedAmountLowThreshold = 0
  onopen: Handler = null
  onclose: Handler = null
  onerror: Handler = null
  onmessage: Handler<{ data: unknown }> = null
  onbufferedamountlow: Handler = null
  readonly #end: SimulatedPeerConnection
  readonly #early: (Uint8Array<ArrayBuffer> | string)[] = []
  #buffered = 0

  constructor(end: SimulatedPeerConnection, id: number, label: string) {
    this.#end = end
    this.id = id
    this.label = label
  }

  /** Bytes handed over that did not arrive yet. */
  get bufferedAmount(): number {
    return this.#buffered
  }

  send(data: Uint8Array<ArrayBuffer> | string): void {
    const { association } = this.#end
    if (this.readyState !== 'open' || !association)
      throw new DOMException('The channel is not open.', 'InvalidStateError')
    const size = data.length
    if (size > MAX_MESSAGE) throw new TypeError(`A message of ${size} bytes.`)
    if (this.#buffered + size > MAX_BUFFER) throw new DOMException('The send queue is full.', 'OperationError')
    const copy = typeof data === 'string' ? data : data.slice()
    this.#buffered += size
    const other = association.otherEnd(this.#end)
    const arrived = () => {
      this.#arrived(size)
      other.host.deliver(() => other.channel(this.id)?.receive(copy))
    }
    association
      .pipe(this.#end, this.id)
      .send(size + OVERHEAD, arrived, this.label, typeof copy === 'string' ? undefined : copy)
  }

  /** Sends what is queued, then closes both ways (WebRTC 1.0, §6.2.4). */
  close(): void {
    if (this.readyState === 'closing' || this.readyState === 'closed') return
    const { association } = this.#end
    const wasOpen = this.readyState === 'open'
    this.readyState = 'closing'
    if (!wasOpen || !association) return
    const other = association.otherEnd(this.#end)
    association.pipe(this.#end, this.id).send(
      OVERHEAD,
      () => {
        other.host.deliver(() => other.channel(this.id)?.shut(true))
        association
          .pipe(other, this.id)
          .send(OVERHEAD, () => this.#end.host.deliver(() => this.shut(true)), `${this.label} reset`)
      },
      `${this.label} reset`,
    )
  }

  opened(): void {
    if (this.readyState !== 'connecting') return
    this.readyState = 'open'
    this.onopen?.({})
  }

  /** What came before all channels of this end were open: SCTP delivers nothing earlier. */
  deliverEarly(): void {
    for (const data of this.#early.splice(0)) this.receive(data)
  }

  receive(data: Uint8Array<ArrayBuffer> | string): void {
    if (this.readyState === 'closed') return
    if (this.readyState === 'connecting') this.#early.push(data)
    else this.onmessage?.({ data: typeof data === 'string' ? data : data.buffer })
  }

  shut(tell: boolean): void {
    if (this.readyState === 'closed') return
    this.readyState = 'closed'
    this.#buffered = 0
    if (tell) this.onclose?.({})
  }

  #arrived(size: number): void {
    const before = this.#buffered
    this.#buffered = Math.max(0, before - size)
    const crossed = before > this.bufferedAmountLowThreshold && this.#buffered <= this.bufferedAmountLowThreshold
    if (crossed && this.readyState === 'open') this.#end.host.deliver(() => this.onbufferedamountlow?.({}))
  }
}
