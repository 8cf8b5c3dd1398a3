import { type Browser, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { CHROMIUM_FLAGS } from '../../tests/support/chromium-flags.ts'
import type { End } from './relay.ts'
import type { Signal } from '#wire/signal'
import './page/main.ts'

/** Carries a signal of a link from one end to the other. */
export type Carry = (from: End, id: string, signal: Signal) => void

/** Two pages, each in a Chromium process of its own. */
export interface Pages {
  readonly a: Page
  readonly b: Page
  close(): Promise<void>
}

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const FLAGS = [
  ...CHROMIUM_FLAGS,
  '--disable-dev-shm-usage',
  // The relay must know which port a candidate stands for.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  // The sender's timers are its pings.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
]

/** The page's program, in one piece. */
const bundled = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['fieldmesh-source', 'module', 'browser', 'development|production'] },
    build: {
      write: false,
      lib: { entry: `${import.meta.dirname}/page/main.ts`, formats: ['iife'], name: 'networkBenchPage' },
    },
  })
  const [first] = [built].flat()
  if (!first || !('output' in first)) throw new Error('Vite built nothing')
  return first.output[0].code
}

const openPage = async (browser: Browser, end: End, code: string, carry: Carry): Promise<Page> => {
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(`page ${end}: ${error.message}`))
  await page.exposeFunction('carrySignal', (id: string, signal: Signal) => carry(end, id, signal))
  await page.addScriptTag({ content: code })
  return page
}

export const openPages = async (carry: Carry): Promise<Pages> => {
  const code = await bundled()
  const options = { executablePath: EXECUTABLE, args: FLAGS }
  const browsers = await Promise.all([chromium.launch(options), chromium.launch(options)])
  const close = async () => {
    await Promise.all(browsers.map((browser) => browser.close()))
  }
  try {
    const [a, b] = await Promise.all([openPage(browsers[0], 'a', code, carry), openPage(browsers[1], 'b', code, carry)])
    return { a, b, close }
  } catch (error) {
    await close()
    throw error
  }
}
