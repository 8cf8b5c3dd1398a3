/** Rounds as far as a person cares, without a trailing zero. */
const figure = (value: number): string => String(Number(value.toFixed(value < 10 ? 2 : 1)))

/**
 * A duration as a person reads it: `250 ms`, `1.5 s`, `2 min`, `3 h`.
 *
 * @param ms finite, 0 or more
 */
export const wordsOfDuration = (ms: number): string => {
  if (ms < 1_000) return `${figure(ms)} ms`
  if (ms < 120_000) return `${figure(ms / 1_000)} s`
  return ms < 7_200_000 ? `${figure(ms / 60_000)} min` : `${figure(ms / 3_600_000)} h`
}
