import { vi } from 'vitest'
import type { Until } from '#contracts/contract-case'

/** Waits for the real world, which may be slow on a busy machine. */
export const real: Until = (what, holds) =>
  vi.waitFor(
    async () => {
      if (!(await holds())) throw new Error(`It never came to this: ${what}.`)
    },
    { timeout: 25_000, interval: 5 },
  )
