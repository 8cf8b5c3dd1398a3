import { join } from 'node:path'
import type { SyncEngine } from '#engine/types'
import { closeDevices, type Device, openDevice, type Preparation } from './device.ts'
import { type Program, startProgram, stopPrograms } from './server.ts'

declare global {
  interface Window {
    fieldmesh?: { readonly engine: SyncEngine }
  }
}

/** Airports of the United States with coordinates: a real public data set of 3,376 rows. */
export const AIRPORTS = join(import.meta.dirname, '../../../node_modules/vega-datasets/data/airports.csv')
export const AIRPORT_ROWS = 3_376

/** The app on one port, its signaling server on another: the server can die while pages still load. */
export interface Field {
  /** Where the app is, with its room and its signaling server. */
  readonly address: string
  open(name: string, prepare?: Preparation): Promise<Device>
  killServer(): Promise<void>
  restartServer(): Promise<void>
  close(): Promise<void>
}

export const openField = async (room: string): Promise<Field> => {
  const app = await startProgram('start')
  let server: Program = await startProgram('signal')
  const { port } = server
  const address = `http://127.0.0.1:${app.port}/?signaling=ws://127.0.0.1:${port}#room=${room}`
  return {
    address,
    open: async (name, prepare) => {
      const device = await openDevice(name, address, prepare)
      await running(device)
      return device
    },
    killServer: () => server.kill(),
    restartServer: async () => {
      server = await startProgram('signal', port)
    },
    close: async () => {
      await closeDevices()
      await stopPrograms()
    },
  }
}

/** Waits until a condition in the page holds; says what it waited for, and what the engine says, if it never does. */
export const until = async <T>(device: Device, what: string, holds: (arg: T) => unknown, arg: T): Promise<void> => {
  try {
    await device.page.waitForFunction(holds as never, arg, { polling: 50, timeout: 45_000 })
  } catch (error) {
    const said = await device.page
      .evaluate(() => JSON.stringify(window.fieldmesh?.engine.explain(), null, 1))
      .catch(String)
    throw new Error(`${device.name}: never came true: ${what}\n${said}\n${device.errors.join('\n')}`, { cause: error })
  }
}

export const running = (device: Device) =>
  until(device, 'the engine runs', () => window.fieldmesh?.engine.store.getStatus().phase === 'running', null)

/** So many readings are shown. */
export const recordsAre = (device: Device, count: number) =>
  until(device, `${count} records`, (wanted) => window.fieldmesh?.engine.records('reading').length === wanted, count)

/** Waits until so many devices are linked to this one. */
export const linkedTo = (device: Device, count: number) =>
  until(
    device,
    `linked to ${count}`,
    (wanted) =>
      window.fieldmesh?.engine.store.getStatus().peers.filter((peer) => peer.state === 'connected').length === wanted,
    count,
  )

export const unlinked = (device: Device) => linkedTo(device, 0)

export const outboxEmpty = (device: Device) =>
  until(
    device,
    'the outbox is empty',
    () => document.querySelector('[data-testid=outbox-count]')?.getAttribute('data-count') === '0',
    null,
  )

/** Waits until a field of a record has the value. */
export const fieldIs = (device: Device, id: string, field: string, value: unknown) =>
  until(
    device,
    `${id}.${field} is ${JSON.stringify(value)}`,
    ([key, name, wanted]) => window.fieldmesh?.engine.record('reading', String(key))?.value[String(name)] === wanted,
    [id, field, value] as const,
  )

/** Writes through the engine; resolves when the write is durable on the device. */
export const put = (device: Device, id: string, fields: Record<string, string | number>) =>
  device.page.evaluate(
    async ([key, values]) => {
      await window.fieldmesh?.engine.put('reading', key, values)
    },
    [id, fields] as const,
  )

export const remove = (device: Device, id: string) =>
  device.page.evaluate(async (key) => void (await window.fieldmesh?.engine.remove('reading', key)), id)

/** Everything a person could see of the records, as one text. */
export const view = (device: Device): Promise<string> =>
  device.page.evaluate(() =>
    JSON.stringify([window.fieldmesh?.engine.records('reading'), window.fieldmesh?.engine.conflicts()]),
  )

export const showTab = (device: Device, tab: string) => device.page.getByTestId(`tab-${tab}`).click()

/** Imports a CSV file as a person does. */
export const importFile = async ({ page }: Device, path: string) => {
  await page.getByTestId('tab-import').click()
  await page.getByTestId('import-input').setInputFiles(path)
  await page.getByTestId('import-start').click()
}

/** Opens a record from the list by searching it, changes a field and saves. */
export const editInApp = async (device: Device, id: string, field: string, value: string) => {
  const { page } = device
  await showTab(device, 'reading')
  await page.getByTestId('search').fill(id)
  await page.getByTestId(`row-${id}`).click()
  await page.getByTestId(`field-${field}`).fill(value)
  await page.getByTestId('save').click()
  await page.getByTestId('record-dialog').waitFor({ state: 'detached' })
}
