import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { CHROMIUM_FLAGS } from '../../../tests/support/chromium-flags.ts'
import { within } from './within.ts'

/** Several pages in one window are all in use here: none of them is slowed down for being behind another. */
const AWAKE = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-dev-shm-usage',
]
const CLOSE_MS = 5_000

/** One Chromium process with a profile on disk. */
export interface BenchBrowser {
  newPage(): Promise<Page>
  /** Closes all pages; a page that does not close takes its process with it, and the next page gets a new one. */
  clear(): Promise<void>
  close(): Promise<void>
}

export const openBrowser = (url: string): BenchBrowser => {
  const profile = mkdtempSync(join(tmpdir(), 'fieldmesh-bench-profile-'))
  let context: BrowserContext | undefined
  const launch = async () =>
    chromium.launchPersistentContext(profile, {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [...CHROMIUM_FLAGS, ...AWAKE],
      viewport: { width: 1024, height: 768 },
    })
  const end = async () => {
    const ending = context
    context = undefined
    if (ending) await within(CLOSE_MS, ending.close())
  }
  return {
    newPage: async () => {
      context ??= await launch()
      const page = await context.newPage()
      page.on('pageerror', (error) => console.error(`  page: ${error.message}`))
      page.on('crash', () => console.error('  page: crashed'))
      await page.goto(url)
      await page.waitForFunction(() => 'bench' in globalThis)
      return page
    },
    clear: async () => {
      for (const page of context?.pages().slice(1) ?? [])
        if (
          (await within(
            CLOSE_MS,
            page.close().then(() => true),
          )) === undefined
        )
          return end()
    },
    close: async () => {
      await end()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
