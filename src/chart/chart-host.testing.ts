import { act, createElement, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, vi } from 'vitest'
import { signalingMachine } from '#machines/index'
import { describeMachine } from './describe-machine.ts'
import { StateChart } from './state-chart.tsx'
import type { StateChartProps } from './state-chart.types.ts'

/** The chart that is shown. */
export const model = describeMachine(signalingMachine)

/** A chart of a fixed size: nothing about it changes once it is drawn. */
export const chart = (props: Partial<StateChartProps> = {}): ReactNode =>
  createElement(StateChart, { model, direction: 'right', height: 400, ...props })

/** Waits for something to be shown, while React works as it does outside tests. */
export const until = async (isShown: () => unknown): Promise<void> => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  await vi.waitUntil(isShown, { timeout: 12_000 })
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
}

/** A page with room for a chart, for each test anew. */
export const chartHost = () => {
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
  const find = <E extends Element = HTMLElement>(selector: string): E => {
    const found = host.querySelector<E>(selector)
    if (found === null) throw new Error(`the chart has no ${selector}`)
    return found
  }
  return {
    find,
    all: (selector: string): Element[] => [...host.querySelectorAll(selector)],
    box: (id: string): Element | null => host.querySelector(`.fm-box[data-state="${id}"]`),
    show: (node: ReactNode) => act(async () => root.render(node)),
    isDrawn: () => until(() => host.querySelector('.fm-box')),
    setTheme: (theme: string) => {
      host.dataset['theme'] = theme
    },
  }
}
