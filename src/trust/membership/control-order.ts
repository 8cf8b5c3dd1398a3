import type { ControlLogs } from './control-logs.ts'
import type { Control } from './control.types.ts'

/** Author → seq: what somebody had seen, up to there, of everybody's control entries. */
export type Past = ReadonlyMap<string, number>

export const isIn = (past: Past, { author, seq }: Pick<Control, 'author' | 'seq'>): boolean =>
  (past.get(author) ?? 0) >= seq

/** Names a control entry. */
export const dotText = ({ author, seq }: Pick<Control, 'author' | 'seq'>): string => `${seq} ${author}`

/**
 * Control entries whose whole past is here, each after all of its past. The clock of an entry speaks of its own record
 * alone, so control entries say themselves what their writer had seen, and this is their causal gate. Whoever says that
 * he saw what saw him, or what nobody wrote, waits for ever, with what he wrote after it, and holds nobody else up.
 */
export class ControlOrder {
  readonly #pasts = new Map<Control, Past>()
  readonly #byDot = new Map<string, Control>()
  /** Dots that each has directly seen. */
  readonly #direct = new Map<Control, readonly string[]>()
  /** Number of those that are not settled. */
  readonly #missing = new Map<Control, number>()
  readonly #waitingFor = new Map<string, Control[]>()

  constructor(logs: ControlLogs) {
    const ready: Control[] = []
    for (const log of logs.values()) {
      log.forEach((control, place) => {
        this.#byDot.set(dotText(control), control)
        if (this.#enlist(control, log[place - 1]) === 0) ready.push(control)
      })
    }
    for (const control of ready) this.#settle(control, ready)
  }

  /** In causal order. */
  get settled(): Iterable<Control> {
    return this.#pasts.keys()
  }

  isSettled(control: Control): boolean {
    return this.#pasts.has(control)
  }

  /** True for an entry some of whose past is not here. */
  isWaiting(control: Control): boolean {
    return this.#direct.has(control) && !this.#pasts.has(control)
  }

  /** Of an entry that is settled; without the entry itself. */
  past(control: Control): Past {
    return this.#pasts.get(control) ?? NOTHING
  }

  #enlist(control: Control, previous: Control | undefined): number {
    const direct = [...control.seen].map(([author, seq]) => dotText({ author, seq }))
    if (previous) direct.push(dotText(previous))
    for (const dot of direct) {
      const others = this.#waitingFor.get(dot)
      if (others) others.push(control)
      else this.#waitingFor.set(dot, [control])
    }
    this.#direct.set(control, direct)
    this.#missing.set(control, direct.length)
    return direct.length
  }

  #settle(control: Control, ready: Control[]): void {
    this.#pasts.set(control, this.#pastOf(control))
    for (const later of this.#waitingFor.get(dotText(control)) ?? []) {
      const missing = (this.#missing.get(later) ?? 0) - 1
      this.#missing.set(later, missing)
      if (missing === 0) ready.push(later)
    }
  }

  #pastOf(control: Control): Past {
    const past = new Map<string, number>()
    const join = (author: string, seq: number): void => {
      if ((past.get(author) ?? 0) < seq) past.set(author, seq)
    }
    for (const dot of this.#direct.get(control) ?? []) {
      const direct = this.#byDot.get(dot)
      if (!direct) continue
      join(direct.author, direct.seq)
      for (const [author, seq] of this.past(direct)) join(author, seq)
    }
    return past
  }
}

const NOTHING: Past = new Map()
