import { act } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { chart, chartHost, until } from './chart-host.testing.ts'

const DIALING = ['signaling', 'signaling.up', 'signaling.up.dialing']

const { find, all, box, show, isDrawn } = chartHost()
const tree = () => find('[role=tree]')
const details = () => find('.fm-chart-details').textContent
const press = (key: string) =>
  act(async () => tree().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))
/** What assistive technology hears of the state that the keyboard is at. */
const atHand = () => {
  const id = tree().getAttribute('aria-activedescendant')
  return all('[role=treeitem]')
    .find((item) => item.id === id)
    ?.getAttribute('aria-label')
}

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
      find('.fm-handle[data-toggle="signaling.up"]').dispatchEvent(new MouseEvent('click', { bubbles: true })),
    )
    expect(onToggle).toHaveBeenCalledExactlyOnceWith('signaling.up')
    expect(box('signaling.up')?.getAttribute('data-fold')).toBe('open')
  })

  test('buttons, and the wheel with a key, zoom; a pointer drags; the wheel alone is the page’s', async () => {
    await show(chart())
    await isDrawn()
    const stage = find('.fm-chart-stage')
    const place = () => stage.querySelector('svg > g')?.getAttribute('transform')
    const changes = async (deed: () => void): Promise<boolean> => {
      const before = place()
      await act(async () => deed())
      return place() !== before
    }
    const button = (name: string) => find(`button[aria-label="${name}"]`)
    const home = place()
    expect(await changes(() => button('Zoom in')?.click())).toBe(true)
    expect(await changes(() => button('Show all')?.click())).toBe(true)
    expect(place()).toBe(home)
    const wheel = (init: WheelEventInit) => stage.dispatchEvent(new WheelEvent('wheel', { deltaY: -90, ...init }))
    expect(await changes(() => wheel({}))).toBe(false)
    expect(await changes(() => wheel({ ctrlKey: true }))).toBe(true)
    const pointer = (type: string, clientX: number) =>
      stage.dispatchEvent(new PointerEvent(type, { clientX, clientY: 0, button: 0, buttons: 1, pointerId: 1 }))
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
    const [line] = all('.fm-edge .fm-words').filter((each) => each.textContent?.includes('isFinal'))
    await pointAt(line)
    expect(details()).toContain('up → refused')
  })

  test('a pointer that is released outside before it drags does not drag when it comes back', async () => {
    await show(chart())
    await isDrawn()
    const stage = find('.fm-chart-stage')
    const place = () => stage.querySelector('svg > g')?.getAttribute('transform')
    const pointer = (type: string, clientX: number, buttons: number) =>
      act(async () => stage.dispatchEvent(new PointerEvent(type, { clientX, clientY: 0, buttons, pointerId: 1 })))
    stage.setPointerCapture = () => undefined
    const home = place()
    await pointer('pointerdown', 10, 1)
    await pointer('pointermove', 90, 0)
    await pointer('pointermove', 200, 0)
    expect(place()).toBe(home)
    await pointer('pointermove', 300, 1)
    expect(place()).toBe(home)
  })

  test('what a finger touched stays told after it is lifted; what a mouse left does not', async () => {
    await show(chart({ active: DIALING }))
    await isDrawn()
    const pointer = (type: string, pointerType: string) =>
      act(async () =>
        box('signaling.waiting')?.dispatchEvent(
          new PointerEvent(type, { bubbles: true, pointerType, relatedTarget: document.body }),
        ),
      )
    await pointer('pointerover', 'touch')
    await pointer('pointerout', 'touch')
    expect(details()).toContain('the next one follows after a jittered pause')
    await pointer('pointerout', 'mouse')
    expect(details()).toContain('Point at a state')
  })

  test('names that the page around it uses for itself mean nothing to it', async () => {
    const onToggle = vi.fn<(id: string) => void>()
    await show(
      <div data-toggle="collapse" data-state="open" data-edge="x">
        {chart({ folded: new Set(), onToggle })}
      </div>,
    )
    await isDrawn()
    const svg = find('.fm-chart-stage > svg')
    await act(async () => svg.dispatchEvent(new MouseEvent('click', { bubbles: true })))
    expect(onToggle).not.toHaveBeenCalled()
    await act(async () => find('.fm-handle').dispatchEvent(new MouseEvent('click', { bubbles: true })))
    expect(onToggle).toHaveBeenCalledOnce()
  })

  test.each(['altKey', 'ctrlKey', 'metaKey'])('a key with %s is the browser’s', async (key) => {
    await show(chart())
    await isDrawn()
    await act(async () => tree().focus())
    const event = new KeyboardEvent('keydown', { key: 'ArrowDown', [key]: true, bubbles: true, cancelable: true })
    await act(async () => tree().dispatchEvent(event))
    expect(event.defaultPrevented).toBe(false)
    expect(atHand()).toBe('signaling')
  })

  test('the outline says what the drawing shows: what a state is for, and what leads from it', async () => {
    await show(chart())
    const said = (name: string) => find(`[role=treeitem][aria-label="${name}"]`).getAttribute('aria-description')
    expect(said('dialing')).toMatch(/^The server is called.*socket\.opened to joining/)
    expect(said('signaling')).toContain('signaling.send stays')
  })
})
