import { afterEach, expect, test, vi } from 'vitest'
import { createSyncEngine } from '#engine/create-sync-engine'
import { inspectionSession } from './inspection-session.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const session = () => {
  const engine = createSyncEngine({ room: 'a' })
  ends.push(() => engine.stop())
  const opened = inspectionSession(engine, 'Tablet')
  ends.push(() => (docks().length > 0 ? opened.toggleDock() : undefined))
  return opened
}
const docks = () => [...document.querySelectorAll<HTMLElement>('.inspection-dock')]
const handle = () => vi.waitFor(() => document.querySelector('.inspection-handle') as HTMLElement)
const press = (element: HTMLElement, key: string) =>
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))

test('opened twice before it is loaded, it is opened once, and closed again', async () => {
  const { toggleDock } = session()
  await Promise.all([toggleDock(), toggleDock(), toggleDock()])
  expect(docks()).toHaveLength(1)
  await toggleDock()
  expect(docks()).toHaveLength(0)
})

test('opened again it is as high as it was left, and says so', async () => {
  const { toggleDock } = session()
  await toggleDock()
  const first = await vi.waitFor(async () => {
    const found = await handle()
    expect(found?.ariaValueNow).toBe('50')
    return found
  })
  press(first, 'ArrowUp')
  await vi.waitFor(() => expect(first.ariaValueNow).toBe('55'))
  const { height } = docks()[0]?.getBoundingClientRect() ?? {}
  await toggleDock()
  await toggleDock()
  await vi.waitFor(async () => expect((await handle())?.ariaValueNow).toBe('55'))
  expect(docks()[0]?.getBoundingClientRect().height).toBe(height)
})

test('closed, nothing of it is left in the page, and the focus is back where it was', async () => {
  const { toggleDock } = session()
  const button = document.createElement('button')
  document.body.append(button)
  ends.push(() => button.remove())
  button.focus()
  const sheets = document.adoptedStyleSheets.length
  await toggleDock()
  expect(document.activeElement).toBe(docks()[0])
  await toggleDock()
  expect([docks().length, document.adoptedStyleSheets.length <= sheets + 1]).toEqual([0, true])
  expect(document.activeElement).toBe(button)
})
