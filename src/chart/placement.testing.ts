import type { Area, ChartLayout, PlacedBox } from './layout.types.ts'

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
  return [...layout.boxes.flatMap((box) => misplaced(box, layout.boxes, layout)), ...loose]
}
