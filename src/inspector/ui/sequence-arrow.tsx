import { memo } from 'react'
import type { Arrow, ArrowEnd, SequenceScale } from './sequence-model.ts'
import { lineX, rowY, SEQUENCE } from './sequence-sizes.ts'

interface SequenceArrowProps {
  readonly arrow: Arrow
  /** Width of the drawing, px. */
  readonly width: number
  readonly scale: SequenceScale
  readonly isLater: boolean
  readonly isChosen: boolean
}

const { stub, tip, loop } = SEQUENCE

/** What has no line at one end comes from the edge of the drawing, or a short way off. */
const ends = ({ from, to, kind }: Arrow, width: number, scale: SequenceScale) => {
  const x = (end: ArrowEnd): number | undefined => (end.line === undefined ? undefined : lineX(end.line, scale))
  const [x1, x2] = [x(from), x(to)]
  if (kind === 'event') return { x1: x1 ?? (x2 ?? 0) - stub, x2: x2 ?? 0 }
  return { x1: x1 ?? width - stub / 2, x2: x2 ?? width - stub / 2 }
}

/** Letters that have room between two lines. */
const LONGEST = 40
const labelOf = ({ label }: Arrow): string => (label.length > LONGEST ? `${label.slice(0, LONGEST)}…` : label)

const tipPath = (x: number, y: number, dx: number, dy: number): string => {
  const length = Math.hypot(dx, dy) || 1
  const [ux, uy] = [dx / length, dy / length]
  const [bx, by] = [x - ux * tip, y - uy * tip]
  const half = tip * 0.45
  return `M${x} ${y}L${bx - uy * half} ${by + ux * half}L${bx + uy * half} ${by - ux * half}Z`
}

const Loop = ({ x, y, label }: { readonly x: number; readonly y: number; readonly label: string }) => (
  <>
    <path className="fmi-way" d={`M${x} ${y - loop / 2}h${loop}v${loop}h${-loop}`} />
    <path className="fmi-tip" d={tipPath(x, y + loop / 2, -1, 0)} />
    <text x={x + loop + 5} y={y + 4}>
      {label}
    </text>
  </>
)

/** One arrow of a sequence diagram: level within a device, slanted where it takes time to another one. */
export const SequenceArrow = memo(({ arrow, width, scale, isLater, isChosen }: SequenceArrowProps) => {
  const { x1, x2 } = ends(arrow, width, scale)
  const [y1, y2] = [rowY(arrow.from.row), rowY(arrow.to.row)]
  const isLoop = x1 === x2 && y1 === y2
  const label = labelOf(arrow)
  const isHalf = arrow.from.line === undefined || arrow.to.line === undefined
  // A wire’s words stand where it begins: it may be long.
  const at = arrow.kind === 'event' ? 0.5 : 0.32
  const [x, y] = [x1 + (x2 - x1) * at, y1 + (y2 - y1) * at]
  return (
    <g
      className="fmi-arrow"
      data-kind={arrow.kind}
      {...(isHalf && { 'data-half': '' })}
      {...(isLater && { 'data-later': '' })}
      {...(isChosen && { 'data-chosen': '' })}
    >
      {isLoop ? (
        <Loop x={x1} y={y1} label={label} />
      ) : (
        <>
          <path className="fmi-way" d={`M${x1} ${y1}L${x2} ${y2}`} />
          <path className="fmi-tip" d={tipPath(x2, y2, x2 - x1, y2 - y1)} />
          <text x={x} y={y - 3} textAnchor="middle">
            {label}
          </text>
        </>
      )}
    </g>
  )
})
