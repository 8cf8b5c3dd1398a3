import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useMemo, useRef } from 'react'
import { HUES } from './hues.ts'
import { typeOf } from './event-filter.ts'
import { routeWords } from './event-words.ts'
import { listKey } from './list-keys.ts'
import { SequenceArrow } from './sequence-arrow.tsx'
import { type Arrow, type Lifeline, type Sequence, type SequenceScale, sequenceOf } from './sequence-model.ts'
import { lineX, SEQUENCE, sequenceWidth } from './sequence-sizes.ts'
import type { Entry, ShownDevice, TimelineView } from './timeline.ts'
import { type RowWindow, useRowWindow } from './use-row-window.ts'
import { useScrolling } from './use-scrolling.ts'
import type { Travel } from './use-travel.ts'
import { counted, timeOfDay } from './words.ts'

interface SequenceDiagramProps {
  readonly travel: Travel
  /** Places of the events to draw. */
  readonly listed: readonly number[]
  readonly scale: SequenceScale
}

interface HeadsProps {
  readonly lines: readonly Lifeline[]
  readonly devices: readonly ShownDevice[]
  readonly scale: SequenceScale
}

const Heads = ({ lines, devices, scale }: HeadsProps) => (
  <div className="fmi-heads" aria-hidden="true" style={{ width: `${sequenceWidth(lines.length, scale)}px` }}>
    {lines.map(({ id, device, title }, index) => {
      const at = devices.findIndex(({ key }) => key === device)
      const isFirst = lines[index - 1]?.device !== device
      return (
        <span key={id} className="fmi-head" data-hue={at % HUES} style={{ left: `${lineX(index, scale)}px` }}>
          <span className="fmi-head-device">{isFirst && id !== device ? devices[at]?.title : ''}</span>
          <span className="fmi-head-name">{title}</span>
        </span>
      )
    })}
  </div>
)

const touches = ({ from, to }: Arrow, { first, last }: RowWindow): boolean =>
  Math.max(from.row, to.row) >= first && Math.min(from.row, to.row) < last

interface DrawingProps {
  readonly sequence: Sequence
  readonly window: RowWindow
  readonly devices: readonly ShownDevice[]
  readonly scale: SequenceScale
  readonly at: number
  readonly chosen: number | undefined
}

const Drawing = ({ sequence, window, devices, scale, at, chosen }: DrawingProps) => {
  const { lines, rows, arrows } = sequence
  const width = sequenceWidth(lines.length, scale)
  const [top, height] = [window.first * SEQUENCE.row, (window.last - window.first) * SEQUENCE.row]
  return (
    <svg
      className="fmi-drawing"
      aria-hidden="true"
      width={width}
      height={height}
      viewBox={`0 ${top} ${width} ${height}`}
      style={{ top: `${top}px` }}
    >
      {lines.map(({ id, device }, index) => {
        const hue = devices.findIndex(({ key }) => key === device) % HUES
        return <path key={id} className="fmi-lifeline" data-hue={hue} d={`M${lineX(index, scale)} ${top}v${height}`} />
      })}
      {chosen !== undefined && (
        <rect className="fmi-chosen-row" x={0} y={chosen * SEQUENCE.row} width={width} height={SEQUENCE.row} />
      )}
      {arrows.map((arrow) =>
        touches(arrow, window) ? (
          <SequenceArrow
            key={arrow.id}
            arrow={arrow}
            width={width}
            scale={scale}
            isLater={(rows[Math.min(arrow.from.row, arrow.to.row)] ?? 0) > at}
            isChosen={arrow.kind === 'event' && arrow.from.row === chosen}
          />
        ) : null,
      )}
    </svg>
  )
}

interface OptionsProps {
  readonly sequence: Sequence
  readonly window: RowWindow
  readonly view: TimelineView
  readonly prefix: string
  readonly chosen: number | undefined
  readonly onChoose: (place: number) => void
}

const wordsOf = ({ device, record }: Entry, devices: readonly ShownDevice[]): string => {
  const shown = devices.find(({ key }) => key === device)
  const route = record.kind === 'event' ? routeWords(record, shown?.log, devices) : ''
  return [shown?.title, typeOf(record), route].filter(Boolean).join(', ')
}

