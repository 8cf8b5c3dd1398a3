import type { Certify } from './control.types.ts'
import { type ControlOrder, isIn } from './control-order.ts'
import type { RootWords } from './root-words.ts'
import { Standing } from './standing.ts'

/** What a lens looks at. */
export interface Granted {
  readonly order: Pick<ControlOrder, 'past'>
  readonly root: Pick<RootWords, 'certificatesOf'>
  /** The certificates of a device that their writers were entitled to write. */
  readonly of: (subject: string) => readonly Certify[]
}

/**
 * Which certificates hold under given cutoffs: none above the cutoff of its writer, and none whose writer was an admin
 * by certificates alone that do not hold themselves.
 */
export class Lens {
  readonly #granted: Granted
  readonly #cutoffs: ReadonlyMap<string, number>
  readonly #known = new Map<Certify, boolean>()

  constructor(granted: Granted, cutoffs: ReadonlyMap<string, number>) {
    this.#granted = granted
    this.#cutoffs = cutoffs
  }

  holds(certificate: Certify): boolean {
    // What it rests on first: a list of what is open, as a chain of years of renewals would exhaust a recursion.
    const open = [certificate]
    for (let next = open.at(-1); next; next = open.at(-1)) {
      const unknown = this.#known.has(next) ? [] : this.#basisOf(next).filter((one) => !this.#known.has(one))
      open.push(...unknown)
      if (unknown.length > 0) continue
      this.#known.set(next, this.#known.get(next) ?? this.#stands(next))
      open.pop()
    }
    return this.#known.get(certificate) ?? false
  }

  /** The certificates of its writer that he had seen; all of them earlier. */
  #basisOf(certificate: Certify): readonly Certify[] {
    const past = this.#granted.order.past(certificate)
    return this.#granted.of(certificate.author).filter((one) => isIn(past, one))
  }

  #stands(certificate: Certify): boolean {
    const { author, seq, timestamp } = certificate
    if (seq > (this.#cutoffs.get(author) ?? Number.POSITIVE_INFINITY)) return false
    const { order, root } = this.#granted
    const given = this.#basisOf(certificate).filter((one) => this.#known.get(one))
    const isAfter = (later: Certify, earlier: Certify) => isIn(order.past(later), earlier)
    return new Standing(given, root.certificatesOf(author), isAfter).near(timestamp)?.role === 'admin'
  }
}
