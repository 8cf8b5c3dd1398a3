import type { Page } from 'playwright'

/** Headers by which our own server guards the pages. */
export const GUARDS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
]

/** An address that other computers could open, so that the app offers its code; the name leads nowhere. */
export const ELSEWHERE = 'https://field.test/'

/** Serves the app at another address, by a host that sets no headers of its own: what the page says is all there is. */
export const hostElsewhere = async (page: Page, app: string): Promise<void> => {
  await page.route(`${ELSEWHERE}**`, async (route) => {
    const url = new URL(route.request().url())
    const response = await route.fetch({ url: new URL(`.${url.pathname}${url.search}`, app).href })
    const headers = Object.entries(response.headers()).filter(([name]) => !GUARDS.includes(name))
    await route.fulfill({ response, headers: Object.fromEntries(headers) })
  })
}
