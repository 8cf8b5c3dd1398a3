import type { Page } from 'playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeLinks, type Device } from './support/device.ts'
import { ELSEWHERE, GUARDS, hostElsewhere } from './support/elsewhere.ts'
import {
  AIRPORT_ROWS,
  AIRPORTS,
  editInApp,
  type Field,
  fieldIs,
  importFile,
  linkedTo,
  openField,
  put,
  recordsAre,
  running,
  showTab,
  unlinked,
  until,
} from './support/field.ts'
import { HARMS, tryHarm } from './support/harms.ts'
import { createViolationLog, type ViolationLog } from './support/violations.ts'

const ROOM = 'the room behind its policy'
const PATIENCE = { timeout: 45_000 }

let field: Field
let log: ViolationLog
beforeEach(async () => {
  field = await openField(ROOM)
  log = createViolationLog()
})
afterEach(() => field.close())

const open = (name = 'a'): Promise<Device> => field.open(name, log.prepare)
const chartIsDrawn = (page: Page) =>
  page
    .getByTestId('chart')
    .locator('.fm-chart-stage svg')
    .first()
    .waitFor({ state: 'attached', ...PATIENCE })
/** What was forbidden, and what the browser has to say about our policies. */
const heardBy = async (...logs: readonly ViolationLog[]): Promise<readonly unknown[]> =>
  (await Promise.all(logs.map(async (each) => [...(await each.read()), ...each.told()]))).flat()
/** Placed by the worker, not by the page for want of one. */
const isPlacedHere = (page: Page): Promise<boolean> =>
  page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('elk.bundled')))

/** Both write one field while apart, so that there is a conflict to look at. */
const disagree = async (a: Device, b: Device) => {
  await put(a, 'm1', { kwh: 1 })
  await fieldIs(b, 'm1', 'kwh', 1)
  await field.killServer()
  await closeLinks(a)
  await Promise.all([a, b].map(unlinked))
  await Promise.all([put(a, 'm1', { kwh: 2 }), put(b, 'm1', { kwh: 3 })])
  await field.restartServer()
  await Promise.all([a, b].map((device) => linkedTo(device, 1)))
  await a.page.getByTestId('tab-conflicts').click()
  const conflict = a.page.getByTestId('conflict-m1-kwh')
  await conflict.waitFor(PATIENCE)
  await conflict
    .getByRole('button', { name: /keep|use|choose/i })
    .first()
    .click()
  await conflict.waitFor({ state: 'detached', ...PATIENCE })
}

test('the app goes through all of its screens and wants nothing that its policy forbids', async () => {
  const a = await open()
  const other = createViolationLog()
  const b = await field.open('b', other.prepare)
  await Promise.all([a, b].map((device) => linkedTo(device, 1)))
  await importFile(a, AIRPORTS)
  await a.page.getByTestId('import-result').waitFor(PATIENCE)
  await Promise.all([a, b].map((device) => recordsAre(device, AIRPORT_ROWS)))
  await editInApp(b, 'BOS', 'name', 'Logan, seen from B')
  await fieldIs(a, 'BOS', 'name', 'Logan, seen from B')
  await disagree(a, b)
  await showTab(a, 'devices')
  await a.page.getByTestId('invite-link').waitFor(PATIENCE)
  await a.page.getByTestId('signaling-url').waitFor(PATIENCE)
  expect(await heardBy(log, other)).toEqual([])
})

test('the inspector draws its charts in a worker, docked and in a window of its own', async () => {
  const { page, errors } = await open()
  await page.keyboard.press('Control+Backquote')
  await chartIsDrawn(page)
  const coming = page.context().waitForEvent('page')
  await page.getByTestId('inspector-window').click()
  const inspector = await coming
  await chartIsDrawn(inspector)
  expect(new URL(inspector.url()).hash).toBe('')
  expect(log.workers().length).toBe(2)
  expect(await Promise.all([page, inspector].map(isPlacedHere))).toEqual([false, false])
  expect(await heardBy(log)).toEqual([])
  expect(errors).toEqual([])
})

