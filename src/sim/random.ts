/** Chances that come back the same for the same seed. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  /** True in the given share of calls. */
  chance(share: number): boolean
  /** @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T
  readonly bytes: (length: number) => Uint8Array
  /** Another stream: what is drawn from it moves nothing here. */
  fork(name: string): Random
}

/** FNV-1a (32 bit) over UTF-16 code units. */
const hash = (text: string, start: number): number => {
  let value = start
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/**
 * Mulberry32, seeded by name: small, fast, and good enough to choose faults with. Not for secrets.
 *
 * @param seed a whole number
 */
export const createRandom = (seed: number, name = ''): Random => {
  let state = hash(`${seed}/${name}`, 0x811c9dc5)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (share) => next() < share,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[Math.floor(next() * list.length)] as (typeof list)[number]
    },
    bytes: (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256)),
    fork: (child) => createRandom(seed, `${name}/${child}`),
  }
}
