import type { HTMLAttributes, RefObject } from 'react'
import { ChartDrawing } from './chart-drawing.tsx'
import type { ChartLayout } from './layout.types.ts'
import type { View } from './viewport.ts'

interface ChartStageProps {
  readonly stage: RefObject<HTMLDivElement | null>
  readonly height: number | string
  readonly layout: ChartLayout | undefined
  readonly failure: string | undefined
  readonly view: View | undefined
  readonly lit: ReadonlySet<string>
  readonly last: ReadonlySet<string>
  readonly beat: 'even' | 'odd'
  /** The state that the keyboard is at. */
  readonly cursor: string
  readonly handlers: HTMLAttributes<HTMLDivElement>
}

const Cursor = ({ layout, id }: { readonly layout: ChartLayout; readonly id: string }) => {
  const box = layout.boxes.find((each) => each.id === id)
  if (box === undefined) return null
  const { x, y, width, height } = box
  return <rect className="fm-cursor" x={x - 4} y={y - 4} width={width + 8} height={height + 8} rx={11} />
}

/** Where a chart is drawn: the drawing, or why there is none (yet). What it shows, the outline says in words. */
export const ChartStage = (props: ChartStageProps) => {
  const { stage, height, layout, failure, view, lit, last, beat, cursor, handlers } = props
  const words = failure ?? (layout === undefined ? 'The chart is being drawn …' : undefined)
  return (
    <div ref={stage} className="fm-chart-stage" style={{ height }} {...handlers}>
      {words !== undefined && (
        <p className="fm-chart-note" role={failure === undefined ? 'status' : 'alert'}>
          {words}
        </p>
      )}
      {layout !== undefined && view !== undefined && (
        <svg aria-hidden="true">
          <g transform={`translate(${view.x} ${view.y}) scale(${view.k})`}>
            <ChartDrawing layout={layout} lit={lit} last={last} beat={beat} />
            <Cursor layout={layout} id={cursor} />
          </g>
        </svg>
      )}
    </div>
  )
}
