import { useCallback, useMemo, useRef, useState } from 'react'
import { ChartDetails } from './chart-details.tsx'
import { ChartOutline } from './chart-outline.tsx'
import { ChartStage } from './chart-stage.tsx'
import { ChartTools } from './chart-tools.tsx'
import { createLayouter, type Layouter } from './create-layouter.ts'
import type { ChartLayout } from './layout.types.ts'
import { placeOfInterest } from './place-of-interest.ts'
import type { StateChartProps } from './state-chart.types.ts'
import { useBeat } from './use-beat.ts'
import { useChartLayout } from './use-chart-layout.ts'
import { CHART_STYLES } from './chart-styles.ts'
import { useAdoptedStyles } from './use-adopted-styles.ts'
import { useFolding } from './use-folding.ts'
import { usePointing } from './use-pointing.ts'
import { useSize } from './use-size.ts'
import { useViewport } from './use-viewport.ts'
import { homeView } from './viewport.ts'

/** Heights of the drawing in px: at most, at least, and until it is placed. */
const HEIGHT = { most: 620, least: 140, loading: 240 } as const
const MARGIN = 20
const NOTHING: readonly string[] = []

let shared: Layouter | undefined
const sharedLayouter = (): Layouter => {
  shared ??= createLayouter()
  return shared
}

const heightFor = (layout: ChartLayout | undefined, width: number | undefined): number => {
  if (layout === undefined || width === undefined) return HEIGHT.loading
  const { k } = homeView(layout, { width, height: HEIGHT.most }, undefined)
  return Math.min(HEIGHT.most, Math.max(HEIGHT.least, Math.ceil(layout.height * k) + MARGIN))
}

/** Which states are folded, by itself or by the caller. */
const useFolded = ({ model, active = NOTHING, budget, folded, onToggle }: StateChartProps) => {
  const own = useFolding(model, active, budget)
  const { toggle: fold } = own
  const toggle = useCallback(
    (id: string) => {
      if (folded === undefined) fold(id)
      onToggle?.(id)
    },
    [folded, fold, onToggle],
  )
  return { folded: folded ?? own.folded, toggle }
}

/** Places the chart for the room there is, and looks at it. */
const usePlaced = (props: StateChartProps, folded: ReadonlySet<string>, lit: ReadonlySet<string>) => {
  const { model, last = NOTHING, height, direction = 'auto', layouter } = props
  const stage = useRef<HTMLDivElement>(null)
  const size = useSize(stage)
  const width = size?.width
  const tall = height === undefined ? HEIGHT.most : size?.height
  const room = useMemo(
    () => (width === undefined || tall === undefined ? undefined : { width, height: tall }),
    [width, tall],
  )
  const [own] = useState(() => layouter ?? sharedLayouter())
  const { layout, failure } = useChartLayout(layouter ?? own, model, folded, direction, room)
  const matters = useMemo(() => placeOfInterest(layout, lit, last), [layout, lit, last])
  const viewport = useViewport(stage, size, layout, matters)
  return { stage, layout, failure, viewport, height: height ?? heightFor(layout, width) }
}

/**
 * A statechart that can be watched: states within states, where they begin, guards, delays, children; what is active is
 * lit and what was taken last is marked. Drag to move, Ctrl and wheel (or two fingers) to zoom, click to fold; by
 * keyboard the arrows go from state to state and Enter folds. Places itself in a worker (elkjs, a peer dependency),
 * loaded with the first chart.
 *
 * @example
 * const model = describeMachine(doorMachine)
 * const snapshot = useSelector(door, (snapshot) => snapshot)
 * <StateChart model={model} active={activeStates(snapshot)} />
 */
export const StateChart = (props: StateChartProps) => {
  const { model, active = NOTHING, last = NOTHING, theme, label = model.id, bare = false } = props
  const chart = useRef<HTMLElement>(null)
  useAdoptedStyles(chart, CHART_STYLES)
  const lit = useMemo(() => new Set(active), [active])
  const marked = useMemo(() => new Set(last), [last])
  const beat = useBeat(last)
  const { folded, toggle } = useFolded(props)
  const { stage, layout, failure, viewport, height } = usePlaced(props, folded, lit)
  const { pointed, setPointed, handlers } = usePointing(toggle)
  const [cursor, setCursor] = useState(model.root.id)
  const { reveal } = viewport
  const goTo = useCallback(
    (id: string) => {
      setCursor(id)
      setPointed({ state: id })
      const box = layout?.boxes.find((each) => each.id === id)
      if (box) reveal(box)
    },
    [layout, reveal, setPointed],
  )
  const outline = { model, label, lit, folded, cursor, onCursor: goTo, onToggle: toggle }
  const drawn = { stage, height, layout, failure, view: viewport.view, lit, last: marked, beat, cursor, handlers }
  return (
    <figure ref={chart} className="fm-chart" aria-label={label} {...(theme && { 'data-theme': theme })}>
      <ChartOutline {...outline} />
      <ChartStage {...drawn} />
      <div className="fm-chart-foot">
        {!bare && <ChartDetails model={model} layout={layout} pointed={pointed} lit={lit} />}
        <ChartTools label={label} onZoomIn={viewport.zoomIn} onZoomOut={viewport.zoomOut} onFit={viewport.fit} />
      </div>
    </figure>
  )
}
