import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeLinks, type Device } from './support/device.ts'
import {
  AIRPORT_ROWS,
  AIRPORTS,
  editInApp,
  type Field,
  fieldIs,
  importFile,
  linkedTo,
  openField,
  outboxEmpty,
  put,
  recordsAre,
  remove,
  running,
  showTab,
  unlinked,
  until,
  view,
} from './support/field.ts'

let field: Field
beforeEach(async () => {
  field = await openField('the room of the end-to-end run')
})
afterEach(() => field.close())

const pair = async (): Promise<[Device, Device]> => {
  const devices = await Promise.all([field.open('a'), field.open('b')])
  await Promise.all(devices.map((device) => linkedTo(device, 1)))
  return devices
}

/** Server dead and link cut: each device is on its own. */
const apart = async (...devices: [Device, Device]) => {
  await field.killServer()
  await closeLinks(devices[0])
  await Promise.all(devices.map(unlinked))
}
const together = async (...devices: [Device, Device]) => {
  await field.restartServer()
  await Promise.all(devices.map((device) => linkedTo(device, 1)))
}
const conflictsAre = (device: Device, count: number) =>
  until(device, `${count} conflicts`, (wanted) => window.fieldmesh?.engine.conflicts().length === wanted, count)

test('a real data set imported on one device is on the other, whole; an edit there comes back', async () => {
  const [a, b] = await pair()
  await importFile(a, AIRPORTS)
  await a.page.getByTestId('import-result').waitFor()
  await Promise.all([a, b].map((device) => recordsAre(device, AIRPORT_ROWS)))
  expect(await view(b)).toBe(await view(a))
  await outboxEmpty(a)
  await editInApp(b, 'BOS', 'name', 'Logan, seen from B')
  await fieldIs(a, 'BOS', 'name', 'Logan, seen from B')
  expect([...a.errors, ...b.errors]).toEqual([])
})

test('apart, both edit the same and different fields: one conflict on both, resolved on one it is gone on both', async () => {
  const [a, b] = await pair()
  await put(a, 'm1', { kwh: 1, place: 'cellar', note: '' })
  await fieldIs(b, 'm1', 'kwh', 1)
  await apart(a, b)
  await put(a, 'm1', { kwh: 2, place: 'attic' })
  await put(b, 'm1', { kwh: 3, note: 'dog' })
  await together(a, b)
  await Promise.all([a, b].map((device) => conflictsAre(device, 1)))
  expect(await view(b)).toBe(await view(a))
  await Promise.all(
    [a, b].map(async (device) => {
      await fieldIs(device, 'm1', 'place', 'attic')
      await fieldIs(device, 'm1', 'note', 'dog')
      await showTab(device, 'conflicts')
      await device.page.getByTestId('conflict-m1-kwh').waitFor()
    }),
  )
  await a.page
    .getByTestId('conflict-m1-kwh')
    .getByRole('button', { name: /keep|use|choose/i })
    .first()
    .click()
  await Promise.all([a, b].map((device) => conflictsAre(device, 0)))
  await b.page.getByTestId('conflict-m1-kwh').waitFor({ state: 'detached' })
  expect(await view(b)).toBe(await view(a))
})

test('apart, one edits what the other deletes: the edit wins, flagged on both', async () => {
  const [a, b] = await pair()
  await put(a, 'm1', { kwh: 1 })
  await fieldIs(b, 'm1', 'kwh', 1)
  await apart(a, b)
  await remove(a, 'm1')
  await put(b, 'm1', { kwh: 9 })
  await together(a, b)
  await Promise.all(
    [a, b].map((device) =>
      until(
        device,
        'm1 is flagged',
        () => window.fieldmesh?.engine.record('reading', 'm1')?.editedWhileDeleted === true,
        null,
      ),
    ),
  )
  expect(await view(b)).toBe(await view(a))
  await fieldIs(a, 'm1', 'kwh', 9)
})

test('a reloaded page has its records, links again and goes on', async () => {
  const [a, b] = await pair()
  await put(a, 'm1', { kwh: 1 })
  await fieldIs(b, 'm1', 'kwh', 1)
  await b.page.reload()
  await running(b)
  await fieldIs(b, 'm1', 'kwh', 1)
  await Promise.all([a, b].map((device) => linkedTo(device, 1)))
  await put(b, 'm1', { kwh: 2 })
  await fieldIs(a, 'm1', 'kwh', 2)
  expect(await view(b)).toBe(await view(a))
})

test('a browser killed right after put resolved still has the entry, and it reaches the other', async () => {
  const [a, b] = await pair()
  await field.killServer()
  await closeLinks(a)
  await unlinked(a)
  await put(a, 'm1', { kwh: 42 })
  await a.kill()
  await field.restartServer()
  const again = await field.open('a')
  await fieldIs(again, 'm1', 'kwh', 42)
  await fieldIs(b, 'm1', 'kwh', 42)
  await outboxEmpty(again)
  expect(await view(b)).toBe(await view(again))
})

test('the server is killed and comes back: the link stays, and a third device can join', async () => {
  const [a, b] = await pair()
  await field.killServer()
  await until(a, 'the server is missed', () => window.fieldmesh?.engine.store.getStatus().mode === 'offline-p2p', null)
  await put(a, 'm1', { kwh: 5 })
  await fieldIs(b, 'm1', 'kwh', 5)
  await field.restartServer()
  const c = await field.open('c')
  await fieldIs(c, 'm1', 'kwh', 5)
  await Promise.all([a, b, c].map((device) => linkedTo(device, 2)))
  expect(await view(c)).toBe(await view(a))
})

test('a page that is closed says goodbye: the other device knows at once why it is gone', async () => {
  const [a, b] = await pair()
  await a.page.close({ runBeforeUnload: true })
  await until(b, 'a said goodbye', () => window.fieldmesh?.engine.store.getStatus().peers[0]?.state === 'absent', null)
  const [why] = await b.page.evaluate(
    () => window.fieldmesh?.engine.explain(window.fieldmesh.engine.store.getStatus().peers[0]?.peerId) ?? [],
  )
  expect(why).toMatchObject({ state: 'absent', fault: 'link-closed' })
})

test('a second tab says that another is active, and takes over when that one closes', async () => {
  const a = await field.open('a')
  await put(a, 'm1', { kwh: 5 })
  const second = await a.newTab()
  await second.goto(a.page.url())
  await second.getByTestId('standby').waitFor()
  await a.page.close()
  const takenOver: Device = { ...a, page: second }
  await running(takenOver)
  await fieldIs(takenOver, 'm1', 'kwh', 5)
  await put(takenOver, 'm1', { kwh: 6 })
  expect(takenOver.errors).toEqual([])
})
