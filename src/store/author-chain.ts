import { LIMITS } from '#model/limits'
import { linkAfter, nextLink } from '#trust/chain'

/** A place of an author's log that the author signed. */
export interface Mark {
  readonly seq: number
  /** The chain up to there; see `nextLink`. */
  readonly link: Uint8Array
  readonly signature: Uint8Array
}

/** What an author signed, to be a mark once the entry that it came with is applied. */
export interface ComingProof {
  readonly tail: readonly Uint8Array[]
  readonly signature: Uint8Array
}

/**
 * What is known of one author's chain. Up to `head` its entries are applied here. What lies beyond, up to `top`, is
 * known by its hashes alone: entries that wait, or that were signed together with the last we hold.
 */
export class AuthorChain {
  /** The author's public key, once an entry of it was taken. */
  key: Uint8Array | undefined
  readonly #first: Uint8Array
  #head = 0
  #link: Uint8Array
  /** Hashes from head + 1 up to the last mark, after as many that lie behind the head now. */
  #ahead: Uint8Array[] = []
  #passed = 0
  readonly #marks: Mark[] = []
  readonly #coming = new Map<number, ComingProof>()

  /** @param first see `firstLink` */
  constructor(first: Uint8Array) {
    this.#first = first
    this.#link = first
  }

  get head(): number {
    return this.#head
  }

  /** The chain up to the last applied entry. */
  get link(): Uint8Array {
    return this.#link
  }

  /** How many entries beyond the head are known by their hashes. */
  get ahead(): number {
    return this.#ahead.length - this.#passed
  }

  get top(): number {
    return this.#head + this.ahead
  }

  /** The chain up to `top`. */
  get topLink(): Uint8Array {
    return (this.ahead > 0 ? this.#marks.at(-1)?.link : undefined) ?? this.#link
  }

  /** The last place that the author signed; 0 for none. */
  get signedUpTo(): number {
    return this.#marks.at(-1)?.seq ?? 0
  }

  /** The hash of an entry beyond the head, where it is known. */
  hashAhead(seq: number): Uint8Array | undefined {
    return seq > this.#head ? this.#ahead[this.#passed + seq - this.#head - 1] : undefined
  }

  /** The last place up to `seq` whose link is known without any body. */
  placeBefore(seq: number): { readonly seq: number; readonly link: Uint8Array } {
    if (seq === this.#head) return { seq, link: this.#link }
    return this.#marks.findLast((mark) => mark.seq <= seq) ?? { seq: 0, link: this.#first }
  }

  /** The first signed place at `seq` or after it. */
  markFrom(seq: number): Mark | undefined {
    let low = 0
    let high = this.#marks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#marks[middle]?.seq ?? 0) < seq) low = middle + 1
      else high = middle
    }
    return this.#marks[low]
  }

  /**
   * The chain goes on by as much of the news as is needed for the entries up to `seq`: hashes of `top` + 1 and on, and
   * the signed places among them, of which the last hash is one.
   */
  extend(hashes: readonly Uint8Array[], marks: readonly Mark[], seq: number): void {
    if (seq <= this.top) return
    const { top } = this
    const end = marks.find((mark) => mark.seq >= seq)?.seq ?? top
    for (const hash of hashes.slice(0, end - top)) this.#ahead.push(hash)
    for (const mark of marks) if (mark.seq <= end) this.#mark(mark)
  }

  /** The entry after the head was applied. */
  advance(hashOf: () => Uint8Array): void {
    this.#link = nextLink(this.#link, this.#nextAhead() ?? hashOf())
    this.#head += 1
    const proof = this.#coming.get(this.#head)
    if (!proof) return
    this.#coming.delete(this.#head)
    if (this.ahead === 0) this.#settle(proof)
  }

  /** What shall prove the entry at `seq`, which is not applied yet. */
  expect(seq: number, proof: ComingProof): void {
    if (seq > this.#head) this.#coming.set(seq, proof)
  }

  #nextAhead(): Uint8Array | undefined {
    const hash = this.#ahead[this.#passed]
    if (hash === undefined) return undefined
    this.#passed += 1
    if (this.ahead > 0) return hash
    this.#ahead = []
    this.#passed = 0
    return hash
  }

  #settle({ tail, signature }: ComingProof): void {
    this.#ahead = [...tail]
    this.#mark({ seq: this.top, link: linkAfter(this.#link, tail), signature })
  }

  /** Of marks that stand close to each other one is enough, as long as no more entries lie between two than may. */
  #mark(mark: Mark): void {
    if (mark.seq <= this.signedUpTo) return
    const before = this.#marks.at(-2)?.seq ?? 0
    if (this.#marks.length > 0 && mark.seq - before <= LIMITS.checkpointEntries) this.#marks.pop()
    this.#marks.push(mark)
  }
}
