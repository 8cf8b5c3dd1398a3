import { useMemo } from 'react'
import type { AnyStateMachine } from 'xstate'
import { activeStates } from '#chart/active-states'
import type { ChartModel } from '#chart/chart.types'
import { describeMachine } from '#chart/describe-machine'
import { StateChart } from '../../src/chart/state-chart.tsx'
import { transitionId } from '#chart/transition-id'
import type { ActorAt } from './moment.types.ts'

const models = new Map<string, ChartModel>()

/** What `.provide()` makes of a machine has the same chart. */
const modelOf = (machine: AnyStateMachine): ChartModel => {
  const model = models.get(machine.id) ?? describeMachine(machine)
  models.set(machine.id, model)
  return model
}

/** px. */
const HEIGHT = 320

interface ActorChartProps {
  readonly actor: ActorAt
  readonly label: string
}

/** The chart of one actor as it was at the moment shown. */
export const ActorChart = ({ actor: { machine, snapshot, last }, label }: ActorChartProps) => {
  const active = useMemo(() => activeStates(snapshot), [snapshot])
  const taken = useMemo(() => last.map(transitionId), [last])
  return <StateChart model={modelOf(machine)} active={active} last={taken} height={HEIGHT} label={label} bare />
}
