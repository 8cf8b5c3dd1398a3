import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { signalingMachine } from '#machines/index'
import { createLayouter } from './create-layouter.ts'
import { describeMachine } from './describe-machine.ts'
import { StateChart } from './state-chart.tsx'
import type { StateChartProps } from './state-chart.types.ts'

const model = describeMachine(signalingMachine)
const DIALING = ['signaling', 'signaling.up', 'signaling.up.dialing']
const JOINING = ['signaling', 'signaling.up', 'signaling.up.joining']

let root: Root
let host: HTMLElement

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  host = document.createElement('div')
  host.style.width = '900px'
  document.body.append(host)
  root = createRoot(host)
})
afterEach(async () => {
  await act(async () => root.unmount())
  host.remove()
  vi.unstubAllGlobals()
})

const show = (node: ReactNode) => act(async () => root.render(node))
const chart = (props: Partial<StateChartProps> = {}) => <StateChart model={model} direction="right" {...props} />
const box = (id: string): Element | null => host.querySelector(`.fm-box[data-state="${id}"]`)
/** Waits for something to be shown, while React works as it does outside tests. */
const until = async (isShown: () => unknown) => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  await vi.waitUntil(isShown, { timeout: 12_000 })
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
}
const isDrawn = () => until(() => host.querySelector('.fm-box'))
const lit = (): (string | null)[] =>
  [...host.querySelectorAll('.fm-box[data-lit]')].map((each) => each.getAttribute('data-state'))
const press = (key: string) =>
  act(async () => tree().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))
const tree = (): HTMLElement => {
  const found = host.querySelector<HTMLElement>('[role=tree]')
  if (found === null) throw new Error('the chart has no outline')
  return found
}
const details = (): string => host.querySelector('.fm-chart-details')?.textContent ?? ''
const atHand = (): string | null | undefined => {
  const id = tree().getAttribute('aria-activedescendant')
  return [...tree().querySelectorAll('[role=treeitem]')].find((item) => item.id === id)?.getAttribute('aria-label')
}

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
    await until(() => host.querySelectorAll('svg .fm-box').length > 10)
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
    await until(() => host.querySelector('[role=alert]'))
    expect(host.querySelector('[role=alert]')?.textContent).toBe('Install elkjs.')
  })
})

