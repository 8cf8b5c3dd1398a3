import type { TimelineView } from './timeline.ts'
import type { ActorChoice } from './actor-choice.ts'
import { ownLaws } from './own-charts.ts'
import { timeOfDay } from './words.ts'

/** A law that ceased to hold, and the place where it did. */
export interface BrokenLaw {
  readonly law: string
  readonly says: string
  readonly at: number
  readonly place: number
}

/** Laws of an actor that ceased to hold until a place, the last ones first. */
export const brokenLaws = ({ entries }: TimelineView, choice: ActorChoice | undefined, until: number): BrokenLaw[] =>
  entries
    .slice(0, until + 1)
    .flatMap(({ device, at, record }, place) =>
      record.kind === 'law' && device === choice?.device && record.actor === choice.actor
        ? [{ law: record.law, says: record.says, at, place }]
        : [],
    )
    .reverse()

interface LawListProps {
  readonly machine: string
  readonly broken: readonly BrokenLaw[]
  readonly onGoTo: (place: number) => void
}

/** The laws of a machine: those that ceased to hold first, in red, with the way to the moment. */
export const LawList = ({ machine, broken, onGoTo }: LawListProps) => {
  const laws = ownLaws(machine).filter(({ id }) => !broken.some(({ law }) => law === id))
  const isKnown = laws.length + broken.length > 0
  return (
    <section>
      <h3 className="fmi-part">Laws</h3>
      {broken.map(({ law, says, at, place }) => (
        <p key={place} className="fmi-broken" data-testid={`law-${law}`}>
          <strong>{law}</strong> did not hold: {says}.{' '}
          <button type="button" className="fmi-link" onClick={() => onGoTo(place)}>
            {timeOfDay(at)}
          </button>
        </p>
      ))}
      {!isKnown && <p className="fmi-note">No law is known of this machine.</p>}
      {laws.length > 0 && (
        <details className="fmi-laws">
          <summary>{broken.length === 0 ? `All ${laws.length} hold` : `${laws.length} others hold`}</summary>
          <ul>
            {laws.map(({ id, says }) => (
              <li key={id}>
                <strong>{id}</strong> {says}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
