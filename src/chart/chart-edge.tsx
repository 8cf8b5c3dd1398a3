import { memo } from 'react'
import { ROOM } from './chart-sizes.ts'
import { ChartWords } from './chart-words.tsx'
import { tipOf, wayOf } from './edge-path.ts'
import type { PlacedEdge, PlacedStart } from './layout.types.ts'

interface ChartEdgeProps {
  readonly edge: PlacedEdge
  /** It was taken last; changes from time to time, so that it is seen again. */
  readonly last: 'even' | 'odd' | undefined
  /** Ids of the transitions taken last, where they are among its lines. */
  readonly marked: ReadonlySet<string> | undefined
}

/** An arrow and its words. */
export const ChartEdge = memo(({ edge, last, marked }: ChartEdgeProps) => {
  const { label, lines } = edge
  const way = wayOf(edge.points)
  return (
    <g className="fm-edge" data-edge={edge.id} {...(last && { 'data-last': last })}>
      <path className="fm-hit" d={way} />
      <path className="fm-way" d={way} />
      <path className="fm-tip" d={tipOf(edge.points)} />
      <rect className="fm-label" x={label.x} y={label.y} width={label.width} height={label.height} rx={4} />
      {lines.map((line, index) => (
        <ChartWords
          key={line.transitions.join()}
          line={line}
          index={index}
          x={label.x + 4}
          y={label.y + 12 + index * ROOM.line}
          last={line.transitions.some((transition) => marked?.has(transition))}
        />
      ))}
    </g>
  )
})

/** Where a state begins. */
export const ChartStart = memo(({ start }: { readonly start: PlacedStart }) => (
  <g className="fm-edge fm-start">
    <path d={wayOf(start.points)} />
    <path className="fm-tip" d={tipOf(start.points)} />
    <circle cx={start.dot.x} cy={start.dot.y} r={ROOM.start / 2} />
  </g>
))
