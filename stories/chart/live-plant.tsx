import { useEffect, useState } from 'react'
import { type AnyTransitionDefinition, createActor, type InspectionEvent, SimulatedClock } from 'xstate'
import { activeStates, describeMachine, StateChart, transitionId } from '#chart/index'
import { plantMachine } from './odd-machines.ts'

const model = describeMachine(plantMachine)

interface Moment {
  readonly active: readonly string[]
  readonly last: readonly string[]
}

/** An actor of the plant whose time passes by hand; it is started by its first subscriber. */
const createPlant = () => {
  const clock = new SimulatedClock()
  let taken: AnyTransitionDefinition[] = []
  const inspect = (event: InspectionEvent): void => {
    if (event.type === '@xstate.microstep') taken.push(...event._transitions)
  }
  const plant = createActor(plantMachine, { clock, inspect })
  const follow = (tell: (moment: Moment) => void) => {
    const note = (): void => {
      tell({ active: activeStates(plant.getSnapshot()), last: taken.map(transitionId) })
      taken = []
    }
    const subscription = plant.subscribe(note)
    plant.start()
    return () => subscription.unsubscribe()
  }
  return { plant, clock, follow }
}

/** The chart of a running machine: what is active is lit, what it took last is marked. */
export const LivePlant = () => {
  const [{ plant, clock, follow }] = useState(createPlant)
  const [moment, setMoment] = useState<Moment>({ active: [], last: [] })
  useEffect(() => follow(setMoment), [follow])
  const send = (type: string) => () => plant.send({ type })
  return (
    <>
      <p style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', marginBottom: '1rem' }}>
        {['switch on', 'next', 'alarm', 'hand over', 'switch off'].map((type) => (
          <button key={type} type="button" onClick={send(type)}>
            {type}
          </button>
        ))}
        <button type="button" onClick={() => clock.increment(45_000)}>
          45 s later
        </button>
      </p>
      <StateChart model={model} active={moment.active} last={moment.last} />
    </>
  )
}
