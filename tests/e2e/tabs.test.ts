import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Device } from './support/device.ts'
import { type Field, linkedTo, openField, outboxEmpty, running, until, view } from './support/field.ts'
import { ownLog } from './support/probe.ts'
import { crash, keepWriting, listenToTabs } from './support/tabs.ts'

let field: Field
beforeEach(async () => {
  field = await openField('the room of the tabs')
})
afterEach(() => field.close())

const phaseIs = (tab: Device, phase: string) =>
  until(tab, `is ${phase}`, (wanted) => window.fieldmesh?.engine.store.getStatus().phase === wanted, phase)

test('of three tabs one writes the log; as each crashes the next goes on where it was', async () => {
  const b = await field.open('b')
  const first = await field.open('a')
  const { peerId } = await ownLog(first)
  const tabs = [first, ...(await Promise.all([2, 3].map(async () => ({ ...first, page: await first.newTab() }))))]
  await Promise.all(tabs.slice(1).map(({ page }) => page.goto(field.address)))
  await Promise.all(tabs.slice(1).map((tab) => phaseIs(tab, 'standby')))
  const reports = await listenToTabs(first)
  await Promise.all(tabs.map(({ page }, i) => keepWriting(page, `tab${i}`)))

  const leaders = new Set<Device>()
  let alive = tabs
  while (alive.length > 0) {
    const leader = await Promise.any(alive.map((tab) => running(tab).then(() => tab)))
    leaders.add(leader)
    const before = reports.resolved.length
    await vi.waitFor(() => expect(reports.resolved.length).toBeGreaterThan(before + 20), 30_000)
    alive = alive.filter((tab) => tab !== leader)
    for (const tab of alive) await phaseIs(tab, 'standby')
    if (alive.length > 0) await crash(leader.page)
  }
  const [last = first] = [...leaders].slice(-1)
  await last.page.evaluate(() => window.stopWriting?.())

  const log = await ownLog(last, reports.resolved)
  expect(log).toMatchObject({ peerId, lost: [], fault: null })
  expect(new Set(reports.resolved.map((write) => write.peerId))).toEqual(new Set([peerId]))
  expect(new Set(reports.resolved.map(({ seq }) => seq)).size).toBe(reports.resolved.length)
  expect(log.held - reports.resolved.length, 'writes whose report a crash cut off').toBeLessThanOrEqual(2)
  expect([...reports.refused]).toEqual(['not-running'])
  await linkedTo(b, 1)
  await outboxEmpty(last)
  expect(await view(b)).toBe(await view(last))
  expect([...first.errors, ...b.errors]).toEqual([])
})
