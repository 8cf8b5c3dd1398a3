import { useMemo } from 'react'
import { activeStates } from '#chart/active-states'
import { StateChart } from '../../src/chart/state-chart.tsx'
import { transitionId } from '#chart/transition-id'
import { chartOf } from './machine-charts.ts'
import type { ActorAt } from './moment.types.ts'

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
  return <StateChart model={chartOf(machine)} active={active} last={taken} height={HEIGHT} label={label} bare />
}
