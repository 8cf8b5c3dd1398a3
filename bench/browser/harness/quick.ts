/** `npm run bench -- --quick`: a smoke run of everything, too small to take figures from. */
export const QUICK = process.env['BENCH_QUICK'] === '1'

/** The full or the quick variant of a size. */
export const sized = <T>(full: T, quick: T): T => (QUICK ? quick : full)

/** Rounds in turns, A B C A B C: what else the machine does falls on all alike. */
export const inTurns = async <T>(
  rounds: number,
  items: readonly T[],
  work: (item: T, round: number) => Promise<void>,
) => {
  for (let round = 0; round < rounds; round++) for (const item of items) await work(item, round)
}