describe('a machine that moves', () => {
  test('is lit where it is, and nothing else is touched', async () => {
    const layouter = createLayouter()
    const layout = vi.spyOn(layouter, 'layout')
    await show(chart({ layouter, active: DIALING, height: 400 }))
    await isDrawn()
    expect(lit()).toEqual(DIALING)
    const placed = layout.mock.calls.length
    const touched = new Set<Node>()
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) touched.add(target)
    })
    observer.observe(host.querySelector('.fm-chart-stage svg') as Element, {
      subtree: true,
      childList: true,
      attributes: true,
    })
    await show(chart({ layouter, active: JOINING, height: 400 }))
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
    const marks = () => [...host.querySelectorAll('.fm-edge[data-last]')].map((edge) => edge.getAttribute('data-last'))
    await show(chart({ active: JOINING, last: [opened] }))
    await isDrawn()
    expect(marks()).toHaveLength(1)
    expect(host.querySelector('.fm-words[data-last]')?.textContent).toBe('socket.opened')
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

describe('by hand', () => {
  test('the keyboard goes from state to state and reads about them', async () => {
    await show(chart({ active: DIALING }))
    await isDrawn()
    await act(async () => tree().focus())
    expect(atHand()).toBe('signaling, active')
    await press('ArrowDown')
    expect(atHand()).toBe('offline')
    expect(details()).toContain('No server is set')
    await press('ArrowDown')
    await press('ArrowRight')
    expect(atHand()).toBe('dialing, active')
    await press('ArrowLeft')
    expect(atHand()).toBe('up, active')
    await press('End')
    expect(atHand()).toBe('refused')
    await press('Home')
    expect(atHand()).toBe('signaling, active')
  })

  test('Enter folds and unfolds, and the outline says so', async () => {
    await show(chart())
    await isDrawn()
    await act(async () => tree().focus())
    await press('ArrowDown')
    await press('ArrowDown')
    expect(atHand()).toBe('up')
    await press('Enter')
    await until(() => box('signaling.up')?.getAttribute('data-fold') === 'closed')
    expect(box('signaling.up.dialing')).toBeNull()
    expect(tree().querySelector('[aria-expanded=false]')?.getAttribute('aria-label')).toBe('up')
    await press('Enter')
    await until(() => box('signaling.up.dialing'))
  })

  test('a caller that folds itself is told, and nothing happens without it', async () => {
    const onToggle = vi.fn<(id: string) => void>()
    await show(chart({ folded: new Set(), onToggle }))
    await isDrawn()
    await act(async () =>
      host
        .querySelector('.fm-handle[data-toggle="signaling.up"]')
        ?.dispatchEvent(new MouseEvent('click', { bubbles: true })),
    )
    expect(onToggle).toHaveBeenCalledExactlyOnceWith('signaling.up')
    expect(box('signaling.up')?.getAttribute('data-fold')).toBe('open')
  })

  test('buttons, and the wheel with a key, zoom; a pointer drags; the wheel alone is the page’s', async () => {
    await show(chart())
    await isDrawn()
    const stage = host.querySelector('.fm-chart-stage') as HTMLElement
    const place = () => stage.querySelector('svg > g')?.getAttribute('transform')
    const changes = async (deed: () => void): Promise<boolean> => {
      const before = place()
      await act(async () => deed())
      return place() !== before
    }
    const button = (name: string) => host.querySelector<HTMLElement>(`button[aria-label="${name}"]`)
    const home = place()
    expect(await changes(() => button('Zoom in')?.click())).toBe(true)
    expect(await changes(() => button('Show all')?.click())).toBe(true)
    expect(place()).toBe(home)
    const wheel = (init: WheelEventInit) => stage.dispatchEvent(new WheelEvent('wheel', { deltaY: -90, ...init }))
    expect(await changes(() => wheel({}))).toBe(false)
    expect(await changes(() => wheel({ ctrlKey: true }))).toBe(true)
    const pointer = (type: string, clientX: number) =>
      stage.dispatchEvent(new PointerEvent(type, { clientX, clientY: 0, button: 0, pointerId: 1 }))
    stage.setPointerCapture = () => undefined
    expect(
      await changes(() => {
        pointer('pointerdown', 10)
        pointer('pointermove', 60)
        pointer('pointerup', 60)
      }),
    ).toBe(true)
    expect(await changes(() => pointer('pointermove', 200))).toBe(false)
  })

  test('what is pointed at is told below: a state, an arrow, one of its lines', async () => {
    await show(chart())
    await isDrawn()
    const pointAt = (target: Element | null | undefined) =>
      act(async () => target?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true })))
    await pointAt(box('signaling.waiting'))
    expect(details()).toContain('the next one follows after a jittered pause')
    const [line] = [...host.querySelectorAll('.fm-edge .fm-words')].filter((each) =>
      each.textContent?.includes('isFinal'),
    )
    await pointAt(line)
    expect(details()).toContain('up → refused')
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
  const ground = () => getComputedStyle(host.querySelector('.fm-chart') as Element).backgroundColor
  const [LIGHT, DARK] = ['rgb(251, 252, 253)', 'rgb(16, 24, 31)']
  const grounds: string[] = []
  for (const page of ['light', 'dark'])
    for (const theme of [undefined, 'light', 'dark'] as const) {
      host.dataset['theme'] = page
      await show(chart(theme ? { theme } : {}))
      grounds.push(ground())
    }
  expect(grounds).toEqual([LIGHT, LIGHT, DARK, DARK, LIGHT, DARK])
})
