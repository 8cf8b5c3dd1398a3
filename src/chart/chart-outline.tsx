import { type KeyboardEvent, memo, useId, useMemo } from 'react'
import type { ChartModel, ChartState } from './chart.types.ts'
import { readingOrder } from './reading-order.ts'
import { saidOfStates } from './said-of-states.ts'

interface ChartOutlineProps {
  readonly model: ChartModel
  readonly label: string
  readonly lit: ReadonlySet<string>
  readonly folded: ReadonlySet<string>
  /** The state that the keyboard is at. */
  readonly cursor: string
  readonly onCursor: (id: string) => void
  readonly onToggle: (id: string) => void
}

interface Row {
  readonly state: ChartState
  readonly parent: ChartState | undefined
}

const rowsOf = (state: ChartState, folded: ReadonlySet<string>, parent?: ChartState): Row[] => [
  { state, parent },
  ...(folded.has(state.id) ? [] : readingOrder(state).flatMap((inner) => rowsOf(inner, folded, state))),
]

const nameOf = ({ key, type }: ChartState, lit: boolean): string =>
  [key, ...(type === 'final' ? ['final'] : []), ...(lit ? ['active'] : [])].join(', ')

interface OutlineItemProps extends Pick<ChartOutlineProps, 'lit' | 'folded'> {
  readonly state: ChartState
  readonly said: ReadonlyMap<string, string>
  readonly prefix: string
}

const OutlineItem = ({ state, lit, folded, said, prefix }: OutlineItemProps) => {
  const isLit = lit.has(state.id)
  const isOpen = !folded.has(state.id)
  return (
    <div
      id={`${prefix}${state.id}`}
      role="treeitem"
      tabIndex={-1}
      aria-label={nameOf(state, isLit)}
      aria-description={said.get(state.id)}
      {...(isLit && { 'aria-current': true })}
      {...(state.states.length > 0 && { 'aria-expanded': isOpen })}
    >
      {state.states.length > 0 && isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a group of a tree is no fieldset
        <div role="group">
          {readingOrder(state).map((inner) => (
            <OutlineItem key={inner.id} state={inner} lit={lit} folded={folded} said={said} prefix={prefix} />
          ))}
        </div>
      )}
    </div>
  )
}

/** Where a key leads: to a state, or to a fold. */
const movesOf = (rows: readonly Row[], at: number, folded: ReadonlySet<string>) => {
  const row = rows[at]
  const id = (index: number): string | undefined => rows[Math.min(Math.max(index, 0), rows.length - 1)]?.state.id
  const isFoldable = (row?.state.states.length ?? 0) > 0
  const isFolded = row !== undefined && folded.has(row.state.id)
  const toggle = isFoldable ? { toggle: row?.state.id } : {}
  return {
    ArrowDown: { go: id(at + 1) },
    ArrowUp: { go: id(at - 1) },
    Home: { go: id(0) },
    End: { go: id(rows.length - 1) },
    ArrowRight: isFolded ? toggle : { go: isFoldable ? id(at + 1) : id(at) },
    ArrowLeft: isFoldable && !isFolded && row?.parent !== undefined ? toggle : { go: row?.parent?.id ?? id(at) },
    Enter: toggle,
    ' ': toggle,
  } as const satisfies Record<string, { go?: string | undefined; toggle?: string | undefined }>
}

/**
 * A chart in words: its states as a tree, with those that are active. It is what assistive technology reads in place of
 * the drawing, and what the keyboard moves in; eyes follow in the drawing.
 */
export const ChartOutline = memo((props: ChartOutlineProps) => {
  const { model, label, lit, folded, cursor, onCursor, onToggle } = props
  const prefix = useId()
  const said = useMemo(() => saidOfStates(model), [model])
  const rows = rowsOf(model.root, folded)
  const at = Math.max(
    0,
    rows.findIndex(({ state }) => state.id === cursor),
  )
  const press = (event: KeyboardEvent): void => {
    // with these a key is the browser’s: back, top of the page
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const moves: Record<string, { go?: string | undefined; toggle?: string | undefined }> = movesOf(rows, at, folded)
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    if (move.toggle !== undefined) onToggle(move.toggle)
    if (move.go !== undefined) onCursor(move.go)
  }
  return (
    <div
      className="fm-chart-tree"
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={`${prefix}${rows[at]?.state.id ?? ''}`}
      onKeyDown={press}
      onFocus={() => onCursor(rows[at]?.state.id ?? model.root.id)}
    >
      <OutlineItem state={model.root} lit={lit} folded={folded} said={said} prefix={prefix} />
    </div>
  )
})
