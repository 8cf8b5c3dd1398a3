import { type ReactNode, useRef, useState } from 'react'
import { useAdoptedStyles } from '#chart/use-adopted-styles'
import { ActorChart } from './actor-chart.tsx'
import { ActorDetails } from './actor-details.tsx'
import { ActorTree } from './actor-tree.tsx'
import { EventsPane } from './events-pane.tsx'
import type { PanelSource } from './panel-devices.ts'
import { Refusal, Waiting } from './panel-notes.tsx'
import { PANEL_STYLES } from './styles/panel-styles.ts'
import { type Tab, Tabs } from './tabs.tsx'
import { TimeBar } from './time-bar.tsx'
import { Toolbar } from './toolbar.tsx'
import { usePanel } from './use-panel.ts'
import { type PanelShape, usePanelShape } from './use-panel-shape.ts'

export interface InspectorPanelProps {
  /** What is looked at. Keep the object, a list too: another one begins anew. */
  readonly source: PanelSource
  /** Further buttons for its toolbar. */
  readonly actions?: ReactNode
  /** What is said while there is no device. */
  readonly waiting?: ReactNode
}

type Panel = ReturnType<typeof usePanel>

const Chart = ({ panel }: { readonly panel: Panel }) => (
  <section className="fmi-chart" aria-label="Chart" data-testid="chart">
    <ActorChart seen={panel.seen} name={panel.actorName} chart={panel.chart} />
  </section>
)

const Actors = ({ panel }: { readonly panel: Panel }) => {
  const pane = useRef<HTMLElement>(null)
  return (
    <section ref={pane} className="fmi-pane" aria-label="Actors">
      <ActorTree
        scroller={pane}
        devices={panel.shown}
        all={panel.travel.view.devices}
        moment={panel.travel.moment}
        chosen={panel.choice}
        onChoose={panel.chooseActor}
      />
    </section>
  )
}

const State = ({ panel }: { readonly panel: Panel }) => (
  <section className="fmi-pane" aria-label="State">
    {panel.seen ? (
      <ActorDetails
        seen={panel.seen}
        name={panel.actorName}
        chart={panel.chart}
        broken={panel.broken}
        onGoTo={panel.travel.choose}
      />
    ) : (
      <p className="fmi-note fmi-empty">No actor is chosen.</p>
    )}
  </section>
)

const NARROW = [
  { key: 'actors', title: 'Actors' },
  { key: 'chart', title: 'Chart' },
  { key: 'state', title: 'State' },
  { key: 'events', title: 'Events' },
] as const

type PaneKey = (typeof NARROW)[number]['key']

/** One pane at a time. */
const Panes = ({ panel, tabs }: { readonly panel: Panel; readonly tabs: readonly Tab<PaneKey>[] }) => {
  const [open, setOpen] = useState<PaneKey>('chart')
  return (
    <Tabs label="Panes" tabs={tabs} open={open} onOpen={setOpen}>
      {open === 'actors' && <Actors panel={panel} />}
      {open === 'chart' && <Chart panel={panel} />}
      {open === 'state' && <State panel={panel} />}
      {open === 'events' && <EventsPane panel={panel} />}
    </Tabs>
  )
}

const Narrow = ({ panel }: { readonly panel: Panel }) => (
  <div className="fmi-narrow">
    <Panes panel={panel} tabs={NARROW} />
  </div>
)

const HALVED = NARROW.filter(({ key }) => key !== 'events')

const Halved = ({ panel }: { readonly panel: Panel }) => (
  <div className="fmi-halved">
    <Panes panel={panel} tabs={HALVED} />
    <EventsPane panel={panel} />
  </div>
)

const Wide = ({ panel }: { readonly panel: Panel }) => (
  <div className="fmi-wide">
    <Actors panel={panel} />
    <Chart panel={panel} />
    <State panel={panel} />
    <EventsPane panel={panel} />
  </div>
)

const ARRANGED: Readonly<Record<PanelShape, typeof Wide>> = { narrow: Narrow, halved: Halved, low: Wide, wide: Wide }

/**
 * Watches the actors of one or several devices: who lives, the chart of each with what is active, every event with its
 * sender, payload, microsteps and guards, the course of messages between actors and devices, laws that do not hold.
 * Time can be traveled in; recordings are saved to files and opened from them. Content is shown as far as the recorder
 * let it through: by default sizes only.
 *
 * It fills the element around it. Its theme is that of the page.
 *
 * @example
 * const recorder = createRecorder(engine)
 * <div style={{ height: '100vh' }}><InspectorPanel source={recorder} /></div>
 */
export const InspectorPanel = ({ source, actions, waiting }: InspectorPanelProps) => {
  const root = useRef<HTMLDivElement>(null)
  useAdoptedStyles(root, PANEL_STYLES)
  const shape = usePanelShape(root)
  const Arranged = ARRANGED[shape]
  const panel = usePanel(source)
  const { travel, recordings, recorded } = panel
  return (
    // biome-ignore lint/a11y/useSemanticElements: it may stand in a page of its own, or in a part of one
    <div
      ref={root}
      className="fmi"
      dir="ltr"
      lang="en"
      role="region"
      aria-label="Inspector"
      data-shape={shape}
      {...recordings.dropping}
    >
      <Toolbar
        devices={travel.view.devices}
        only={panel.only}
        onOnly={panel.setOnly}
        follows={travel.follows}
        recorded={recorded}
        onPause={travel.follows ? travel.pause : travel.resume}
        onSave={() => panel.save(root.current?.ownerDocument ?? document)}
        onOpen={(files) => void recordings.open(files)}
        onClose={recordings.recordings && recordings.close}
        actions={actions}
      />
      {recordings.refused && <Refusal file={recordings.refused} onDismiss={recordings.dismiss} />}
      {travel.view.devices.length === 0 && <Waiting>{waiting}</Waiting>}
      {travel.view.devices.length > 0 && <Arranged panel={panel} />}
      {travel.view.devices.length > 0 && <TimeBar travel={travel} listed={panel.listed} recorded={recorded} />}
    </div>
  )
}
