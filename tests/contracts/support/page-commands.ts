import type { CDPSession, Page } from 'playwright'
import type { BrowserCommand } from 'vitest/node'

/** What is done to a page from outside, as a person or the browser would. */
export type PageDeed = 'offline' | 'online' | 'leave' | 'dispose'

interface Opened {
  readonly page: Page
  readonly cdp: CDPSession
}

const pages = new Map<string, Opened>()
const CALM = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }

const DEEDS: Readonly<Record<PageDeed, (opened: Opened) => Promise<unknown>>> = {
  offline: ({ cdp }) => cdp.send('Network.emulateNetworkConditions', { ...CALM, offline: true }),
  online: ({ cdp }) => cdp.send('Network.emulateNetworkConditions', { ...CALM, offline: false }),
  leave: ({ page }) => page.goto('about:blank'),
  dispose: ({ page }) => page.close(),
}

/** Opens another page of the same browser and origin, in which presence can be observed. */
const openOtherPage: BrowserCommand<[name: string, url: string]> = async ({ context }, name, url) => {
  const page = await context.newPage()
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>observed</p>' }))
  await page.goto(url)
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  pages.set(name, { page, cdp })
}

const toOtherPage: BrowserCommand<[name: string, deed: PageDeed]> = async (_context, name, deed) => {
  const opened = pages.get(name)
  if (deed === 'dispose') pages.delete(name)
  if (opened) await DEEDS[deed](opened)
}

/** Starts presence in that page, or stops it; further facts come over a BroadcastChannel of the observer's name. */
const observeOtherPage: BrowserCommand<[name: string, observer: string, on: boolean]> = async (
  _context,
  name,
  observer,
  on,
) => {
  const start = `(async () => {
    const { observe } = await import('/tests/contracts/support/observed-page.ts')
    return observe(${JSON.stringify(observer)})
  })()`
  const stop = `globalThis.observers?.get(${JSON.stringify(observer)})?.()`
  const said: unknown = await pages.get(name)?.page.evaluate(on ? start : stop)
  return (said ?? []) as readonly { readonly type: string }[]
}

export const pageCommands = { openOtherPage, toOtherPage, observeOtherPage }

declare module 'vitest/browser' {
  interface BrowserCommands {
    openOtherPage: (name: string, url: string) => Promise<void>
    toOtherPage: (name: string, deed: PageDeed) => Promise<void>
    observeOtherPage: (name: string, observer: string, on: boolean) => Promise<readonly { readonly type: string }[]>
  }
}
