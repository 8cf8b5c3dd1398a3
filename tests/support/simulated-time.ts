import { SimulatedClock } from 'xstate'

/**
 * XState's SimulatedClock, but time passes from timer to timer: a timer that is armed when another fires counts from
 * that moment. The original jumps first and fires afterwards, so whatever a jump arms counts from the jump's end.
 */
export class SimulatedTime extends SimulatedClock {
  readonly #due = new Map<number, number>()

  override setTimeout(fire: (...args: unknown[]) => void, ms: number): number {
    const handle = super.setTimeout(fire, ms)
    this.#due.set(handle, this.now() + ms)
    return handle
  }

  override clearTimeout(handle: number): void {
    this.#due.delete(handle)
    super.clearTimeout(handle)
  }

  override increment(ms: number): void {
    const end = this.now() + ms
    for (let at = this.#nextDue(); at <= end; at = this.#nextDue()) this.#jump(at)
    this.#jump(end)
  }

  #nextDue(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#due.values())
  }

  #jump(at: number): void {
    for (const [handle, due] of this.#due) if (due <= at) this.#due.delete(handle)
    super.increment(at - this.now())
  }
}
