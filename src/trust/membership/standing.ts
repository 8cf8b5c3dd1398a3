import { compareText } from '#model/write-order'
import { ROLES } from './claim.ts'
import type { Certify } from './control.types.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'

/** A stretch of time under one certificate, ms since 1970, without its end. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly certificate: Certify
}

const powerOf = ({ role }: Certify): number => ROLES.indexOf(role)

/** Least power first; of equal ones the longest, then by author and seq: total for certificates of one device. */
const leastFirst = (a: Certify, b: Certify): number =>
  powerOf(a) - powerOf(b) || b.until - a.until || compareText(a.author, b.author) || a.seq - b.seq

const covers = ({ from, until }: Certify, at: number): boolean => from <= at && at < until

/** The certificates of one device, as somebody counts them. */
export class Standing {
  /** By admins. */
  readonly given: readonly Certify[]
  /** By the root. */
  readonly rooted: readonly Certify[]
  readonly #isAfter: (later: Certify, earlier: Certify) => boolean
  /** When another certificate takes the place of one, as far as it was asked. */
  readonly #replaced = new Map<Certify, number>()

  /** @param isAfter true where the writer of the first had seen the second */
  constructor(
    given: readonly Certify[],
    rooted: readonly Certify[],
    isAfter: (later: Certify, earlier: Certify) => boolean,
  ) {
    this.given = given
    this.rooted = rooted
    this.#isAfter = isAfter
  }

  /**
   * The one certificate that speaks for the device at a time.
   *
   * The root's latest word speaks while it runs. Of those by admins a later one takes the place of those that its writer
   * had seen, from its beginning and for good; of concurrent ones the least speaks, as a removal beats what is
   * concurrent to it.
   */
  at(time: number): Certify | undefined {
    const [latest] = this.rooted
      .filter(({ from }) => from <= time)
      .toSorted((a, b) => b.from - a.from || leastFirst(a, b))
    if (latest && covers(latest, time)) return latest
    const [least] = this.given.filter((one) => covers(one, time) && time < this.#replacedAt(one)).toSorted(leastFirst)
    return least
  }

  #replacedAt(one: Certify): number {
    let at = this.#replaced.get(one)
    if (at === undefined) {
      const later = this.given.filter((other) => this.#isAfter(other, one))
      at = later.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY)
      this.#replaced.set(one, at)
    }
    return at
  }

  /** The strongest certificate within five minutes of a time. */
  near(time: number): Certify | undefined {
    const { skewMs } = MEMBERSHIP_BOUNDS
    const inside = this.#edges((edge) => Math.abs(edge - time) <= skewMs)
    return strongestOf([time - skewMs, ...inside].map((each) => this.at(each)))
  }

  /** All the time that a certificate speaks for, in order. */
  spans(): readonly Span[] {
    const edges = this.#edges(() => true)
    return edges.flatMap((start, place) => {
      const certificate = this.at(start)
      return certificate ? [{ start, end: edges[place + 1] ?? certificate.until, certificate }] : []
    })
  }

  /** When something may change, in order. */
  #edges(isAsked: (edge: number) => boolean): readonly number[] {
    const asked = new Set<number>()
    for (const certificates of [this.given, this.rooted])
      for (const { from, until } of certificates) for (const edge of [from, until]) if (isAsked(edge)) asked.add(edge)
    return [...asked].sort((a, b) => a - b)
  }
}

/** The strongest certificate of these spans within five minutes of a time. */
export const strongestIn = (spans: readonly Span[], at: number): Certify | undefined => {
  const { skewMs } = MEMBERSHIP_BOUNDS
  let best: Certify | undefined
  for (let place = firstEndingAfter(at - skewMs, spans); place < spans.length; place++) {
    const span = spans[place]
    if (!span || span.start > at + skewMs) break
    best = stronger(best, span.certificate)
  }
  return best
}

/** Every entry that comes in is judged: a search, not a walk through all the renewals of its author. */
const firstEndingAfter = (time: number, spans: readonly Span[]): number => {
  let [from, to] = [0, spans.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((spans[middle]?.end ?? 0) <= time) from = middle + 1
    else to = middle
  }
  return from
}

/** The stronger of two; of equal ones the later. */
const stronger = (best: Certify | undefined, one: Certify | undefined): Certify | undefined =>
  one && (!best || powerOf(best) <= powerOf(one)) ? one : best

const strongestOf = (certificates: readonly (Certify | undefined)[]): Certify | undefined =>
  certificates.reduce<Certify | undefined>(stronger, undefined)
