import type { AnyStateMachine } from 'xstate'
import type { ChartModel } from '#chart/chart.types'
import { describeMachine } from '#chart/describe-machine'
import { cutText } from './cut-text.ts'
import { fitChart } from './fit-chart.ts'

/** Different machines of one id whose charts are kept: one that is made anew for each actor must not fill the recording. */
const MOST_TWINS = 16

interface Page {
  readonly name: string
  readonly text: string
}

/**
 * Gives machines the names under which recordings know them: their ids, and `id#2` for another machine of the same id.
 * Each is drawn once, when it is first named.
 *
 * @param draw is given each chart, under the name of its machine
 */
export const createChartBook = (params: 'values' | 'names', draw: (chart: ChartModel) => void) => {
  /** By what a machine is declared as, which `.provide()` keeps. */
  const names = new WeakMap<object, string>()
  const pages = new Map<string, Page[]>()

  const describe = (machine: AnyStateMachine): ChartModel | undefined => {
    try {
      return fitChart(describeMachine(machine, { params }))
    } catch (error) {
      console.error('an inspector could not draw a machine', error)
      return undefined
    }
  }
  const enter = (machine: AnyStateMachine): string => {
    const id = cutText(machine.id)
    const chart = describe(machine)
    const twins = pages.get(id) ?? []
    pages.set(id, twins)
    const text = JSON.stringify(chart) ?? ''
    const same = twins.find((twin) => twin.text === text)
    if (same) return same.name
    const name = twins.length === 0 ? id : cutText(`${id}#${twins.length + 1}`)
    if (twins.length > MOST_TWINS) return name
    twins.push({ name, text })
    if (chart) draw({ ...chart, id: name })
    return name
  }
  return (machine: AnyStateMachine): string => {
    const known = names.get(machine.config)
    if (known !== undefined) return known
    const name = enter(machine)
    names.set(machine.config, name)
    return name
  }
}
