import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import type { ChartModel, ChartState } from './chart.types.ts'
import type { Area, ChartLayout, PlacedBox, PlacedEdge, PlacedStart, Point } from './layout.types.ts'
import { type ElkTask, startOf } from './to-elk.ts'

const areaOf = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Area>): Area => ({ x, y, width, height })

const pointsOf = ({ sections = [] }: ElkExtendedEdge): Point[] =>
  sections.flatMap(({ startPoint, bendPoints = [], endPoint }) =>
    [startPoint, ...bendPoints, endPoint].map(({ x, y }) => ({ x, y })),
  )

const foldOf = ({ states }: ChartState, isOpen: boolean): PlacedBox['fold'] => {
  if (states.length === 0) return 'none'
  return isOpen ? 'open' : 'closed'
}

const everyNode = (node: ElkNode): ElkNode[] => [node, ...(node.children ?? []).flatMap(everyNode)]

const boxesOf = ({ root }: ChartModel, nodes: ReadonlyMap<string, ElkNode>, { parts, visible }: ElkTask) => {
  const walk = (state: ChartState, depth: number, parent?: ChartState): PlacedBox[] => {
    const node = nodes.get(state.id)
    const own = parts.get(state.id)
    if (node === undefined || own === undefined) return []
    const isOpen = (node.children ?? []).length > 0
    const box: PlacedBox = {
      id: state.id,
      ...(parent !== undefined && { parent: parent.id }),
      depth,
      type: state.type,
      region: parent?.type === 'parallel',
      fold: foldOf(state, isOpen),
      parts: own,
      inside: visible.inside.get(state.id) ?? [],
      ...areaOf(node),
    }
    return [box, ...state.states.flatMap((inner) => walk(inner, depth + 1, state))]
  }
  return walk(root, 0)
}

const edgesOf = (placed: ReadonlyMap<string, ElkExtendedEdge>, { visible, lines, back }: ElkTask): PlacedEdge[] =>
  visible.edges.flatMap(({ id, source, target }) => {
    const edge = placed.get(id)
    if (edge === undefined) return []
    const points = back.has(id) ? pointsOf(edge).reverse() : pointsOf(edge)
    return [{ id, source, target, points, label: areaOf(edge.labels?.[0] ?? {}), lines: lines.get(id) ?? [] }]
  })

const startsOf = (
  boxes: readonly PlacedBox[],
  nodes: ReadonlyMap<string, ElkNode>,
  placed: ReadonlyMap<string, ElkExtendedEdge>,
): PlacedStart[] =>
  boxes.flatMap(({ id }) => {
    const [dot, edge] = [nodes.get(startOf(id)), placed.get(startOf(id))]
    if (dot === undefined || edge === undefined) return []
    const { x, y, width, height } = areaOf(dot)
    return [{ parent: id, dot: { x: x + width / 2, y: y + height / 2 }, points: pointsOf(edge) }]
  })

/** ELK's answer as a chart to be drawn. */
export const fromElk = (model: ChartModel, task: ElkTask, placed: ElkNode): ChartLayout => {
  const nodes = new Map(everyNode(placed).map((node) => [node.id, node]))
  const edges = new Map((placed.edges ?? []).map((edge) => [edge.id, edge]))
  const boxes = boxesOf(model, nodes, task)
  const { width, height } = areaOf(placed)
  return { width, height, boxes, edges: edgesOf(edges, task), starts: startsOf(boxes, nodes, edges) }
}
