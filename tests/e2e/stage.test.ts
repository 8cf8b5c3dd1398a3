import { existsSync, readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHROMIUM_FLAGS } from '../support/chromium-flags.ts'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

interface IndexedStory {
  readonly id: string
  readonly title: string
  readonly name: string
  readonly type: 'story' | 'docs'
}

const built = new URL('../../storybook-static/', import.meta.url)
const index = new URL('index.json', built)
if (!existsSync(index)) throw new Error('The stage is not built: run `npm test -- stage` before.')
const stories = Object.values(
  (JSON.parse(readFileSync(index, 'utf8')) as { entries: Record<string, IndexedStory> }).entries,
).filter(({ type }) => type === 'story')
const flows = stories.filter(({ title }) => title.startsWith('Flows'))
/** One of each other chapter: all of them are played by the tests of the stories. */
const samples = ['Machines', 'Chart', 'Stage', 'Inspector', 'Components'].flatMap((chapter) =>
  stories.filter(({ title }) => title.startsWith(chapter)).slice(0, 1),
)

let server: PreviewServer
let browser: Browser
let context: BrowserContext
const wandered: string[] = []

beforeAll(async () => {
  server = await preview({
    configFile: false,
    logLevel: 'error',
    build: { outDir: built.pathname },
    preview: { host: '127.0.0.1', port: 0 },
  })
  browser = await chromium.launch({ executablePath: EXECUTABLE, args: CHROMIUM_FLAGS })
  context = await browser.newContext({ viewport: { width: 1600, height: 1000 } })
  const home = new URL(server.resolvedUrls?.local[0] ?? '').origin
  await context.route(
    (url) => url.origin !== home && url.protocol.startsWith('http'),
    (route) => {
      wandered.push(route.request().url())
      return route.abort('internetdisconnected')
    },
  )
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const address = (path: string): string => new URL(path, server.resolvedUrls?.local[0]).href

interface Preview {
  readonly currentRender?: { readonly phase?: string }
}
declare global {
  interface Window {
    __STORYBOOK_PREVIEW__?: Preview
  }
}

/** Where Storybook stands with the story, once it is through with it. */
const finished = async (page: Page): Promise<string | undefined> => {
  const phase = await page.waitForFunction(() => {
    const now = window.__STORYBOOK_PREVIEW__?.currentRender?.phase
    return now === 'finished' || now === 'errored' || now === 'aborted' ? now : undefined
  })
  return phase.jsonValue()
}

test('there are flows to play', () => {
  expect(flows.length).toBeGreaterThanOrEqual(8)
})

test.each([...flows, ...samples])('$title / $name plays from static files with no network', async ({ id }) => {
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  page.setDefaultTimeout(100_000)
  await page.goto(address(`iframe.html?id=${id}&viewMode=story`))
  const phase = await finished(page)
  const complaint = await page.locator('#error-message').textContent()
  await page.close()
  expect({ phase, complaint, errors }).toEqual({ phase: 'finished', complaint: '', errors: [] })
})

test('the manager opens with no network', async () => {
  const page = await context.newPage()
  await page.goto(address(''))
  const start = page.getByRole('link', { name: 'Start here' })
  await start.waitFor()
  expect(await start.isVisible()).toBe(true)
  await page.close()
})

test('nothing asked for anything elsewhere', () => {
  expect(wandered).toEqual([])
})
