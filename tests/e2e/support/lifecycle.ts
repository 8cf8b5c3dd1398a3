import type { Device } from './device.ts'

/**
 * Freezes the device's page, as a browser does with one left in the background: no script of it runs, while its
 * sockets, its links and the rest of the browser go on.
 */
export const freezePage = (device: Device): Promise<void> => setLifecycle(device, 'frozen')

/** Thaws the device's page and shows it, as its user does who comes back to it. */
export const thawPage = async (device: Device): Promise<void> => {
  await setLifecycle(device, 'active')
  await device.page.bringToFront()
}

const setLifecycle = async ({ page }: Device, state: 'frozen' | 'active'): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setWebLifecycleState', { state })
  await session.detach()
}
