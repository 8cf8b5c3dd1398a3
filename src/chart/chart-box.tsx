import { memo } from 'react'
import { ROOM } from './chart-sizes.ts'
import { ChartWords } from './chart-words.tsx'
import type { BoxParts, Chip, PlacedBox } from './layout.types.ts'

interface ChartBoxProps {
  readonly box: PlacedBox
  readonly lit: boolean
  /** Something within it happened last; changes from time to time, so that it is seen again. */
  readonly last: 'even' | 'odd' | undefined
}

const RADIUS = 8
const radiusOf = ({ type, height }: PlacedBox): number => (type === 'history' ? height / 2 : RADIUS)

const Final = ({ x, y, width, height }: PlacedBox) => (
  <rect className="fm-final" x={x + 3} y={y + 3} width={width - 6} height={height - 6} rx={RADIUS - 3} />
)

/** The frame of a state. */
export const ChartBox = memo(({ box, lit, last }: ChartBoxProps) => {
  const { id, x, y, width, height, fold } = box
  const area = { x, y, width, height, rx: radiusOf(box) }
  return (
    <g
      className="fm-box"
      data-state={id}
      data-fold={fold}
      {...(fold === 'closed' && { 'data-toggle': id })}
      {...(box.region && { 'data-region': '' })}
      {...(lit && { 'data-lit': '' })}
      {...(last && { 'data-last': last })}
    >
      {fold === 'closed' && <rect className="fm-stack" {...area} x={x + 4} y={y + 4} />}
      <rect {...area} />
      {box.type === 'final' && <Final {...box} />}
    </g>
  )
})

/** A triangle for what runs while the state lasts, a cross for what is started and goes on. */
const ICONS = { invoked: 'M0-3.5L5.5 0L0 3.5Z', spawned: 'M-0.5 0H6.5M3-3.5V3.5' } as const

const ChartChip = ({ chip: { x, y, width, height, text, how } }: { readonly chip: Chip }) => (
  <g className="fm-chip" transform={`translate(${x} ${y})`}>
    <rect width={width} height={height} rx={height / 2} />
    <path d={ICONS[how]} transform={`translate(${ROOM.chipSide} ${height / 2})`} />
    <text x={ROOM.chipSide + ROOM.chipIcon} y={height / 2 + 4}>
      {text}
    </text>
  </g>
)

const Handle = ({ id, x, open }: { readonly id: string; readonly x: number; readonly open: boolean }) => (
  <g className="fm-handle" data-toggle={id} transform={`translate(${x} ${ROOM.head / 2})`}>
    <rect x={-9} y={-9} width={18} height={18} rx={5} />
    <path d={open ? 'M-4-2L0 2.5L4-2' : 'M-2-4L2.5 0L-2 4'} />
  </g>
)

const Title = ({ parts, foldable }: { readonly parts: BoxParts; readonly foldable: boolean }) => (
  <>
    <text className="fm-title" x={ROOM.side + (foldable ? ROOM.handle - 4 : 0)} y={20}>
      {parts.title}
    </text>
    {parts.note !== undefined && (
      <text className="fm-note" x={parts.width - ROOM.side} y={20} textAnchor="end">
        {parts.note}
      </text>
    )}
  </>
)

interface ChartHeadProps {
  readonly box: PlacedBox
  readonly lit: boolean
  /** Ids of the transitions taken last, where they are among its lines. */
  readonly marked: ReadonlySet<string> | undefined
}

/** What stands in a state's box; drawn above the arrows, some of which cross it. */
export const ChartHead = memo(({ box, lit, marked }: ChartHeadProps) => {
  const { id, parts, fold, x, y } = box
  const isLeaf = fold !== 'open'
  return (
    <g
      className="fm-head"
      data-state={id}
      transform={`translate(${x} ${y})`}
      {...(fold === 'closed' && { 'data-toggle': id })}
      {...(isLeaf && { 'data-leaf': '' })}
      {...(lit && { 'data-lit': '' })}
    >
      {fold !== 'none' && <Handle id={id} x={ROOM.side + 4} open={fold === 'open'} />}
      <Title parts={parts} foldable={fold !== 'none'} />
      {parts.chips.map((chip) => (
        <ChartChip key={chip.id} chip={chip} />
      ))}
      {parts.lines.map((line, index) => (
        <ChartWords
          key={line.transitions.join()}
          line={line}
          index={index}
          x={ROOM.side}
          y={parts.linesTop + 11 + index * ROOM.line}
          last={line.transitions.some((transition) => marked?.has(transition))}
        />
      ))}
    </g>
  )
})
