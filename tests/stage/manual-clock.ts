import type { RealClock } from '../../stories/stage/pacer.ts'

/** Real time under a test's hand. */
export const manualClock = (): RealClock & { readonly pass: (ms: number) => void } => {
  const tasks: (() => void)[] = []
  let now = 0
  return {
    now: () => now,
    soon: (task) => void tasks.push(task),
    pass: (ms) => {
      now += ms
      for (const task of tasks.splice(0)) task()
    },
  }
}
