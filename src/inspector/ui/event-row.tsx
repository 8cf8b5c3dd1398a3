import { memo } from 'react'
import type { EventRecord, InspectRecord } from '../records.types.ts'
import { HUES } from './hues.ts'
import type { DeviceLog } from './device-log.ts'
import { toldFault, typeOf } from './event-filter.ts'
import { chartOf, type EventLine, transitionOf } from './event-lines.ts'
import { actorWords, effectWords, payloadWords, recordWords, routeParts } from './event-words.ts'
import type { Entry, ShownDevice } from './timeline.ts'
import { counted, timeOfDay, transitionWords } from './words.ts'

interface CellsProps {
  readonly entry: Entry
  readonly log: DeviceLog | undefined
  readonly devices: readonly ShownDevice[]
}

const Route = ({ record, log, devices }: Omit<CellsProps, 'entry'> & { readonly record: EventRecord }) => {
  const { from, to } = routeParts(record, log, devices)
  return (
    <span className="fmi-route">
      <span className="fmi-from">{from}</span>
      {to}
    </span>
  )
}

const EventCells = ({ record, log, devices }: Omit<CellsProps, 'entry'> & { readonly record: EventRecord }) => (
  <>
    <Route record={record} log={log} devices={devices} />
    <span className="fmi-effect">{effectWords(log, record)}</span>
    <span className="fmi-carried" {...(toldFault(record) !== undefined && { 'data-fault': '' })}>
      {payloadWords(record)}
    </span>
  </>
)

const OtherCells = ({ record, log, devices }: Omit<CellsProps, 'entry'> & { readonly record: InspectRecord }) => (
  <>
    <span className="fmi-route">{'actor' in record ? actorWords(record.actor, log, devices) : ''}</span>
    <span className="fmi-told">{recordWords(record)}</span>
  </>
)

const DeviceTag = ({ entry, devices, isStep }: CellsProps & { readonly isStep: boolean }) => {
  const at = devices.findIndex(({ key }) => key === entry.device)
  return (
    <span className="fmi-device-tag" data-hue={at % HUES}>
      {isStep ? '' : devices[at]?.title}
    </span>
  )
}

interface EventRowProps extends CellsProps {
  readonly id: string
  readonly line: EventLine
  readonly index: number
  /** Lines in all. */
  readonly count: number
  readonly top: number
  readonly isChosen: boolean
  /** It has not happened yet at the moment that is shown. */
  readonly isLater: boolean
  readonly onChoose: (place: number) => void
}

const StepCells = ({
  line,
  log,
}: {
  readonly line: EventLine & { kind: 'step' }
  readonly log: DeviceLog | undefined
}) => {
  const chart = chartOf(log, line.step.actor)
  const transition = transitionOf(chart, line.transition)
  return (
    <>
      <span className="fmi-step-words">{transition ? transitionWords(chart, transition) : line.transition}</span>
      <span className="fmi-guard">{transition?.guard === undefined ? '' : `[${transition.guard}]`}</span>
      <span className="fmi-carried">
        {transition === undefined
          ? ''
          : [transition.kind === 'always' ? 'always' : '', actionsOf(transition.actions)].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}
const actionsOf = (actions: readonly string[]): string =>
  actions.length === 0 ? '' : `${counted(actions.length, 'action')}: ${actions.join(', ')}`

/** One line of the list of events. */
export const EventRow = memo((props: EventRowProps) => {
  const { id, line, entry, log, devices, index, count, top, isChosen, isLater, onChoose } = props
  const { record } = entry
  const isStep = line.kind === 'step'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself has the focus, and takes the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-selected={isChosen}
      className={isStep ? 'fmi-row fmi-step' : 'fmi-row'}
      data-kind={record.kind}
      {...(isLater && { 'data-later': '' })}
      style={{ top: `${top}px` }}
      onClick={() => onChoose(line.at)}
    >
      <span className="fmi-time">{isStep ? '' : timeOfDay(record.at)}</span>
      {devices.length > 1 && <DeviceTag {...props} isStep={isStep} />}
      {isStep ? (
        <StepCells line={line} log={log} />
      ) : (
        <>
          <span className="fmi-type">{typeOf(record)}</span>
          {record.kind === 'event' ? (
            <EventCells record={record} log={log} devices={devices} />
          ) : (
            <OtherCells record={record} log={log} devices={devices} />
          )}
        </>
      )}
    </div>
  )
})