test('where a host sets no headers the page guards itself, and its code for other devices is drawn all the same', async () => {
  const device = await open()
  const page = await device.newTab()
  await hostElsewhere(page, field.address)
  await page.goto(`${ELSEWHERE}?device=elsewhere#room=${encodeURIComponent(ROOM)}&tab=devices`)
  await page.getByRole('img', { name: 'QR code of the invitation' }).waitFor(PATIENCE)
  await page.keyboard.press('Control+Backquote')
  await chartIsDrawn(page)
  expect(await isPlacedHere(page)).toBe(false)
  expect(await heardBy(log)).toEqual([])
  for (const harm of Object.values(HARMS)) expect(await tryHarm(page, harm)).toBe(false)
  await expect.poll(directives).toEqual(expect.arrayContaining(['require-trusted-types-for', 'connect-src']))
})

const directives = async (): Promise<string[]> => (await log.read()).map(({ directive }) => directive)

test('the control: what somebody would try is refused, heard and told', async () => {
  const { page } = await open()
  expect(await heardBy(log)).toEqual([])
  for (const [name, harm] of Object.entries(HARMS)) {
    const before = { heard: (await directives()).length, told: log.told().length }
    expect([name, await tryHarm(page, harm)]).toEqual([name, false])
    await expect.poll(() => [name, log.told().length > before.told]).toEqual([name, true])
    const since = async () => [...(await directives()).slice(before.heard), ...log.told().slice(before.told)]
    await expect.poll(async () => (await since()).join('\n')).toContain(harm.against)
  }
  expect(await page.evaluate(() => window.harmed ?? false)).toBe(false)
})

test('the control: words do not become code in a worker either, and it is heard', async () => {
  const { page } = await open()
  await page.keyboard.press('Control+Backquote')
  await chartIsDrawn(page)
  const [worker] = log.workers()
  if (!worker) throw new Error('no worker places the chart')
  expect(await heardBy(log)).toEqual([])
  await worker.evaluate(`void setTimeout(() => eval('globalThis.harmed = true'))`)
  await expect.poll(directives).not.toEqual([])
  expect(await worker.evaluate(() => 'harmed' in globalThis)).toBe(false)
})

test('every answer of the server carries the guards; the browser obeys them', async () => {
  const device = await open()
  const scripts = await device.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  )
  const paths = ['/', '/index.html', '/inspector.html', '/icon.svg', '/nowhere', ...scripts]
  for (const path of paths) {
    const { headers } = await fetch(new URL(path, field.address))
    expect([path, ...GUARDS.filter((name) => !headers.has(name))]).toEqual([path])
  }
  const states = await device.page.evaluate(async () => {
    const asked = ['geolocation', 'microphone', 'camera'] as const
    const answers = asked.map(async (name) => (await navigator.permissions.query({ name })).state)
    return Promise.all(answers)
  })
  expect(states.slice(0, 2)).toEqual(['denied', 'denied'])
  expect(states[2]).not.toBe('denied')
})

const secretOf = (page: Page) => page.evaluate(() => window.fieldmesh?.engine.room.secret)

test('the secret of the room leaves the address as soon as it is read, goes out with no request, and survives a reload', async () => {
  const asked: string[] = []
  const device = await field.open('a', async (page) => {
    // What goes out of an address: all but the fragment.
    page.on('request', (request) => void asked.push(request.url().replace(/#.*/, '')))
    page.on('request', (request) => void asked.push(request.headers()['referer'] ?? ''))
    page.on('websocket', (socket) => void asked.push(socket.url()))
  })
  const { page } = device
  const traces = () => page.evaluate(() => [location.href, document.title, JSON.stringify(history.state)].join(' '))
  expect(await traces()).not.toContain('room')
  await showTab(device, 'devices')
  await page.reload()
  await running(device)
  expect(await secretOf(page)).toBe(ROOM)
  expect(await traces()).not.toContain('room=')
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.filter((each) => /room/.test(each))).toEqual([])

  // Another invitation over the address opens that one, in this tab; the first one stays in its own.
  const tab = await device.newTab()
  await tab.goto(field.address.replace(/#.*/, '#room=another'))
  const second: Device = { ...device, page: tab }
  await running(second)
  await page.reload()
  await running(device)
  expect([await secretOf(page), await secretOf(tab)]).toEqual([ROOM, 'another'])
  await tab.evaluate((room) => location.assign(`#room=${encodeURIComponent(room)}`), 'a third')
  await until(second, 'the third room is open', () => window.fieldmesh?.engine.room.secret === 'a third', null)
  expect(tab.url()).not.toContain('room=')
  expect(device.errors).toEqual([])
})
