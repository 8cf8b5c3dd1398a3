import { memo } from 'react'
import type { ChartModel, ChartState } from '#chart/chart.types'
import { statesWithin } from '#chart/chart-tree'
import type { SeenActor } from '../records.types.ts'
import { stateWithRegion, tellingStates } from './actor-tree-model.ts'
import { type BrokenLaw, LawList } from './law-list.tsx'
import { JsonTree } from './json-tree.tsx'

interface ActorDetailsProps {
  readonly seen: SeenActor
  readonly name: string
  readonly chart: ChartModel | undefined
  readonly broken: readonly BrokenLaw[]
  readonly onGoTo: (place: number) => void
}

const States = ({ chart, seen }: Pick<ActorDetailsProps, 'seen'> & { readonly chart: ChartModel }) => {
  const all = new Map(statesWithin(chart.root).map((state) => [state.id, state] as const))
  const states = tellingStates(chart, seen.states).flatMap((id): ChartState[] => [all.get(id) ?? []].flat())
  if (states.length === 0) return <p className="fmi-note">In no state that its chart knows.</p>
  return (
    <ul className="fmi-states">
      {states.map(({ id, description }) => (
        <li key={id}>
          <strong>{stateWithRegion(chart, id)}</strong> {description}
        </li>
      ))}
    </ul>
  )
}

/** What an actor is doing, in words: the states it is in, its laws, what it remembers. */
export const ActorDetails = memo(({ seen, name, chart, broken, onGoTo }: ActorDetailsProps) => (
  <div className="fmi-details" data-testid="actor-details">
    <p className="fmi-details-name">
      <strong>{name}</strong>
      <span className="fmi-note">
        {[seen.machine ?? seen.src, seen.status === 'active' ? '' : seen.status].filter(Boolean).join(' · ')}
      </span>
    </p>
    {chart && (
      <section>
        <h3 className="fmi-part">States</h3>
        <States chart={chart} seen={seen} />
      </section>
    )}
    {seen.machine !== undefined && <LawList machine={seen.machine} broken={broken} onGoTo={onGoTo} />}
    <section>
      <h3 className="fmi-part">Context</h3>
      {seen.context === undefined ? (
        <p className="fmi-note">None.</p>
      ) : (
        <JsonTree value={seen.context} name="context" open={2} />
      )}
    </section>
  </div>
))
