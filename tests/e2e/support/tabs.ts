import type { Page } from 'playwright'
import type { Device } from './device.ts'
import type { Resolved } from './probe.ts'

/** What the tabs of one device were told, as far as they lived to pass it on. */
export interface TabReports {
  readonly resolved: (Resolved & { readonly peerId: string })[]
  /** Faults of writes that were refused. */
  readonly refused: Set<string>
}

declare global {
  interface Window {
    wrote?: (write: TabReports['resolved'][number]) => Promise<void>
    refused?: (fault: string) => Promise<void>
    stopWriting?: () => Promise<void>
  }
}

/** Listens to what the tabs report from now on. */
export const listenToTabs = async ({ page }: Device): Promise<TabReports> => {
  const reports: TabReports = { resolved: [], refused: new Set() }
  const context = page.context()
  await context.exposeFunction('wrote', (write: TabReports['resolved'][number]) => void reports.resolved.push(write))
  await context.exposeFunction('refused', (fault: string) => void reports.refused.add(fault))
  return reports
}

/** Has the tab write one record after the other, whether it may or not, and report what becomes of each. */
export const keepWriting = (page: Page, name: string): Promise<void> =>
  page.evaluate((tab) => {
    let wanted = true
    const write = async (kwh: number) => {
      const engine = window.fieldmesh?.engine
      if (!engine) return
      const id = `${tab}-${kwh}`
      const { peerId, vectorClock } = await engine.put('reading', id, { kwh })
      await window.wrote?.({ id, kwh, peerId, seq: vectorClock[peerId] ?? 0 })
    }
    const writing = (async () => {
      for (let kwh = 1; wanted; kwh += 1) {
        await write(kwh).catch((error: { readonly code: string }) => window.refused?.(error.code))
        await new Promise((resolve) => setTimeout(resolve))
      }
    })()
    window.stopWriting = () => {
      wanted = false
      return writing
    }
  }, name)

/** Ends the tab's process at once, as a crash does. */
export const crash = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  // Never answered: who would is gone.
  session.send('Page.crash').catch(() => undefined)
  await crashed
}
