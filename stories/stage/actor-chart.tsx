import { activeStates } from '#chart/active-states'
import { describeMachine } from '#chart/describe-machine'
import type { ChartModel, ChartState } from '#chart/chart.types'
import type { AnyStateMachine } from 'xstate'
import type { ActorAt } from './moment.types.ts'

const models = new Map<string, ChartModel>()

/** What `.provide()` makes of a machine has the same chart. */
const modelOf = (machine: AnyStateMachine): ChartModel => {
  const model = models.get(machine.id) ?? describeMachine(machine)
  models.set(machine.id, model)
  return model
}

/** The chart of one actor as it was at the moment shown. */
export const ActorChart = ({ actor }: { readonly actor: ActorAt }) => {
  const active = new Set(activeStates(actor.snapshot))
  return (
    <ul className="stage-states">
      <State state={modelOf(actor.machine).root} active={active} />
    </ul>
  )
}

const State = ({ state, active }: { readonly state: ChartState; readonly active: ReadonlySet<string> }) => {
  const inside = state.states.filter(({ id }) => active.has(id))
  return (
    <li title={state.description}>
      <span>{state.key}</span>
      {inside.length > 0 && (
        <ul>
          {inside.map((one) => (
            <State key={one.id} state={one} active={active} />
          ))}
        </ul>
      )}
    </li>
  )
}
