import { type KeyboardEvent, useId, useMemo, useRef } from 'react'
import { EventRow } from './event-row.tsx'
import { type EventLine, eventLines } from './event-lines.ts'
import { listKey } from './list-keys.ts'
import type { Travel } from './use-travel.ts'
import { ROW_HEIGHT } from './row-height.ts'
import { useRowWindow } from './use-row-window.ts'
import { useScrolling } from './use-scrolling.ts'

interface EventListProps {
  readonly travel: Travel
  /** Places of the events to list. */
  readonly listed: readonly number[]
  /** Transitions are listed under every event, not only under the chosen one. */
  readonly microsteps: boolean
}

const useLines = ({ travel, listed, microsteps }: EventListProps) => {
  const { view, event } = travel
  const lines = useMemo(
    () => eventLines(view, listed, (at) => microsteps || at === event),
    [view, listed, microsteps, event],
  )
  const chosen = useMemo(() => {
    const at = lines.findIndex((line) => line.kind === 'event' && line.at === event)
    return at < 0 ? undefined : at
  }, [lines, event])
  return { lines, chosen }
}

/** Where the arrows lead: from event to event, over the transitions in between. */
const useKeys =
  (listed: readonly number[], { event, at, choose }: Travel) =>
  (press: KeyboardEvent) => {
    const here = listed.findIndex((place) => place >= (event ?? at))
    const to = listKey(press, here < 0 ? listed.length - 1 : here, listed.length)
    const place = to === undefined ? undefined : listed[to]
    if (place !== undefined) choose(place)
  }

const useLogs = ({ view }: Travel) =>
  useMemo(() => new Map(view.devices.map(({ key, log }) => [key, log] as const)), [view.devices])

/** Events in the order of time; choosing one goes to the moment at which it has done what it does. */
export const EventList = (props: EventListProps) => {
  const { travel, listed } = props
  const { view, at, follows, choose } = travel
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const prefix = useId()
  const { lines, chosen } = useLines(props)
  const count = lines.length
  const { first, last } = useRowWindow({ scroller, list, count, rowHeight: ROW_HEIGHT })
  useScrolling(scroller, { count, rowHeight: ROW_HEIGHT, list, chosen, follows })
  const press = useKeys(listed, travel)
  const logs = useLogs(travel)
  const row = (line: EventLine, index: number) => {
    const entry = view.entries[line.at]
    if (!entry) return null
    const isChosen = index === chosen
    const place = {
      id: `${prefix}${index}`,
      line,
      entry,
      index,
      count,
      top: index * ROW_HEIGHT,
      isChosen,
      onChoose: choose,
    }
    const log = logs.get(entry.device)
    return <EventRow key={index} {...place} log={log} devices={view.devices} isLater={line.at > at} />
  }
  const isInSight = chosen !== undefined && chosen >= first && chosen < last
  return (
    <div ref={scroller} className="fmi-events" {...(view.devices.length > 1 && { 'data-devices': '' })}>
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        className="fmi-rows"
        aria-label="Events"
        data-testid="events"
        data-count={listed.length}
        style={{ height: `${count * ROW_HEIGHT}px` }}
        {...(isInSight && { 'aria-activedescendant': `${prefix}${chosen}` })}
        onKeyDown={press}
      >
        {lines.slice(first, last).map((line, offset) => row(line, first + offset))}
      </div>
    </div>
  )
}
