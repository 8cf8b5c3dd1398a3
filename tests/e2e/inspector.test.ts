import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseRecording } from '#inspector/parse-recording'
import type { Device } from './support/device.ts'
import { type Field, linkedTo, openField, put, running } from './support/field.ts'

const KEPT = join(import.meta.dirname, '../.results/inspector')
const ROOM = 'the room that is looked into'
const MARK = 'Left basement door, key 14'
const PATIENCE = { timeout: 45_000 }

let field: Field
beforeEach(async () => {
  field = await openField(ROOM)
})
afterEach(() => field.close())

/** The same app in further tabs, each a device of its own. */
const addressOf = (name: string, more = ''): string => {
  const url = new URL(field.address)
  url.searchParams.set('device', name)
  return `${url.href.replace(url.hash, '')}${more}${url.hash}`
}

const openInspector = async (device: Device): Promise<Page> => {
  const page = await device.newTab()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(new URL('inspector.html', field.address).href)
  return page
}

/** Two devices in tabs of one browser. */
const openTabs = async (): Promise<[Device, Device]> => {
  const opened = await field.open('browser')
  await opened.page.goto(addressOf('anna'))
  await running(opened)
  const page = await opened.newTab()
  await page.goto(addressOf('ben'))
  const other: Device = { ...opened, name: 'ben', page }
  await Promise.all([opened, other].map((device) => linkedTo(device, 1)))
  return [opened, other]
}

const eventCount = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('events').getAttribute('data-count'))
const eventsAre = (page: Page, wanted: 'some' | 'none') =>
  page.waitForFunction(
    (some) => Number(document.querySelector<HTMLElement>('[data-testid=events]')?.dataset['count']) > 0 === some,
    wanted === 'some',
    PATIENCE,
  )
const trees = (page: Page) => page.getByRole('tree', { name: /^Actors of/ })

/** The states that the chart has lit, by its outline. */
const litStates = (page: Page): Promise<string[]> =>
  page
    .getByTestId('chart')
    .locator('[role=treeitem][aria-current]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')?.split(',')[0] ?? ''))
const isLit = (page: Page, state: string) =>
  page
    .getByTestId('chart')
    .locator(`[role=treeitem][aria-label="${state}, active"]`)
    .waitFor({ state: 'attached', ...PATIENCE })

/** Saves what is shown, one file a device, as a person does; gives the files. */
const save = async (page: Page, count: number, into: string): Promise<string[]> => {
  const folder = join(KEPT, into)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const session = await page.context().browser()?.newBrowserCDPSession()
  if (!session) throw new Error('the page has no browser')
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, eventsEnabled: true })
  let done = 0
  const all = new Promise<void>((resolve) => {
    session.on('Browser.downloadProgress', ({ state }) => {
      if (state === 'completed' && ++done === count) resolve()
    })
  })
  await page.getByTestId('save-recording').click()
  await all
  return readdirSync(folder)
    .toSorted()
    .map((name) => join(folder, name))
}

/** As Chromium's sessions begin: their version, who begins DTLS, a ufrag of four characters. */
const SESSION = /AQ[AEI]A[\w-]{70}/g
const secretsIn = (text: string): string[] => [
  ...[MARK, ROOM, 'a=fingerprint', 'ice-pwd', 'candidate:', 'typ host'].filter((secret) => text.includes(secret)),
  ...(text.match(SESSION) ?? []),
]

test('a window shows both devices as they sync, finds an event, and holds nothing that is secret', async () => {
  const [anna, ben] = await openTabs()
  const page = await openInspector(anna)
  await trees(page).nth(1).waitFor(PATIENCE)
  await put(anna, 'm1', { kwh: 812, note: MARK })
  await page.getByTestId('search-events').fill('transport.send entries')
  await eventsAre(page, 'some')
  await isLit(page, 'connected')
  await page.getByTestId('events').getByRole('option').first().click()
  await page.getByTestId('event-details').getByText('kind: “entries”').waitFor(PATIENCE)
  expect(secretsIn(await page.content())).toEqual([])
  await page.getByTestId('search-events').fill(MARK)
  await eventsAre(page, 'none')
  await page.close()
  expect([...anna.errors, ...ben.errors]).toEqual([])
})

