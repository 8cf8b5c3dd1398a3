import { vi } from 'vitest'
import type { Until } from '#contracts/contract-case'

const within =
  (timeout: number): Until =>
  (what, holds) =>
    vi.waitFor(
      async () => {
        if (!(await holds())) throw new Error(`It never came to this: ${what}.`)
      },
      { timeout, interval: 5 },
    )

/** Waits for the real world, which may be slow on a busy machine. */
export const real: Until = within(25_000)

/** The same for ICE, which takes half a minute to give a path up. */
export const patient: Until = within(60_000)
