import type { Network, Pipe } from './network.ts'
import type { SimulatedPeerConnection } from './peer-connection.ts'
import { agreementOf, isAuthentic } from './rtc-agreement.ts'
import type { TimerId } from './timeline.ts'

/** Round trips until channels are open: one for ICE, two for DTLS, one for SCTP. */
const OPENING_TRIPS = 4
/** Without answers for this long, ms, a browser says `disconnected`; its consent checks run every 5 s (RFC 7675). */
const DISCONNECTED_MS = 5_000
const DISCONNECTED_SPREAD_MS = 1_000
/** Chromium gives a path up, `failed`, 16 to 18 s after its last packet; RFC 7675 allows 30 s. */
const FAILED_MS = 16_000
const FAILED_SPREAD_MS = 2_000
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
  readonly #recovery = new Map<End, TimerId>()
  #opening: TimerId | undefined
  #giveUp: TimerId | undefined
  #agreed: string | undefined
  /** No path under what was agreed on, and none to come: the road may be open, but nothing passes. */
  #isDead = false
  #isOpen = false
  #isOver = false

  constructor(network: Network, one: End, two: End) {
    this.#network = network
    this.#ends = [one, two]
    one.association = this
    two.association = this
    this.#unwatch = network.onChange(() => this.#look())
    this.negotiated()
  }

  /** At both ends. */
  get isOpen(): boolean {
    const whole = this.#isOpen && !this.#isOver && this.#gone.size === 0
    return whole && this.#ends.every((end) => end.pathState !== 'connecting')
  }

  otherEnd(end: End): End {
    return end === this.#ends[0] ? this.#ends[1] : this.#ends[0]
  }

  /** The stream of one channel from one end to the other. */
  pipe(from: End, channel: number): Pipe {
    const key = `${from.id}/${channel}`
    const known = this.#pipes.get(key)
    if (known) return known
    const pipe = this.#network.pipe(from.place, this.otherEnd(from).place)
    pipe.hold(this.#isDead)
    this.#pipes.set(key, pipe)
    return pipe
  }

  /** Both ends are described. New credentials bring new checks, as after an ICE restart: only they revive the failed. */
  negotiated(): void {
    const agreed = agreementOf(...this.#ends)
    if (this.#isOver || this.#gone.size > 0 || agreed === undefined) return
    // A browser shows the same certificate for as long as the connection lives.
    if (this.#isOpen && !isAuthentic(...this.#ends)) {
      this.breakBoth()
      return
    }
    if (agreed !== this.#agreed) {
      this.#agreed = agreed
      this.#setDead(false)
      this.#both((end) => {
        if (end.pathState === 'failed') end.toState('connecting')
      })
      this.#beginChecks()
    }
    this.#look()
  }

  /** The addresses of an end are gone, and the path with them; neither end is told. */
  loseAddress(): void {
    this.#setDead(true)
    this.#look()
  }

  /** The end closed properly: the other hears of it, if anything passes. */
  closedBy(end: End): void {
    if (this.#gone.has(end)) return
    const other = this.otherEnd(end)
    for (const [key, pipe] of this.#pipes) if (key.startsWith(`${end.id}/`)) pipe.close()
    this.#leave(end)
    if (this.#isOpen && !this.#isDead && !this.#gone.has(other))
      this.#network.pipe(end.place, other.place).send(40, () => this.#goodbye(other), 'dtls close')
    this.#look()
    if (this.#gone.has(other)) this.#end()
  }

  /** The end is gone and nobody is told. */
  vanish(end: End): void {
    if (this.#gone.has(end)) return
    this.#leave(end)
    for (const pipe of this.#pipes.values()) pipe.close()
    this.#setDead(true)
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
    this.#leave(end)
    this.#end()
    end.closedByOther()
  }

  #leave(end: End): void {
    this.#gone.add(end)
    for (const timers of [this.#silence, this.#recovery]) {
      this.#network.timeline.cancel(timers.get(end))
      timers.delete(end)
    }
  }

  #both(tell: (end: End) => void): void {
    for (const end of this.#ends) if (!this.#gone.has(end)) tell(end)
  }

  #setDead(isDead: boolean): void {
    this.#isDead = isDead
    for (const pipe of this.#pipes.values()) pipe.hold(isDead)
  }

  #isWhole(): boolean {
    const [a, b] = this.#ends
    const network = this.#network
    const isTwo = this.#gone.size === 0 && !this.#isDead
    return isTwo && network.isOpen(a.place, b.place) && network.isOpen(b.place, a.place)
  }

  #roundTrip(): number {
    const [a, b] = this.#ends
    const ways = [this.#network.road(a.place, b.place), this.#network.road(b.place, a.place)]
    return ways.reduce((sum, road) => sum + road.latencyMs + road.jitterMs, 0)
  }

  #look(): void {
    if (this.#isOver) return
    const whole = this.#isWhole()
    if (this.#isOpen) this.#both((end) => (whole ? this.#hearAgain(end) : this.#fallSilent(end)))
    else if (whole) this.#open()
  }

  #beginChecks(): void {
    const { timeline } = this.#network
    timeline.cancel(this.#giveUp)
    this.#giveUp = timeline.after(CHECKING_MS, () =>
      this.#both((end) => {
        if (end.pathState === 'connecting') this.#fail(end)
      }),
    )
  }

  #open(): void {
    const { timeline, random } = this.#network
    this.#opening ??= timeline.after(OPENING_TRIPS * this.#roundTrip() + random.next(), () => {
      this.#opening = undefined
      if (this.#isOver || !this.#isWhole()) return
      if (!isAuthentic(...this.#ends)) return this.breakBoth()
      this.#isOpen = true
      timeline.cancel(this.#giveUp)
      const [one, two] = this.#ends
      const [first, second] = random.chance(0.5) ? [one, two] : [two, one]
      // The last message of the handshake is still on its way to the other end.
      this.#recover(second, (random.next() * this.#roundTrip()) / 2)
      first.opened()
    })
  }

  #fallSilent(end: End): void {
    const { timeline, random } = this.#network
    timeline.cancel(this.#recovery.get(end))
    this.#recovery.delete(end)
    if (this.#silence.has(end) || end.pathState === 'failed') return
    const noticed = DISCONNECTED_MS + DISCONNECTED_SPREAD_MS * random.next()
    const failed = FAILED_MS + FAILED_SPREAD_MS * random.next()
    const notice = () => {
      end.toState('disconnected')
      this.#silence.set(
        end,
        timeline.after(failed - noticed, () => this.#fail(end)),
      )
    }
    this.#silence.set(end, timeline.after(noticed, notice))
  }

  /** For good, unless new credentials are agreed on: an end whose consent expired sends nothing (RFC 7675, §5.1). */
  #fail(end: End): void {
    this.#silence.delete(end)
    end.toState('failed')
    this.#setDead(true)
    this.#look()
  }

  #hearAgain(end: End): void {
    this.#network.timeline.cancel(this.#silence.get(end))
    this.#silence.delete(end)
    if (end.pathState === 'connected' || this.#recovery.has(end)) return
    this.#recover(end, NEXT_CHECK_MS * this.#network.random.next() + this.#roundTrip())
  }

  #recover(end: End, ms: number): void {
    const task = () => {
      this.#recovery.delete(end)
      end.opened()
    }
    this.#recovery.set(end, this.#network.timeline.after(ms, task))
  }

  #end(): void {
    const { timeline } = this.#network
    this.#isOver = true
    this.#unwatch()
    const timers = [this.#opening, this.#giveUp, ...this.#silence.values(), ...this.#recovery.values()]
    for (const timer of timers) timeline.cancel(timer)
    this.#silence.clear()
    this.#recovery.clear()
    for (const pipe of this.#pipes.values()) pipe.close()
  }
}