test('a recording of two devices that meet is saved, opened again, and shown as it was before they were linked', async () => {
  const anna = await field.open('browser')
  await anna.page.goto(addressOf('anna'))
  await running(anna)
  const page = await openInspector(anna)
  await trees(page).first().waitFor(PATIENCE)
  const tab = await anna.newTab()
  await tab.goto(addressOf('ben'))
  await trees(page).nth(1).waitFor(PATIENCE)
  await linkedTo(anna, 1)
  await put(anna, 'm1', { kwh: 812, note: MARK })
  await isLit(page, 'connected')
  // A tab behind others draws nothing, and so can not be clicked.
  await page.bringToFront()
  await page.getByTestId('search-events').fill('signal offer')
  await eventsAre(page, 'some')
  await page.getByTestId('events').getByRole('option').first().click()
  await page.getByTestId('event-details').getByText('session: ‹').waitFor(PATIENCE)
  expect(secretsIn(await page.content())).toEqual([])
  const files = await save(page, 2, 'two-tabs')
  expect(files.map((path) => path.split('/').at(-1)?.split('.')[0])).toEqual(['anna', 'ben'])
  for (const path of files) {
    const text = readFileSync(path, 'utf8')
    expect(secretsIn(text)).toEqual([])
    expect(parseRecording(text).records.length).toBeGreaterThan(20)
  }

  await page.getByTestId('open-recording').setInputFiles(files)
  await page.getByTestId('recorded').waitFor(PATIENCE)
  await isLit(page, 'connected')
  expect(await litStates(page)).toContain('engaged')
  await page.getByTestId('search-events').fill('link.opened')
  await eventsAre(page, 'some')
  await page.getByTestId('events').getByRole('option').first().click()
  await page.getByRole('button', { name: 'Show all events' }).click()
  await page.getByRole('button', { name: 'Event before' }).click()
  await isLit(page, 'reaching')
  expect(await litStates(page)).not.toContain('connected')
  await page.getByTestId('moment').fill('-1')
  await page
    .locator('[data-testid^="actor-peer:"]')
    .first()
    .waitFor({ state: 'detached', ...PATIENCE })
  await page.getByTestId('live').click()
  await isLit(page, 'connected')
  expect(await eventCount(page)).toBeGreaterThan(20)
  expect(anna.errors).toEqual([])
})

test('recordings made in two browsers, each on its own, replay together', async () => {
  const [anna, ben] = [await field.open('anna'), await field.open('ben')]
  for (const { name, page } of [anna, ben]) await page.goto(addressOf(name, '&inspect'))
  for (const device of [anna, ben]) await linkedTo(device, 1)
  await put(anna, 'm1', { kwh: 812, note: MARK })
  await ben.page.getByTestId('search-events').fill('replicator.stored entries')
  await eventsAre(ben.page, 'some')
  const files = [...(await save(anna.page, 1, 'anna')), ...(await save(ben.page, 1, 'ben'))]

  const page = await openInspector(anna)
  await page.getByTestId('open-recording').setInputFiles(files)
  await page.getByTestId('recorded').waitFor(PATIENCE)
  await trees(page).nth(1).waitFor(PATIENCE)
  await isLit(page, 'connected')
  await page.getByRole('tab', { name: 'Between devices' }).click()
  await page
    .locator('svg text')
    .filter({ hasText: 'hello' })
    .first()
    .waitFor({ state: 'attached', ...PATIENCE })
  expect(secretsIn(await page.content())).toEqual([])
  expect([...anna.errors, ...ben.errors]).toEqual([])
})

test('the inspector opens by the address and by its key, below the app, which goes on; nothing of it is loaded before, and kept on it has recorded from the start', async () => {
  const device = await field.open('browser')
  const loaded = () =>
    device.page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => /inspect(?!ion-windows)/.test(name)).length,
    )
  expect(await loaded()).toBe(0)
  await device.page.keyboard.press('Control+Backquote')
  await device.page.getByTestId('close-inspector').waitFor(PATIENCE)
  await trees(device.page).first().waitFor(PATIENCE)
  await device.page.getByTestId('add').click({ trial: true })
  await device.page.keyboard.press('Control+Backquote')
  await device.page.getByTestId('close-inspector').waitFor({ state: 'detached' })
  await device.page.goto(addressOf('browser', '&inspect'))
  await device.page.getByTestId('close-inspector').waitFor(PATIENCE)
  await eventsAre(device.page, 'some')
  await device.page.getByTestId('search-events').fill('leadership.acquired')
  await eventsAre(device.page, 'some')
  await device.page.getByTestId('keep-recording').click()
  await device.page.goto(addressOf('browser'))
  await running(device)
  await device.page.keyboard.press('Control+Backquote')
  await device.page.getByTestId('search-events').fill('leadership.acquired')
  await eventsAre(device.page, 'some')
  expect(device.errors).toEqual([])
})

test('a window that finds no app says what to do, and shows the app when it comes', async () => {
  const device = await field.open('browser')
  await device.page.goto('about:blank')
  const page = await openInspector(device)
  await page.getByTestId('waiting').getByText('No field book answers').waitFor(PATIENCE)
  await device.page.goto(addressOf('late'))
  await trees(page).first().waitFor(PATIENCE)
  expect(await trees(page).count()).toBe(1)
  expect(device.errors).toEqual([])
})
