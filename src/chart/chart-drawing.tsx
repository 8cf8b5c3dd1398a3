import { memo } from 'react'
import { ChartBox, ChartHead } from './chart-box.tsx'
import { ChartEdge, ChartStart } from './chart-edge.tsx'
import type { ChartLayout, ChartLine } from './layout.types.ts'

interface ChartDrawingProps {
  readonly layout: ChartLayout
  /** Ids of active states. */
  readonly lit: ReadonlySet<string>
  /** Ids of the transitions taken last. */
  readonly last: ReadonlySet<string>
  readonly beat: 'even' | 'odd'
}

const touches = (last: ReadonlySet<string>, lines: readonly ChartLine[]): boolean =>
  last.size > 0 && lines.some(({ transitions }) => transitions.some((id) => last.has(id)))

/** The chart itself. What neither was nor is active is not rendered again when the machine moves. */
export const ChartDrawing = memo(({ layout, lit, last, beat }: ChartDrawingProps) => (
  <>
    {layout.boxes.map((box) => (
      <ChartBox
        key={box.id}
        box={box}
        lit={lit.has(box.id)}
        last={box.inside.some((id) => last.has(id)) ? beat : undefined}
      />
    ))}
    {layout.starts.map((start) => (
      <ChartStart key={start.parent} start={start} />
    ))}
    {layout.edges.map((edge) => {
      const isLast = touches(last, edge.lines)
      return <ChartEdge key={edge.id} edge={edge} last={isLast ? beat : undefined} marked={isLast ? last : undefined} />
    })}
    {layout.boxes.map((box) => (
      <ChartHead
        key={box.id}
        box={box}
        lit={lit.has(box.id)}
        marked={touches(last, box.parts.lines) ? last : undefined}
      />
    ))}
  </>
))
