import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { describe, expect, test, vi } from 'vitest'
import { chart, chartHost, model, until } from './chart-host.testing.ts'
import { createLayouter } from './create-layouter.ts'

const DIALING = ['signaling', 'signaling.up', 'signaling.up.dialing']
const JOINING = ['signaling', 'signaling.up', 'signaling.up.joining']

const { find, all, box, show, isDrawn, setTheme } = chartHost()
const lit = () => all('.fm-box[data-lit]').map((each) => each.getAttribute('data-state'))

describe('charts are placed', () => {
  test('in one worker for all, started with the first', async () => {
    const started: Worker[] = []
    const layouter = createLayouter({
      worker: () => {
        const worker = new Worker(new URL('./layout-worker.js', import.meta.url), { type: 'module' })
        started.push(worker)
        return worker
      },
    })
    expect(started).toHaveLength(0)
    await show([<div key="1">{chart({ layouter })}</div>, <div key="2">{chart({ layouter, direction: 'down' })}</div>])
    await isDrawn()
    await until(() => all('svg .fm-box').length > 10)
    expect(started).toHaveLength(1)
    layouter.dispose()
  })

  test.each<[string, () => Worker]>([
    [
      'may not be started',
      () => {
        throw new DOMException('not here', 'SecurityError')
      },
    ],
    ['cannot be loaded', () => new Worker('/there-is-no-such-worker.js', { type: 'module' })],
  ])('on the page’s own thread where a worker %s', async (_, worker) => {
    const layouter = createLayouter({ worker })
    const { boxes } = await layouter.layout(model, new Set())
    expect(boxes).toHaveLength(9)
  })

  test('and it says so where they cannot be', async () => {
    const layout = () => Promise.reject(new Error('Install elkjs.'))
    await show(chart({ layouter: { layout, dispose: () => undefined } }))
    await until(() => all('[role=alert]').length)
    expect(find('[role=alert]').textContent).toBe('Install elkjs.')
  })
})

describe('a machine that moves', () => {
  test('is lit where it is, and nothing else is touched', async () => {
    const layouter = createLayouter()
    const layout = vi.spyOn(layouter, 'layout')
    await show(chart({ layouter, active: DIALING }))
    await isDrawn()
    expect(lit()).toEqual(DIALING)
    const placed = layout.mock.calls.length
    const touched = new Set<Node>()
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) touched.add(target)
    })
    observer.observe(find('.fm-chart-stage svg'), {
      subtree: true,
      childList: true,
      attributes: true,
    })
    await show(chart({ layouter, active: JOINING }))
    await until(() => touched.size > 0)
    expect(lit()).toEqual(JOINING)
    expect(layout).toHaveBeenCalledTimes(placed)
    // frame and words of the two states
    expect(touched.size).toBe(4)
    observer.disconnect()
    layouter.dispose()
  })

  test('shows what it took last, and again when it takes it again', async () => {
    const opened = model.transitions.find(({ event }) => event === 'socket.opened')?.id ?? ''
    const marks = () => all('.fm-edge[data-last]').map((edge) => edge.getAttribute('data-last'))
    await show(chart({ active: JOINING, last: [opened] }))
    await isDrawn()
    expect(marks()).toHaveLength(1)
    expect(find('.fm-words[data-last]').textContent).toBe('socket.opened')
    const [before] = marks()
    await show(chart({ active: JOINING, last: [opened] }))
    expect(marks()).toHaveLength(1)
    expect(marks()[0]).not.toBe(before)
  })

  test('into a folded state marks that state', async () => {
    const opened = model.transitions.find(({ event }) => event === 'socket.opened')?.id ?? ''
    await show(chart({ last: [opened], folded: new Set(['signaling.up']) }))
    await isDrawn()
    expect(box('signaling.up')?.hasAttribute('data-last')).toBe(true)
  })

  test('opens what it moves into, where that was folded for want of room', async () => {
    await show(chart({ active: ['signaling', 'signaling.offline'], budget: 7 }))
    await isDrawn()
    expect(box('signaling.up')?.getAttribute('data-fold')).toBe('closed')
    await show(chart({ active: DIALING, budget: 7 }))
    await until(() => box('signaling.up.dialing'))
    expect(lit()).toEqual(DIALING)
  })
})

test('in another window the styles are that window’s own', async () => {
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const inner = frame.contentDocument as Document
  const there = inner.createElement('div')
  inner.body.append(there)
  const second = createRoot(there)
  await act(async () => second.render(chart()))
  expect(inner.adoptedStyleSheets).toHaveLength(1)
  expect(
    there.querySelector('.fm-chart') &&
      frame.contentWindow?.getComputedStyle(there.querySelector('.fm-chart') as Element).display,
  ).toBe('flex')
  await act(async () => second.unmount())
  frame.remove()
})

test('the theme is the page’s, unless the chart has its own', async () => {
  const ground = () => getComputedStyle(find('.fm-chart')).backgroundColor
  const [LIGHT, DARK] = ['rgb(251, 252, 253)', 'rgb(16, 24, 31)']
  const grounds: string[] = []
  for (const page of ['light', 'dark'])
    for (const theme of [undefined, 'light', 'dark'] as const) {
      setTheme(page)
      await show(chart(theme ? { theme } : {}))
      grounds.push(ground())
    }
  expect(grounds).toEqual([LIGHT, LIGHT, DARK, DARK, LIGHT, DARK])
})
