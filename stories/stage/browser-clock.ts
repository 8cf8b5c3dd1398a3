import type { RealClock } from './pacer.ts'

/** Pages that nobody sees are given no pictures: there a timer does, ms. */
const UNSEEN_MS = 100

/** The time of the browser, by the pictures it draws. */
export const browserClock: RealClock = {
  now: () => performance.now(),
  soon: (task) => {
    let isDone = false
    const once = () => {
      if (!isDone) task()
      isDone = true
    }
    if (typeof requestAnimationFrame === 'function') requestAnimationFrame(once)
    setTimeout(once, UNSEEN_MS)
  },
}
