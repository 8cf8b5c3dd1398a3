import type { Network, Pipe } from './network.ts'
import type { SimulatedPeerConnection } from './peer-connection.ts'
import type { TimerId } from './timeline.ts'

/** Round trips until channels are open: one for ICE, two for DTLS, one for SCTP. */
const OPENING_TRIPS = 4
/** Without answers for this long, ms, a browser says `disconnected`; its consent checks run every 5 s (RFC 7675). */
const DISCONNECTED_MS = 5_000
/** And this much later `failed`; together within the 30 s of RFC 7675. */
const FAILED_MS = 20_000
/** Neither is exact. */
const SPREAD_MS = 1_000
/** No road found for this long after both sides are described: ICE gives up, ms. */
const CHECKING_MS = 20_000
/** A road that is back is found by the next check, ms. */
const NEXT_CHECK_MS = 500

type End = SimulatedPeerConnection

/** Two ends that know of each other: the checks for a road, the opening, the streams, the silence. */
export class Association {
  readonly #network: Network
  readonly #ends: readonly [End, End]
  readonly #unwatch: () => void
  readonly #pipes = new Map<string, Pipe>()
  readonly #gone = new Set<End>()
  readonly #silence = new Map<End, TimerId>()
  #opening: TimerId | undefined
  #giveUp: TimerId | undefined
  #isOpen = false
  #isOver = false

  constructor(network: Network, one: End, two: End) {
    this.#network = network
    this.#ends = [one, two]
    one.association = this
    two.association = this
    this.#unwatch = network.onChange(() => this.#look())
    this.#giveUp = network.timeline.after(CHECKING_MS, () => {
      if (!this.#isOpen) this.#both((end) => end.toState('failed'))
    })
    this.#look()
  }

  get isOpen(): boolean {
    return this.#isOpen && !this.#isOver && this.#gone.size === 0
  }

  otherEnd(end: End): End {
    return end === this.#ends[0] ? this.#ends[1] : this.#ends[0]
  }

  /** The stream of one channel from one end to the other. */
  pipe(from: End, channel: number): Pipe {
    const key = `${from.id}/${channel}`
    const pipe = this.#pipes.get(key) ?? this.#network.pipe(from.place, this.otherEnd(from).place)
    this.#pipes.set(key, pipe)
    return pipe
  }

  /** An ICE restart came through: the road is looked for again at once. */
  renegotiated(): void {
    if (!this.#isOver && this.#isOpen && this.#isWhole()) this.#hearAgain()
  }

  /** The end closed properly: the other hears of it, if anything passes. */
  closedBy(end: End): void {
    if (this.#gone.has(end)) return
    const other = this.otherEnd(end)
    for (const [key, pipe] of this.#pipes) if (key.startsWith(`${end.id}/`)) pipe.close()
    this.#gone.add(end)
    if (this.#isOpen && !this.#gone.has(other))
      this.#network.pipe(end.place, other.place).send(40, () => this.#goodbye(other), 'dtls close')
    this.#look()
    if (this.#gone.has(other)) this.#end()
  }

  /** The end is gone and nobody is told. */
  vanish(end: End): void {
    if (this.#gone.has(end)) return
    this.#gone.add(end)
    for (const pipe of this.#pipes.values()) pipe.close()
    end.toState('failed')
    this.#look()
    if (this.#gone.has(this.otherEnd(end))) this.#end()
  }

  breakBoth(): void {
    if (this.#isOver) return
    this.#end()
    this.#both((end) => end.toState('failed'))
  }

  #goodbye(end: End): void {
    if (this.#isOver || this.#gone.has(end)) return
    this.#gone.add(end)
    this.#end()
    end.closedByOther()
  }

  #both(tell: (end: End) => void): void {
    for (const end of this.#ends) if (!this.#gone.has(end)) tell(end)
  }

  #isWhole(): boolean {
    const [a, b] = this.#ends
    const network = this.#network
    return this.#gone.size === 0 && network.isOpen(a.place, b.place) && network.isOpen(b.place, a.place)
  }

  #roundTrip(): number {
    const [a, b] = this.#ends
    const ways = [this.#network.road(a.place, b.place), this.#network.road(b.place, a.place)]
    return ways.reduce((sum, road) => sum + road.latencyMs + road.jitterMs, 0)
  }

  #look(): void {
    if (this.#isOver) return
    const whole = this.#isWhole()
    if (!this.#isOpen) {
      if (whole) this.#open()
      return
    }
    if (!whole) this.#both((end) => this.#beginSilence(end))
    else this.#hearAgain()
  }

  #open(): void {
    const { timeline, random } = this.#network
    this.#opening ??= timeline.after(OPENING_TRIPS * this.#roundTrip() + random.next(), () => {
      this.#opening = undefined
      if (this.#isOver || !this.#isWhole()) return
      this.#isOpen = true
      timeline.cancel(this.#giveUp)
      this.#both((end) => end.opened())
    })
  }

  #beginSilence(end: End): void {
    const { timeline, random } = this.#network
    if (this.#silence.has(end)) return
    this.#silence.set(
      end,
      timeline.after(DISCONNECTED_MS + SPREAD_MS * random.next(), () => {
        end.toState('disconnected')
        this.#silence.set(
          end,
          timeline.after(FAILED_MS + SPREAD_MS * random.next(), () => end.toState('failed')),
        )
      }),
    )
  }

  #hearAgain(): void {
    const { timeline, random } = this.#network
    for (const [end, timer] of this.#silence) {
      timeline.cancel(timer)
      if (end.connectionState !== 'disconnected' && end.connectionState !== 'failed') {
        this.#silence.delete(end)
        continue
      }
      this.#silence.set(
        end,
        timeline.after(NEXT_CHECK_MS * random.next() + this.#roundTrip(), () => {
          this.#silence.delete(end)
          if (this.#isWhole()) end.toState('connected')
          else this.#look()
        }),
      )
    }
  }

  #end(): void {
    const { timeline } = this.#network
    this.#isOver = true
    this.#unwatch()
    for (const timer of [this.#opening, this.#giveUp, ...this.#silence.values()]) timeline.cancel(timer)
    this.#silence.clear()
    for (const pipe of this.#pipes.values()) pipe.close()
  }
}
