import type { AnyStateMachine } from 'xstate'
import type { ChartModel } from '#chart/chart.types'
import { describeMachine } from '#chart/describe-machine'

const models = new Map<string, ChartModel>()

/** The chart of a machine; what `.provide()` makes of one has the same. */
export const chartOf = (machine: AnyStateMachine): ChartModel => {
  const model = models.get(machine.id) ?? describeMachine(machine)
  models.set(machine.id, model)
  return model
}
