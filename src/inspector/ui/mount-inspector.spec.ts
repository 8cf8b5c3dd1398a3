import { afterEach, expect, test, vi } from 'vitest'
import { millRecording } from '../recording.testing.ts'
import { mountInspector } from './mount-inspector.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

const hostIn = (page: Document): HTMLElement => {
  const host = page.createElement('div')
  Object.assign(host.style, { width: '1000px', height: '600px' })
  page.body.append(host)
  ends.push(() => host.remove())
  return host
}
const shown = (host: HTMLElement) =>
  vi.waitFor(() => expect(host.querySelector('[data-testid=events]')?.getAttribute('data-count')).toBe('8'), 20_000)

test('the inspector is shown in any element, and taken out again', async () => {
  const host = hostIn(document)
  const unmount = mountInspector(host, { source: millRecording(2) })
  await shown(host)
  unmount()
  expect(host.childElementCount).toBe(0)
})

test('one that is taken out before it was loaded never comes', async () => {
  const host = hostIn(document)
  mountInspector(host, { source: millRecording(2) })()
  await import('./mount-panel.tsx')
  await Promise.resolve()
  expect(host.childElementCount).toBe(0)
})

test('in the document of another window it has its styles, too, and no style element', async () => {
  const frame = document.createElement('iframe')
  frame.style.width = '1000px'
  document.body.append(frame)
  ends.push(() => frame.remove())
  const page = frame.contentDocument
  if (!page) throw new Error('the frame has no document')
  const host = hostIn(page)
  const unmount = mountInspector(host, { source: millRecording(2) })
  await shown(host)
  const panel = host.firstElementChild
  expect(panel && page.defaultView?.getComputedStyle(panel).flexDirection).toBe('column')
  expect(page.querySelector('style')).toBeNull()
  unmount()
})
