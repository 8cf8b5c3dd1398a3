import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Device, openDevice } from './support/device.ts'
import { type Field, fieldIs, linkedTo, openField, put, running, showTab, until } from './support/field.ts'

let field: Field
beforeEach(async () => {
  field = await openField('')
})
afterEach(() => field.close())

/** A device that makes a field book in which admins admit devices, and the founder's key that it showed. */
const found = async (): Promise<{ readonly a: Device; readonly founder: string }> => {
  const address = new URL(field.address)
  address.hash = ''
  address.searchParams.set('new', 'certified')
  const a = await openDevice('a', address.href)
  await running(a)
  const founder = await a.page.getByTestId('founder').textContent()
  await a.page.getByTestId('founder-kept').check()
  await a.page.getByTestId('founder-done').click()
  await showTab(a, 'devices')
  return { a, founder: founder ?? '' }
}

/** Opens the invitation that a device shows. */
const invited = async (by: Device, name: string): Promise<Device> => {
  const device = await openDevice(name, await by.page.getByTestId('invite-link').inputValue())
  await running(device)
  await standing(device, 'waiting')
  return device
}

const standing = (device: Device, wanted: string) =>
  until(
    device,
    `it is ${wanted}`,
    (is) => window.fieldmesh?.engine.members.list().find(({ isSelf }) => isSelf)?.standing === is,
    wanted,
  )
const digitsIn = (device: Device, testId: string) =>
  device.page.locator(`[data-testid=${testId}] .digits`).first().textContent()

/** As an admin does it, eyes on both screens. */
const admit = async (admin: Device, newcomer: Device, name: string) => {
  const { page } = admin
  await page.getByTestId('waiting-notice').getByRole('button', { name: 'Add device…' }).click()
  expect(await digitsIn(admin, 'admit-dialog')).toBe(await digitsIn(newcomer, 'standing-banner'))
  await page.getByTestId('member-name').fill(name)
  await page.getByTestId('same-digits').check()
  await page.getByTestId('confirm-admit').click()
  await page.getByText(`${name} is admitted: Member.`).waitFor()
}

test('a device asks to join, is compared, admitted, and removed; the one that is removed is told so', async () => {
  const { a } = await found()
  const b = await invited(a, 'b')
  expect(await b.page.getByTestId('add').isDisabled()).toBe(true)
  await admit(a, b, 'Ben’s phone')
  await standing(b, 'member')
  await Promise.all([a, b].map((device) => linkedTo(device, 1)))
  await put(b, 'm-1', { meter: 'E-1', value: 812 })
  await fieldIs(a, 'm-1', 'value', 812)

  const id = await b.page.evaluate(() => window.fieldmesh?.engine.peerId)
  await a.page.getByTestId(`remove-${id}`).click()
  await a.page.getByTestId('removal-reason').fill('Lost on the train')
  await a.page.getByTestId('confirm-remove').click()
  await a.page.getByTestId('removed-devices').waitFor()
  await standing(b, 'removed')
  await expect(put(b, 'm-2', { value: 1 })).rejects.toThrow(/removed/)
  await b.page.getByTestId('row-m-1').click()
  await b.page.getByTestId('writing-bar').waitFor()
  expect(await b.page.getByTestId('save').isDisabled()).toBe(true)
  await fieldIs(a, 'm-1', 'value', 812)
  expect([...a.errors, ...b.errors]).toEqual([])
})

test('the founder’s key is shown once, kept nowhere, and makes whoever has it an admin', async () => {
  const { a, founder } = await found()
  expect(founder).toMatch(/^[\w-]{43}$/)
  await a.page.reload()
  await running(a)
  await standing(a, 'member')
  expect(await a.page.getByTestId('founder-key').count()).toBe(0)
  const kept = await a.page.evaluate(() =>
    JSON.stringify([location.href, Object.entries(localStorage), Object.entries(sessionStorage)]),
  )
  expect(kept).not.toContain(founder)

  await showTab(a, 'devices')
  const b = await invited(a, 'b')
  await showTab(b, 'devices')
  await b.page.getByTestId('founder-form').locator('summary').click()
  await b.page.getByTestId('founder-input').fill(`${founder.slice(0, 21)} ${founder.slice(21)}`)
  await b.page.getByRole('button', { name: 'Make this device an admin' }).click()
  await b.page.getByText('This device is an admin').first().waitFor()
  await Promise.all([a, b].map((device) => linkedTo(device, 1)))
  const roles = (device: Device) =>
    device.page.evaluate(() => window.fieldmesh?.engine.members.list().map(({ role, by }) => [role, by]))
  const bothRooted = [
    ['admin', 'root'],
    ['admin', 'root'],
  ]
  await until(
    a,
    'it knows both admins',
    () => window.fieldmesh?.engine.members.list().every(({ role }) => role === 'admin'),
    null,
  )
  expect([await roles(a), await roles(b)]).toEqual([bothRooted, bothRooted])
  expect([...a.errors, ...b.errors]).toEqual([])
})
