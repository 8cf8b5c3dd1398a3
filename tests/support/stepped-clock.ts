import type { AnyActorRef } from 'xstate'

interface Armed {
  readonly ms: number
  readonly fire: () => void
}

/**
 * A clock on which no time passes: armed timers are fired by hand, one at a time, in any order. So an edge can be
 * followed whatever the durations of other regions' timers are.
 */
export class SteppedClock {
  readonly #armed = new Map<number, Armed>()
  #handles = 0

  setTimeout(fire: (...args: unknown[]) => void, ms: number): number {
    const handle = ++this.#handles
    this.#armed.set(handle, { ms, fire })
    return handle
  }

  clearTimeout(handle: number): void {
    this.#armed.delete(handle)
  }

  /** Durations of all armed timers, ms. */
  get armed(): readonly number[] {
    return [...this.#armed.values()].map(({ ms }) => ms)
  }

  /** Whether the actor waits for an event of this type: a timer that leads nowhere runs once while its state lasts. */
  isArmed(actor: AnyActorRef, type: string): boolean {
    return this.#handleOf(actor, type) !== undefined
  }

  /** Fires the timer that brings the actor an event of this type; throws where none is armed. */
  fire(actor: AnyActorRef, type: string): void {
    const handle = this.#handleOf(actor, type)
    const timer = handle === undefined ? undefined : this.#armed.get(handle)
    if (handle === undefined || timer === undefined) throw new Error(`no timer is armed for ${type}`)
    this.#armed.delete(handle)
    timer.fire()
  }

  /** The system lists what it has scheduled in the order in which it asked for timers, as this clock does. */
  #handleOf(actor: AnyActorRef, type: string): number | undefined {
    const scheduled = Object.values(actor.system.getSnapshot()._scheduledEvents)
    const place = scheduled.findIndex(({ source, event }) => source === actor && event.type === type)
    return [...this.#armed.keys()][place]
  }
}