/** The rows in words: what assistive technology reads, and what a pointer hits. */
const Options = ({ sequence, window, view, prefix, chosen, onChoose }: OptionsProps) =>
  sequence.rows.slice(window.first, window.last).map((place, offset) => {
    const row = window.first + offset
    const entry = view.entries[place]
    if (!entry) return null
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself has the focus, and takes the keys
      <div
        key={row}
        id={`${prefix}${row}`}
        role="option"
        tabIndex={-1}
        aria-selected={row === chosen}
        className="fmi-sequence-row"
        style={{ top: `${row * SEQUENCE.row}px` }}
        title={wordsOf(entry, view.devices)}
        onClick={() => onChoose(place)}
      >
        <span className="fmi-time">{timeOfDay(entry.record.at)}</span>
        <span className="fmi-hidden">{wordsOf(entry, view.devices)}</span>
      </div>
    )
  })

/** Where two devices meet is the middle: what is wider than the room begins there. */
const useMiddle = (scroller: RefObject<HTMLDivElement | null>, { lines }: Sequence, scale: SequenceScale) => {
  const second = lines.findIndex(({ device }) => device !== lines[0]?.device)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element && second > 0) element.scrollTo({ left: lineX(second - 0.5, scale) - element.clientWidth / 2 })
  }, [scroller, second, scale])
}

interface Scrolled {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly list: RefObject<HTMLDivElement | null>
}

const useSequence = ({ travel, listed, scale }: SequenceDiagramProps, { scroller, list }: Scrolled) => {
  const { view, event, follows, choose } = travel
  const sequence = useMemo(() => sequenceOf(view, listed, scale), [view, listed, scale])
  const { rows } = sequence
  const found = event === undefined ? -1 : rows.indexOf(event)
  const chosen = found < 0 ? undefined : found
  const size = { count: rows.length, rowHeight: SEQUENCE.row, list }
  const window = useRowWindow({ scroller, ...size })
  useScrolling(scroller, { ...size, cover: SEQUENCE.heads, chosen, follows })
  useMiddle(scroller, sequence, scale)
  const press = (key: KeyboardEvent) => {
    const to = listKey(key, chosen ?? rows.length - 1, rows.length)
    const place = to === undefined ? undefined : rows[to]
    if (place !== undefined) choose(place)
  }
  return { sequence, chosen, window, press }
}

/** Who said what to whom, time going down: lines are actors or whole devices. Only what is in sight is drawn. */
export const SequenceDiagram = (props: SequenceDiagramProps) => {
  const { travel, scale } = props
  const { view, at, choose } = travel
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const prefix = useId()
  const { sequence, chosen, window, press } = useSequence(props, { scroller, list })
  const { lines, rows } = sequence
  const size = { width: `${sequenceWidth(lines.length, scale)}px`, height: `${rows.length * SEQUENCE.row}px` }
  const isInSight = chosen !== undefined && chosen >= window.first && chosen < window.last
  return (
    <div ref={scroller} className="fmi-sequence" data-testid="sequence" data-rows={rows.length}>
      <Heads lines={lines} devices={view.devices} scale={scale} />
      {rows.length === 0 && <p className="fmi-note fmi-empty">{NOTHING[scale]}</p>}
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        className="fmi-canvas"
        aria-label={`Sequence of ${counted(rows.length, 'event')} between ${lines.map(({ title }) => title).join(', ')}`}
        style={size}
        {...(isInSight && { 'aria-activedescendant': `${prefix}${chosen}` })}
        onKeyDown={press}
      >
        <Drawing sequence={sequence} window={window} devices={view.devices} scale={scale} at={at} chosen={chosen} />
        <Options sequence={sequence} window={window} view={view} prefix={prefix} chosen={chosen} onChoose={choose} />
      </div>
    </div>
  )
}
const NOTHING: Readonly<Record<SequenceScale, string>> = {
  actors: 'No event to draw.',
  devices: 'Nothing went from one device to another.',
}
