import { expect, test } from 'vitest'

/** A `test` as the README calls it, for the cases whose names match. */
export const testOnly =
  (names: RegExp) =>
  (name: string, run: () => Promise<void>, ms = 5_000): void => {
    for (const chosen of [name].filter((each) => names.test(each)))
      test(`${chosen}`, { timeout: ms }, async () => {
        await expect(run()).resolves.toBeUndefined()
      })
  }
