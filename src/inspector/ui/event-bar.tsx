import { useMemo } from 'react'
import { type EventFilter, eventTypes, isFiltering, NO_FILTER } from './event-filter.ts'
import type { TimelineView } from './timeline.ts'
import { counted } from './words.ts'

interface EventBarProps {
  readonly view: TimelineView
  readonly filter: EventFilter
  readonly onFilter: (filter: EventFilter) => void
  readonly actorName: string | undefined
  readonly onlyActor: () => void
  readonly count: number
  readonly microsteps: boolean
  readonly onMicrosteps: (microsteps: boolean) => void
}

const Check = ({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) => (
  <label className="fmi-check">
    <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
    <span>{label}</span>
  </label>
)

/** The type that is filtered by is there to be seen, also when no such event is. */
const typesWith = (types: readonly string[], type: string): readonly string[] =>
  type === '' || types.includes(type) ? types : [...types, type].toSorted()

/** Which events are listed. */
export const EventBar = (props: EventBarProps) => {
  const { view, filter, onFilter, actorName, onlyActor, count, microsteps, onMicrosteps } = props
  const types = useMemo(() => typesWith(eventTypes(view), filter.type), [view, filter.type])
  const { actor: _actor, ...anyActor } = filter
  const clear = () => onFilter({ ...filter, since: view.entries.at(-1)?.at ?? 0 })
  return (
    <search className="fmi-bar">
      <input
        type="search"
        className="fmi-search"
        aria-label="Search events"
        placeholder="Search type, actor, payload"
        data-testid="search-events"
        value={filter.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
      />
      <select
        aria-label="Type of event"
        value={filter.type}
        onChange={({ target }) => onFilter({ ...filter, type: target.value })}
      >
        <option value="">All types</option>
        {types.map((type) => (
          <option key={type} value={type}>
            {type.endsWith('.') ? `${type}…` : type}
          </option>
        ))}
      </select>
      {actorName !== undefined && (
        <Check
          label={`Only ${actorName}`}
          on={filter.actor !== undefined}
          onChange={(on) => (on ? onlyActor() : onFilter(anyActor))}
        />
      )}
      <Check label="Problems" on={filter.problems} onChange={(problems) => onFilter({ ...filter, problems })} />
      <Check label="Microsteps" on={microsteps} onChange={onMicrosteps} />
      <output className="fmi-count" data-testid="event-count">
        {counted(count, 'event')}
      </output>
      <button type="button" className="fmi-link" data-testid="clear-events" onClick={clear}>
        Clear
      </button>
      {isFiltering(filter) && (
        <button type="button" className="fmi-link" onClick={() => onFilter(NO_FILTER)}>
          Show all events
        </button>
      )}
    </search>
  )
}
