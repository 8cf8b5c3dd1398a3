import type { ChartModel, ChartTransition } from '#chart/chart.types'
import { statesWithin } from '#chart/chart-tree'
import type { InspectorSource } from '../inspector-source.types.ts'

/** Letters of an id that tell devices apart. */
const SHORT = 6

/** What a device is called: its name, else the beginning of its id. */
export const deviceTitle = (source: Pick<InspectorSource, 'name' | 'peerId'> | undefined, at: number): string =>
  source?.name || source?.peerId.slice(0, SHORT) || `Device ${at + 1}`

const TWO = 2
const THREE = 3
const padded = (value: number, digits: number): string => String(value).padStart(digits, '0')

/** The time of day of a record, to the millisecond: `10:04:09.120`. */
export const timeOfDay = (at: number): string => {
  const time = new Date(at)
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => padded(part, TWO)).join(':')
  return `${clock}.${padded(time.getMilliseconds(), THREE)}`
}

const keysOf = new WeakMap<ChartModel, ReadonlyMap<string, string>>()

const keysIn = (chart: ChartModel): ReadonlyMap<string, string> => {
  const known = keysOf.get(chart) ?? new Map(statesWithin(chart.root).map(({ id, key }) => [id, key] as const))
  keysOf.set(chart, known)
  return known
}

/** A state’s name in its chart, such as `waiting`. */
export const stateName = (chart: ChartModel | undefined, id: string): string =>
  (chart && keysIn(chart).get(id)) || (id.split('.').at(-1) ?? id)

/** What a transition does to the state, such as `reaching → open`; what it is taken on, where it stays. */
export const transitionWords = (chart: ChartModel | undefined, { source, targets }: ChartTransition): string => {
  const from = stateName(chart, source)
  return targets.length === 0 ? `stays in ${from}` : `${from} → ${targets.map((id) => stateName(chart, id)).join(', ')}`
}

/** A count with its noun: `1 event`, `1,204 events`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
