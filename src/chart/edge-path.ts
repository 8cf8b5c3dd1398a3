import type { Point } from './layout.types.ts'

const RADIUS = 7
const TIP = { length: 8, half: 3.6 }

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** The point so far from `from` on the way to `to`. */
const towards = (from: Point, to: Point, length: number): Point => {
  const share = length / (distance(from, to) || 1)
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

const round = (value: number): number => Math.round(value * 10) / 10
const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`

/** The way of an arrow up to its tip, around rounded corners; as the `d` of an SVG path. */
export const wayOf = (points: readonly Point[]): string => {
  const [start, ...rest] = points
  const end = rest.pop()
  if (start === undefined || end === undefined) return ''
  let way = `M${at(start)}`
  let before = start
  for (const [index, corner] of rest.entries()) {
    const after = rest[index + 1] ?? end
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2)
    way += `L${at(towards(corner, before, radius))}Q${at(corner)} ${at(towards(corner, after, radius))}`
    before = corner
  }
  const stop = distance(before, end) > TIP.length ? towards(end, before, TIP.length - 1) : end
  return `${way}L${at(stop)}`
}

/** The tip of an arrow, as the `d` of an SVG path. */
export const tipOf = (points: readonly Point[]): string => {
  const [before, end] = points.slice(-2)
  if (before === undefined || end === undefined) return ''
  const base = towards(end, before, TIP.length)
  const across = { x: (base.y - end.y) * (TIP.half / TIP.length), y: (end.x - base.x) * (TIP.half / TIP.length) }
  const left = { x: base.x + across.x, y: base.y + across.y }
  const right = { x: base.x - across.x, y: base.y - across.y }
  return `M${at(end)}L${at(left)}L${at(right)}Z`
}
