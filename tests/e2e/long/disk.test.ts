import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Device } from '../support/device.ts'
import {
  AIRPORT_ROWS,
  AIRPORTS,
  type Field,
  fieldIs,
  importFile,
  linkedTo,
  openField,
  outboxEmpty,
  put,
  recordsAre,
  until,
  view,
} from '../support/field.ts'
import { WRITES } from '../support/interrupted-writes.ts'
import { syncMany } from '../support/many.ts'
import { ackedBy, heldOf, ownLog, type Resolved, shows, storageRefusals } from '../support/probe.ts'
import { openWithQuota } from '../support/quota.ts'

let field: Field
beforeEach(async () => {
  field = await openField('the room of the disks')
})
afterEach(() => field.close())

const outboxIs = (device: Device, count: number) =>
  until(
    device,
    `${count} in the outbox`,
    (wanted) => window.fieldmesh?.engine.store.getStatus().outboxCount === wanted,
    count,
  )

const KILLS = 50

test(`of ${KILLS} browsers killed right after a write resolved, none lost it`, { timeout: 900_000 }, async () => {
  const b = await field.open('b')
  let a = await field.open('a')
  const { peerId } = await ownLog(a)
  const all: Resolved[] = []
  let held = 0
  let unsent = 0
  for (let round = 0; round < KILLS; round += 1) {
    const write = WRITES[round % WRITES.length]
    const resolved = (await write?.(a, round)) ?? []
    await a.kill()
    unsent += (await shows(b, resolved.at(-1)?.id ?? '')) ? 0 : 1
    const numbers = resolved.map(({ seq }) => seq).filter((seq) => seq > 0)
    expect(Math.min(...numbers), 'a number is given once').toBeGreaterThan(held)
    a = await field.open('a')
    const log = await ownLog(a, resolved)
    expect(log, `round ${round}`).toMatchObject({ peerId, lost: [], fault: null })
    held = log.held
    all.push(...resolved)
  }
  expect(await ownLog(a, all)).toMatchObject({ peerId, held, lost: [], fault: null })
  expect(unsent, 'kills that came before the write was elsewhere').toBeGreaterThan(0)
  await outboxEmpty(a)
  expect(await view(b)).toBe(await view(a))
  expect([...a.errors, ...b.errors]).toEqual([])
})

/** Room for about half of the airports. */
const SMALL = 150_000
const AMPLE = 50_000_000

/** Two linked devices; an import has filled up the first one's storage. */
const fillUp = async () => {
  const b = await field.open('b')
  const a = await openWithQuota(field, 'a', SMALL)
  await linkedTo(a, 1)
  await Promise.all([put(a, 'before', { kwh: 1 }), put(b, 'elsewhere', { kwh: 2 })])
  await fieldIs(a, 'elsewhere', 'kwh', 2)
  await importFile(a, AIRPORTS)
  const result = a.page.getByTestId('import-result')
  await result.waitFor()
  const imported = Number(await result.getAttribute('data-imported'))
  expect(imported).toBeGreaterThan(0)
  expect(imported).toBeLessThan(AIRPORT_ROWS)
  await outboxEmpty(a)
  return { a, b, result, imported, records: imported + 2 }
}

test('an import that fills the disk says so, keeps what is stored, and goes on once there is space', async () => {
  const { a, b, result, imported, records } = await fillUp()
  expect(await result.textContent()).toContain(`${(AIRPORT_ROWS - imported).toLocaleString('en')} rows not imported`)
  for (const place of [result, a.page.getByTestId('banner')])
    expect(await place.textContent()).toMatch(
      /storage is full[\s\S]*Free some space[\s\S]*Nothing stored before is lost/,
    )
  const { held } = await ownLog(a)
  expect(await syncMany(a, 200)).toBe('storage-full')
  expect(await ownLog(a)).toMatchObject({ held, fault: 'storage-full' })
  await Promise.all([a, b].map((device) => recordsAre(device, records)))
  expect(await view(b)).toBe(await view(a))

  await a.allow(AMPLE)
  await a.page.getByTestId('import-resume').click()
  await Promise.all([a, b].map((device) => recordsAre(device, AIRPORT_ROWS + 2)))
  await a.page.getByTestId('banner').waitFor({ state: 'detached' })
  expect(await syncMany(a, 200)).toBe('stored')
  await outboxEmpty(a)
  expect(await view(b)).toBe(await view(a))
  expect([...a.errors, ...b.errors]).toEqual([])
})

test('a device with a full disk opens, shows all it has, and acknowledges nothing that it has not stored', async () => {
  const before = await fillUp()
  const { b, records } = before
  const [{ peerId: aId }, { peerId: bId, held: stored }] = await Promise.all([ownLog(before.a), ownLog(b)])
  expect(await syncMany(b, 300)).toBe('stored')
  await storageRefusals(before.a, bId, 2)
  const shown = await view(before.a)
  await before.a.kill()

  const a = await openWithQuota(field, 'a', 1)
  expect(await view(a)).toBe(shown)
  await recordsAre(a, records)
  await linkedTo(a, 1)
  await storageRefusals(a, bId, 1)
  expect(await heldOf(a, bId)).toBe(stored)
  expect(await ackedBy(b, aId, bId)).toBe(stored)
  await outboxIs(b, 300)

  await a.allow(AMPLE)
  await recordsAre(a, records + 300)
  await Promise.all([a, b].map(outboxEmpty))
  expect(await view(b)).toBe(await view(a))
  expect([...a.errors, ...b.errors]).toEqual([])
})
