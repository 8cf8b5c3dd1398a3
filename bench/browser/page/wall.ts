/** Milliseconds since 1970 in fractions: the same clock in every process of one machine. */
export const wall = (): number => performance.timeOrigin + performance.now()

/** Resolves after some milliseconds. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
