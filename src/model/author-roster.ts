import { utf8Length } from './canonical.ts'
import { LIMITS } from './limits.ts'

/** Length of the id, and the largest seq, in the form of a version vector on the wire. */
const NUMBERS = 10

/**
 * The authors of a log, as many as fit one version vector: by number, and by the bytes of their ids. A vector that no
 * longer fits a message could never be announced again.
 */
export class AuthorRoster {
  readonly #ids = new Set<string>()
  #bytes = 0

  get size(): number {
    return this.#ids.size
  }

  /** Bytes of the vector of all these authors, at most. */
  get bytes(): number {
    return this.#bytes
  }

  has(peerId: string): boolean {
    return this.#ids.has(peerId)
  }

  add(peerId: string): void {
    if (this.#ids.has(peerId)) return
    this.#ids.add(peerId)
    this.#bytes += costOf(peerId)
  }

  /** True where one more author, beside those of the other roster, still fits. */
  admits(peerId: string, beside?: AuthorRoster): boolean {
    if (this.has(peerId) || beside?.has(peerId)) return true
    const bytes = this.#bytes + (beside?.bytes ?? 0) + costOf(peerId)
    return this.size + (beside?.size ?? 0) < LIMITS.vectorAuthors && bytes <= LIMITS.vectorBytes
  }
}

const costOf = (peerId: string): number => utf8Length(peerId) + NUMBERS
