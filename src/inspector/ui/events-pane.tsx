import { useState } from 'react'
import { EventBar } from './event-bar.tsx'
import { EventDetails } from './event-details.tsx'
import { EventList } from './event-list.tsx'
import { SequenceDiagram } from './sequence-diagram.tsx'
import { Tabs } from './tabs.tsx'
import type { usePanel } from './use-panel.ts'

const TABS = [
  { key: 'events', title: 'Events' },
  { key: 'actors', title: 'Sequence' },
  { key: 'devices', title: 'Between devices' },
] as const

type Shown = (typeof TABS)[number]['key']

/** What happened: as a list, as a sequence diagram of actors or of devices; and all about the chosen event. */
export const EventsPane = ({ panel }: { readonly panel: ReturnType<typeof usePanel> }) => {
  const [shown, setShown] = useState<Shown>('events')
  const [microsteps, setMicrosteps] = useState(false)
  const { travel, listed, filter, setFilter, filterName, onlyActor, choice } = panel
  const { view, event } = travel
  const entry = event === undefined ? undefined : view.entries[event]
  const log = view.devices.find(({ key }) => key === entry?.device)?.log
  return (
    <section className="fmi-happened" aria-label="What happened">
      <Tabs label="What happened" tabs={TABS} open={shown} onOpen={setShown}>
        <EventBar
          view={view}
          filter={filter}
          onFilter={setFilter}
          actorName={choice && filterName}
          onlyActor={onlyActor}
          count={listed.length}
          microsteps={microsteps}
          onMicrosteps={setMicrosteps}
        />
        {shown === 'events' ? (
          <EventList travel={travel} listed={listed} microsteps={microsteps} />
        ) : (
          <SequenceDiagram key={shown} travel={travel} listed={listed} scale={shown} />
        )}
      </Tabs>
      {entry && <EventDetails entry={entry} log={log} devices={view.devices} onActor={panel.chooseActor} />}
    </section>
  )
}
