import type { ChartModel } from './chart.types.ts'
import type { Layouter } from './create-layouter.ts'
import type { ChartDirection } from './layout.types.ts'

export interface StateChartProps {
  /** The machine, as `describeMachine` gives it. Keep the object: another one is placed anew. */
  readonly model: ChartModel
  /** Ids of the states that are active, as `activeStates` gives them. */
  readonly active?: readonly string[]
  /** Ids of the transitions taken last, as `transitionId` gives them. A new array is marked anew. */
  readonly last?: readonly string[]
  /** By default that of the page: `data-theme` around the chart, else what the device prefers. */
  readonly theme?: 'light' | 'dark'
  /** px, or a CSS length; by default what the chart needs, 620 px at most. */
  readonly height?: number | string
  /** The chart’s name for who cannot see it; by default the machine’s id. */
  readonly label?: string
  /** By default the one in which it can be shown larger. */
  readonly direction?: ChartDirection | 'auto'
  /** States shown at once before some are folded; 32 by default. What is active is shown in any case. */
  readonly budget?: number
  /** Ids of the states to fold, for a caller that decides itself; then `onToggle` tells what a person wants. */
  readonly folded?: ReadonlySet<string>
  /** A person folds or unfolds a state. */
  readonly onToggle?: (id: string) => void
  /** Without the words below the chart. */
  readonly bare?: boolean
  /** By default one for all charts of the page. */
  readonly layouter?: Layouter
}
