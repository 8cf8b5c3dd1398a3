import { createRoot } from 'react-dom/client'
import { vi } from 'vitest'
import type { InspectRecord, Recording, SeenActor } from '#inspector/records.types'
import { InspectorPanel, type PanelSource } from '#inspector/ui/index'

const PATIENCE = { timeout: 10_000, interval: 20 }

/** Waits until something holds in the page. */
export const soon = <T,>(look: () => T): Promise<T> => vi.waitFor(look, PATIENCE)

/** A panel in the page, and the hands of the person before it. */
export const showPanel = (first: PanelSource, { width = 1_280, height = 820 } = {}) => {
  const host = document.createElement('div')
  Object.assign(host.style, { width: `${width}px`, height: `${height}px` })
  document.body.append(host)
  const root = createRoot(host)
  const show = (source: PanelSource) => root.render(<InspectorPanel source={source} />)
  show(first)
  const find = (selector: string): HTMLElement => {
    const [found] = host.querySelectorAll<HTMLElement>(selector)
    if (!found) throw new Error(`nothing is ${selector}`)
    return found
  }
  const named = (words: string): HTMLElement => {
    const all = [...host.querySelectorAll<HTMLElement>('button, label, [role=tab]')]
    const found = all.find((each) => each.ariaLabel === words || each.textContent?.trim() === words)
    if (!found) throw new Error(`nothing is called ${words}`)
    return found
  }
  const byId = (id: string) => find(`[data-testid="${id}"]`)
  return {
    host,
    show,
    find,
    byId,
    named,
    click: async (look: () => HTMLElement) => (await soon(look)).click(),
    press: (element: HTMLElement, ...keys: readonly string[]) => {
      for (const key of keys) element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    },
    write: (id: string, text: string) => {
      const field = byId(id) as HTMLInputElement
      // React hears of a value that was set past it only by the setter that it did not replace.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
    count: () => Number(byId('events').dataset['count']),
    chosen: () => find('[data-testid="events"] [aria-selected="true"]'),
    remove: () => {
      root.unmount()
      host.remove()
    },
  }
}

/** An actor as it was before a recording. */
export const actorOf = (actor: string, more: Partial<SeenActor> = {}): SeenActor => ({
  actor,
  id: actor,
  status: 'active',
  states: [],
  last: [],
  ...more,
})

type Told = { readonly kind: InspectRecord['kind'] } & Readonly<Record<string, unknown>>

/** A recording of these actors, and of what they did, a second between each. */
export const recordingOf = (actors: readonly SeenActor[], records: readonly Told[]): Recording => ({
  format: 'fieldmesh-recording',
  version: 1,
  peerId: 'p-1',
  name: 'Tablet',
  before: Object.fromEntries(actors.map((each) => [each.actor, each])),
  dropped: 0,
  records: records.map((record, n) => ({ n, at: 1_767_225_600_000 + n * 1_000, ...record }) as InspectRecord),
  charts: [],
})

/** Events of one actor, named and numbered. */
export const eventsOf = (actor: string, count: number, more: Readonly<Record<string, unknown>> = {}): Told[] =>
  Array.from({ length: count }, (_, at) => ({ kind: 'event', actor, type: `tick.${at}`, ...more }))
