import { setTimeout } from 'node:timers/promises'

/** Lets a fault last, in real time: the only thing in these tests that is waited for by the clock, for it is the clock's. */
export const faultLasts = (ms: number): Promise<void> => setTimeout(ms)
