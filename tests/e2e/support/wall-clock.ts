import type { Device, Preparation } from './device.ts'

declare global {
  interface Window {
    moveWallClock(ms: number): void
  }
}

/** Puts the page's wall clock under control; to be called before the app is opened. Timers and `performance` stay true. */
export const controlWallClock: Preparation = async (page) => {
  await page.addInitScript({ content: MOVABLE_DATE })
}

/** Moves the device's wall clock by so much at once, back too, as waking from sleep or a time server does. */
export const moveWallClock = (device: Device, ms: number): Promise<void> =>
  device.page.evaluate((by) => window.moveWallClock(by), ms)

const MOVABLE_DATE = `
  const Native = Date
  let shift = 0
  window.moveWallClock = (ms) => { shift += ms }
  window.Date = class extends Native {
    constructor(...args) { args.length === 0 ? super(Native.now() + shift) : super(...args) }
    static now() { return Native.now() + shift }
  }
`
