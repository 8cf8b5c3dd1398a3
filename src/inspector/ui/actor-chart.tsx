import { memo } from 'react'
import type { ChartModel } from '#chart/chart.types'
import { StateChart } from '#chart/index'
import type { SeenActor } from '../records.types.ts'

interface ActorChartProps {
  readonly seen: SeenActor | undefined
  readonly name: string
  readonly chart: ChartModel | undefined
}

const Nothing = ({ children }: { readonly children: string }) => <p className="fmi-note fmi-empty">{children}</p>

/** The chart of an actor, lit where it is. */
export const ActorChart = memo(({ seen, name, chart }: ActorChartProps) => {
  if (!seen) return <Nothing>Choose an actor to see its chart.</Nothing>
  if (!chart)
    return (
      <Nothing>
        {seen.machine === undefined
          ? `${name} is no machine: it has no states, so no chart. What it says and hears is below.`
          : `The chart of ${seen.machine} is not in this recording.`}
      </Nothing>
    )
  return (
    <StateChart
      model={chart}
      active={seen.states}
      last={seen.last}
      height="100%"
      budget={14}
      label={`Chart of ${name}`}
      bare
    />
  )
})
