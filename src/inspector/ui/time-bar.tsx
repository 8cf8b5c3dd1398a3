import { memo, useMemo } from 'react'
import { isProblem } from './event-filter.ts'
import { Icon } from './icons.tsx'
import type { TimelineView } from './timeline.ts'
import type { Travel } from './use-travel.ts'
import { counted, timeOfDay } from './words.ts'

interface TimeBarProps {
  readonly travel: Travel
  /** Places of the events to step through. */
  readonly listed: readonly number[]
  /** Nothing new will come: it is a recording. */
  readonly recorded: boolean
}

const neighbor = (places: readonly number[], from: number, by: 1 | -1): number | undefined =>
  by === 1 ? places.find((place) => place > from) : places.findLast((place) => place < from)

interface StepProps {
  readonly words: string
  /** Why it leads nowhere. */
  readonly none: string
  readonly icon: 'back' | 'forth'
  readonly to: number | undefined
  readonly onGo: (at: number) => void
}

const Step = ({ words, none, icon, to, onGo }: StepProps) => {
  return (
    <button
      type="button"
      className="fmi-button"
      title={to === undefined ? none : words}
      aria-label={words}
      aria-disabled={to === undefined}
      onClick={() => to !== undefined && onGo(to)}
    >
      <Icon name={icon} />
    </button>
  )
}

const NONE_BEFORE = 'No event comes before this moment'
const NONE_AFTER = 'No event comes after this moment'
const PERCENT = 100

/** Red marks on the way, where something went wrong. */
const Marks = memo(({ view }: { readonly view: TimelineView }) => {
  const { entries } = view
  const places = entries.flatMap(({ record }, place) => (isProblem(record) ? [place] : []))
  return (
    <div className="fmi-marks" aria-hidden="true">
      {places.slice(-MOST_MARKS).map((place) => (
        <span key={place} style={{ left: `${(PERCENT * (place + 1)) / entries.length}%` }} />
      ))}
    </div>
  )
})
const MOST_MARKS = 200

const useWords = ({ view, at }: Travel) =>
  useMemo(() => {
    const { entries } = view
    const [first, here] = [entries[0]?.record.at ?? 0, entries[Math.max(at, 0)]?.record.at ?? 0]
    const since = ((here - first) / 1_000).toFixed(1)
    return { time: timeOfDay(here), since: `${since} s`, place: `${counted(at + 1, 'record')} of ${entries.length}` }
  }, [view, at])

/** Where in time the panel is: back and forth, step by step, and back to what happens now. */
export const TimeBar = ({ travel, listed, recorded }: TimeBarProps) => {
  const { view, at, event, follows, missed, pause, resume, goTo, choose } = travel
  const { time, since, place } = useWords(travel)
  const here = event ?? at
  const atEnd = recorded ? 'End' : 'Live'
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no fieldset
    <div className="fmi-time-bar" role="group" aria-label="Time">
      <button
        type="button"
        className="fmi-button fmi-live"
        aria-pressed={follows}
        data-testid="live"
        onClick={follows ? pause : resume}
      >
        <span className="fmi-live-dot" aria-hidden="true" />
        {follows ? atEnd : recorded ? 'To the end' : 'Go live'}
        {missed > 0 && <span className="fmi-missed"> +{missed.toLocaleString('en')}</span>}
      </button>
      <Step words="Event before" none={NONE_BEFORE} icon="back" to={neighbor(listed, here, -1)} onGo={choose} />
      <Step words="Event after" none={NONE_AFTER} icon="forth" to={neighbor(listed, here, 1)} onGo={choose} />
      <div className="fmi-slider">
        <Marks view={view} />
        <input
          type="range"
          aria-label="Moment"
          data-testid="moment"
          min={-1}
          max={Math.max(0, view.entries.length - 1)}
          value={at}
          aria-valuetext={`${time}, ${place}`}
          onChange={({ target }) => goTo(Number(target.value))}
        />
      </div>
      <output className="fmi-clock" data-testid="clock">
        {view.entries.length === 0 ? '' : time} <span className="fmi-note">{since}</span>
      </output>
    </div>
  )
}
