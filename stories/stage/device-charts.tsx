import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { ActorChart } from './actor-chart.tsx'
import type { ActorAt } from './moment.types.ts'

interface DeviceChartsProps {
  readonly called: string
  readonly actors: readonly ActorAt[]
  readonly callOf: (peerId: string) => string
}

const ORDER = ['engine', 'mesh', 'signaling']

const sorted = (actors: readonly ActorAt[]): readonly ActorAt[] => {
  const charts = actors.filter(({ id, peerId }) => peerId !== undefined || ORDER.includes(id))
  const place = ({ id, peerId }: ActorAt) => (peerId === undefined ? ORDER.indexOf(id) : ORDER.length)
  return charts.toSorted((a, b) => place(a) - place(b))
}

/** The charts that run on a device, one at a time. */
export const DeviceCharts = ({ called, actors, callOf }: DeviceChartsProps) => {
  const id = useId()
  const [wanted, setWanted] = useState<string>()
  const tabs = useRef<HTMLDivElement>(null)
  const charts = sorted(actors)
  const links = charts.filter(({ peerId }) => peerId !== undefined)
  const shown = charts.find((chart) => chart.id === wanted) ?? links[0] ?? charts.at(-1)
  const labelOf = ({ id: name, peerId }: ActorAt) => (peerId === undefined ? name : `to ${callOf(peerId)}`)
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next =
      charts[(charts.findIndex(({ session }) => session === shown?.session) + by + charts.length) % charts.length]
    if (by === 0 || !next) return
    setWanted(next.id)
    tabs.current?.querySelectorAll<HTMLElement>('[role=tab]')[charts.indexOf(next)]?.focus()
  }
  return (
    <div className="stage-charts">
      <div role="tablist" aria-label={`Charts of ${called}`} ref={tabs} onKeyDown={move}>
        {charts.map((chart) => (
          <button
            type="button"
            role="tab"
            key={chart.session}
            id={`${id}-${chart.session}`}
            aria-selected={chart === shown}
            aria-controls={`${id}-panel`}
            tabIndex={chart === shown ? 0 : -1}
            onClick={() => setWanted(chart.id)}
          >
            {labelOf(chart)}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        className="stage-chart"
        aria-label={shown ? `Chart of ${labelOf(shown)}, on ${called}` : 'Charts'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        {shown && <ActorChart actor={shown} />}
      </div>
    </div>
  )
}
