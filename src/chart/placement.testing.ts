import type { Area, ChartLayout, PlacedBox, Point } from './layout.types.ts'

const SLACK = 0.5

const contains = (outer: Area, inner: Area): boolean =>
  inner.x >= outer.x - SLACK &&
  inner.y >= outer.y - SLACK &&
  inner.x + inner.width <= outer.x + outer.width + SLACK &&
  inner.y + inner.height <= outer.y + outer.height + SLACK

const overlaps = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width - SLACK &&
  b.x < a.x + a.width - SLACK &&
  a.y < b.y + b.height - SLACK &&
  b.y < a.y + a.height - SLACK

const misplaced = (box: PlacedBox, boxes: readonly PlacedBox[], layout: ChartLayout): string[] => {
  const parent = boxes.find(({ id }) => id === box.parent)
  const area = { x: 0, y: 0, width: layout.width, height: layout.height }
  const siblings = boxes.filter(({ id, parent: its }) => its === box.parent && id > box.id)
  return [
    ...(contains(parent ?? area, box) ? [] : [`${box.id} sticks out of ${box.parent ?? 'the drawing'}`]),
    ...siblings.filter((other) => overlaps(box, other)).map((other) => `${box.id} overlaps ${other.id}`),
    ...(box.width + SLACK < box.parts.width ? [`${box.id} is too narrow for what stands in it`] : []),
    ...(box.height + SLACK < box.parts.height ? [`${box.id} is too low for what stands in it`] : []),
  ]
}

const isOnBorder = ({ x, y, width, height }: Area, at: { x: number; y: number } | undefined): boolean => {
  if (at === undefined) return false
  const isWithin = contains({ x, y, width, height }, { ...at, width: 0, height: 0 })
  const distance = Math.min(at.x - x, x + width - at.x, at.y - y, y + height - at.y)
  return isWithin && Math.abs(distance) < 1
}

const between = (a: Point, b: Point): Area => ({
  x: Math.min(a.x, b.x) - 2 * SLACK,
  y: Math.min(a.y, b.y) - 2 * SLACK,
  width: Math.abs(a.x - b.x) + 4 * SLACK,
  height: Math.abs(a.y - b.y) + 4 * SLACK,
})

/** The border belongs to the arrows that end there; within it they cross nothing that is to be read. */
const headOf = ({ x, y, parts }: PlacedBox): Area => ({
  x: x + 3 * SLACK,
  y: y + 3 * SLACK,
  width: parts.width - 6 * SLACK,
  height: parts.height - 6 * SLACK,
})

/** Arrows and their words that cross what stands in a state: its name, its children, what it does and stays. */
const crossings = ({ boxes, edges, starts }: ChartLayout): string[] => {
  const arrows = [
    ...edges.map(({ source, target, points, label }) => ({ name: `from ${source} to ${target}`, points, label })),
    ...starts.map(({ parent, points }) => ({ name: `where ${parent} begins`, points, label: undefined })),
  ]
  return boxes.flatMap((box) => {
    const head = headOf(box)
    const isCrossed = ({ points, label }: (typeof arrows)[number]): boolean =>
      (label !== undefined && label.width > 0 && overlaps(head, label)) ||
      points.some((point, at) => at > 0 && overlaps(head, between(points[at - 1] ?? point, point)))
    return arrows.filter(isCrossed).map(({ name }) => `the arrow ${name} crosses what stands in ${box.id}`)
  })
}

/** What is wrong with a placed chart, in words; nothing for a sound one. */
export const misplacements = (layout: ChartLayout): string[] => {
  const byId = new Map(layout.boxes.map((box) => [box.id, box]))
  const loose = layout.edges.flatMap(({ source, target, points, lines, label }) => {
    const [from, to] = [byId.get(source), byId.get(target)]
    const ends = from && to && isOnBorder(from, points[0]) && isOnBorder(to, points.at(-1))
    const isRead = lines.length === 0 || label.width >= Math.max(...lines.map(({ width }) => width))
    return [
      ...(ends ? [] : [`the arrow from ${source} to ${target} does not end at both`]),
      ...(isRead ? [] : [`the words from ${source} to ${target} have no room`]),
    ]
  })
  return [...layout.boxes.flatMap((box) => misplaced(box, layout.boxes, layout)), ...loose, ...crossings(layout)]
}
