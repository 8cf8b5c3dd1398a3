import { memo } from 'react'
import { faultWords } from '#model/fault'
import type { EventRecord, InspectRecord } from '../records.types.ts'
import type { ActorChoice } from './actor-choice.ts'
import type { DeviceLog } from './device-log.ts'
import { toldFault, typeOf } from './event-filter.ts'
import { chartOf, stepsOf, transitionOf } from './event-lines.ts'
import { actorWords, recordWords } from './event-words.ts'
import { JsonTree } from './json-tree.tsx'
import type { Entry, ShownDevice } from './timeline.ts'
import { timeOfDay, transitionWords } from './words.ts'

interface EventDetailsProps {
  readonly entry: Entry
  readonly log: DeviceLog | undefined
  readonly devices: readonly ShownDevice[]
  readonly onActor: (actor: ActorChoice) => void
}

const ActorLink = ({ actor, ...props }: EventDetailsProps & { readonly actor: string }) => {
  const { entry, log, devices, onActor } = props
  return (
    <button type="button" className="fmi-link" onClick={() => onActor({ device: entry.device, actor })}>
      {actorWords(actor, log, devices)}
    </button>
  )
}

const Steps = ({ record, log }: { readonly record: EventRecord; readonly log: DeviceLog | undefined }) => {
  const chart = chartOf(log, record.actor)
  const steps = stepsOf(log, record.n)
  if (!chart) return null
  return (
    <section data-testid="transitions">
      <h3 className="fmi-part">Transitions</h3>
      {steps.length === 0 && <p className="fmi-note">None: it is not dealt with in this state.</p>}
      <ol className="fmi-transitions">
        {steps.map(({ step, transition: id }) => {
          const transition = transitionOf(chart, id)
          return (
            <li key={`${step.n} ${id}`}>
              {transition ? transitionWords(chart, transition) : id}
              {transition?.guard !== undefined && <span className="fmi-guard"> [{transition.guard}]</span>}
              {transition?.kind === 'always' && <span className="fmi-note"> at once</span>}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

const Fault = ({ record }: { readonly record: EventRecord }) => {
  const fault = toldFault(record)
  if (fault === undefined) return null
  const { what, next } = faultWords(fault)
  return (
    <p className="fmi-broken">
      <strong>{fault}</strong> {what} {next}
    </p>
  )
}

const EventParts = ({ record, ...props }: EventDetailsProps & { readonly record: EventRecord }) => (
  <>
    <p className="fmi-from-to">
      {record.from === undefined ? (
        <span className="fmi-note">from outside</span>
      ) : (
        <ActorLink actor={record.from} {...props} />
      )}
      {' → '}
      <ActorLink actor={record.actor} {...props} />
    </p>
    <Fault record={record} />
    <section>
      <h3 className="fmi-part">Payload</h3>
      {record.payload === undefined ? (
        <p className="fmi-note">None.</p>
      ) : (
        <JsonTree value={record.payload} name="payload" open={3} />
      )}
    </section>
    <Steps record={record} log={props.log} />
  </>
)

const OtherParts = ({ record }: { readonly record: InspectRecord }) => (
  <>
    {record.kind !== 'ice' && <p className="fmi-broken">{recordWords(record)}</p>}
    {record.kind === 'fault' && <p>{faultWords(record.fault).next}</p>}
    {record.kind === 'ice' && <JsonTree value={record.figures} name="figures" open={2} />}
  </>
)

/** Everything about one event: who told whom, what it carried, which transitions were taken and why. */
export const EventDetails = memo((props: EventDetailsProps) => {
  const { entry, devices } = props
  const { record } = entry
  const device = devices.find(({ key }) => key === entry.device)
  return (
    <section className="fmi-event-details" aria-label="Chosen event" data-testid="event-details">
      <p className="fmi-details-name">
        <strong>{typeOf(record)}</strong>
        <span className="fmi-note">
          {timeOfDay(record.at)} · {device?.title} · no. {record.n}
        </span>
      </p>
      {record.kind === 'event' ? <EventParts record={record} {...props} /> : <OtherParts record={record} />}
    </section>
  )
})
