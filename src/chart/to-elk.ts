import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import { boxParts } from './box-parts.ts'
import type { ChartModel, ChartState } from './chart.types.ts'
import { ROOM } from './chart-sizes.ts'
import { crossedBorders } from './crossed-borders.ts'
import type { BoxParts, ChartDirection, ChartLine } from './layout.types.ts'
import { linesOf } from './lines-of.ts'
import { placesInOrder, readingOrder } from './reading-order.ts'
import { type VisibleChart, visibleChart } from './visible-chart.ts'

/** The id under which the dot of a state's beginning is placed. */
export const startOf = (id: string): string => `start ${id}`

/** What is to be placed: the graph for ELK, and what it does not need to know. */
export interface ElkTask {
  readonly graph: ElkNode
  readonly parts: ReadonlyMap<string, BoxParts>
  readonly lines: ReadonlyMap<string, readonly ChartLine[]>
  /**
   * Edges that ELK was given the other way round: those that lead back. So the chart is read in the order in which it
   * is declared (ELK’s own model order fails on nested graphs).
   */
  readonly back: ReadonlySet<string>
  readonly visible: VisibleChart
}

/** ELK hands none of these down to nested nodes, so each of them gets all. */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '20',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.spacing.nodeNode': '22',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '10',
  'elk.spacing.edgeLabel': '3',
  'elk.spacing.componentComponent': '24',
  'elk.padding': '[top=8,left=8,bottom=8,right=8]',
} as const

const startNode = (state: ChartState): ElkNode[] =>
  state.states.some(({ initial }) => initial) ? [{ id: startOf(state.id), width: ROOM.start, height: ROOM.start }] : []

const startEdge = (state: ChartState): ElkExtendedEdge[] =>
  state.states
    .filter(({ initial }) => initial)
    .map(({ id }) => ({ id: startOf(state.id), sources: [startOf(state.id)], targets: [id] }))

/** Regions stand beside one another as they are declared, and begin at one line. */
const inOrder = (regions: readonly ElkNode[], direction: ChartDirection): ElkNode[] =>
  regions.map((region, at) => ({
    ...region,
    layoutOptions: {
      ...region.layoutOptions,
      'elk.position': `(${at * 1_000}, ${at * 1_000})`,
      'elk.alignment': direction === 'right' ? 'LEFT' : 'TOP',
    },
  }))

/**
 * Room for what stands in a state: above what is in it, or beside that where arrows come in from above. Arrows cross a
 * border where the chart begins or ends in the direction of reading, and never within the padding along it.
 */
const paddingOf = ({ width, height }: BoxParts, isBeside: boolean): string =>
  isBeside ? `[top=16,left=${width + 8},bottom=16,right=16]` : `[top=${height + 8},left=16,bottom=16,right=16]`

const openNode = (
  state: ChartState,
  { width, height }: BoxParts,
  direction: ChartDirection,
  padding: string,
  children: ElkNode[],
): ElkNode => ({
  id: state.id,
  children: [...startNode(state), ...(state.type === 'parallel' ? inOrder(children, direction) : children)],
  layoutOptions: {
    ...OPTIONS,
    ...(state.type === 'parallel' && { 'elk.layered.crossingMinimization.semiInteractive': 'true' }),
    'elk.padding': padding,
    'elk.nodeSize.constraints': 'MINIMUM_SIZE',
    // nested nodes are measured along the direction of reading
    'elk.nodeSize.minimum': direction === 'right' ? `(${width}, ${height})` : `(${height}, ${width})`,
  },
})

const labelOf = (lines: readonly ChartLine[]) =>
  lines.length === 0
    ? []
    : [
        {
          // without any text ELK would not place it
          text: 'label',
          layoutOptions: { 'elk.edgeLabels.inline': 'true' },
          width: Math.max(...lines.map(({ width }) => width)) + 8,
          height: lines.length * ROOM.line + 2,
        },
      ]

/** The boxes of a chart as nested nodes, and the arrows from the dots where states begin. */
const nodesOf = (
  model: ChartModel,
  folded: ReadonlySet<string>,
  direction: ChartDirection,
  { stays, edges }: VisibleChart,
) => {
  const crossed = crossedBorders(model, edges)
  const parts = new Map<string, BoxParts>()
  const starts: ElkExtendedEdge[] = []
  const nodeOf = (state: ChartState): ElkNode => {
    const isOpen = state.states.length > 0 && !folded.has(state.id)
    const own = boxParts(state, stays.get(state.id) ?? [], !isOpen)
    parts.set(state.id, own)
    if (!isOpen) return { id: state.id, width: own.width, height: own.height }
    starts.push(...startEdge(state))
    const padding = paddingOf(own, direction === 'down' && crossed.has(state.id))
    return openNode(state, own, direction, padding, readingOrder(state).map(nodeOf))
  }
  return { parts, starts, node: nodeOf(model.root) }
}

/** Describes a chart to ELK, which places it: sizes of all boxes and labels, nesting, and what leads where. */
export const toElk = (model: ChartModel, folded: ReadonlySet<string>, direction: ChartDirection): ElkTask => {
  const visible = visibleChart(model, folded)
  const { parts, starts, node } = nodesOf(model, folded, direction, visible)
  const lines = new Map(visible.edges.map(({ id, transitions }) => [id, linesOf(transitions)]))
  const places = placesInOrder(model)
  const back = new Set(
    visible.edges
      .filter(({ source, target }) => (places.get(source) ?? 0) > (places.get(target) ?? 0))
      .map(({ id }) => id),
  )
  const edges = visible.edges.map(({ id, source, target }): ElkExtendedEdge => {
    const [from, to] = back.has(id) ? [target, source] : [source, target]
    return { id, sources: [from], targets: [to], labels: labelOf(lines.get(id) ?? []) }
  })
  const graph = {
    id: ' ',
    children: [node],
    edges: [...starts, ...edges],
    layoutOptions: { ...OPTIONS, 'elk.direction': direction.toUpperCase() },
  }
  return { graph, parts, lines, back, visible }
}
