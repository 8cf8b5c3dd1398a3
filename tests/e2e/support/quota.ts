import type { CDPSession } from 'playwright'
import type { Device } from './device.ts'
import type { Field } from './field.ts'

/** A device whose browser gives the app so many bytes to store in. */
export interface SmallDevice extends Device {
  /** More bytes, felt at the next write. Fewer are not felt while Chromium goes by what it allotted before. */
  allow(bytes: number): Promise<void>
}

/** Chromium allots space ahead when it opens a database, so the limit is set before the app is there. */
export const openWithQuota = async (field: Field, name: string, bytes: number): Promise<SmallDevice> => {
  const { origin } = new URL(field.address)
  let session: CDPSession | undefined
  const allow = async (quotaSize: number) => {
    await session?.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  }
  const device = await field.open(name, async (page) => {
    session = await page.context().newCDPSession(page)
    await allow(bytes)
  })
  return { ...device, allow }
}
