import { type KeyboardEvent, memo, useId, useRef, useState } from 'react'
import { ActorChart } from './actor-chart.tsx'
import type { ActorAt } from './moment.types.ts'

interface DeviceChartsProps {
  readonly called: string
  readonly actors: readonly ActorAt[]
  readonly callOf: (peerId: string) => string
  /** Time passes as fast as it goes: the charts wait for its end, or drawing them would cost more than the way. */
  readonly isHurried: boolean
}

const ORDER = ['signaling', 'mesh', 'engine']

const sorted = (actors: readonly ActorAt[]): readonly ActorAt[] => {
  const charts = actors.filter(({ id, peerId }) => peerId !== undefined || ORDER.includes(id))
  const place = ({ id, peerId }: ActorAt) => (peerId === undefined ? 1 + ORDER.indexOf(id) : 0)
  return charts.toSorted((a, b) => place(a) - place(b))
}

const isDrawn = (before: DeviceChartsProps, after: DeviceChartsProps): boolean =>
  after.isHurried || (before.actors === after.actors && before.called === after.called)

/** The charts that run on a device, one at a time. */
export const DeviceCharts = (props: DeviceChartsProps) => (
  <div className="stage-charts" data-hurried={props.isHurried}>
    <Charts {...props} />
    {props.isHurried && <p className="stage-hurried">Time flies. The chart follows when it slows down.</p>}
  </div>
)

const Charts = memo(({ called, actors, callOf }: DeviceChartsProps) => {
  const id = useId()
  const [wanted, setWanted] = useState<string>()
  const tabs = useRef<HTMLDivElement>(null)
  const charts = sorted(actors)
  const shown = charts.find((chart) => chart.id === wanted) ?? charts[0]
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
    <>
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
        {shown && (
          <ActorChart key={shown.machine.id} actor={shown} label={`Chart of ${labelOf(shown)}, on ${called}`} />
        )}
      </div>
    </>
  )
}, isDrawn)
