import type { Area, Point } from './layout.types.ts'

/** How a drawing lies on its stage: moved by x and y, px of the stage, and scaled by k. */
export interface View extends Point {
  readonly k: number
}

interface Size {
  readonly width: number
  readonly height: number
}

const MARGIN = 10
const LEAST = 0.08
const MOST = 3
/** Below this scale words are too small to read: then a part is shown rather than all. */
const READABLE = 0.5

/** Shows all of a drawing in the middle of the stage, at its own size or smaller. */
export const fitView = (drawing: Size, stage: Size): View => {
  const k = Math.min(1, (stage.width - 2 * MARGIN) / drawing.width, (stage.height - 2 * MARGIN) / drawing.height)
  const scale = Math.max(LEAST, k)
  return {
    k: scale,
    x: (stage.width - drawing.width * scale) / 2,
    y: (stage.height - drawing.height * scale) / 2,
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)

/** Puts a place of the drawing into the middle of the stage, as far as no room is left empty. */
const centerOn = ({ x, y, width, height }: Area, k: number, drawing: Size, stage: Size): View => {
  const along = (middle: number, length: number, room: number): number =>
    length * k + 2 * MARGIN <= room
      ? (room - length * k) / 2
      : clamp(room / 2 - middle * k, room - MARGIN - length * k, MARGIN)
  return {
    k,
    x: along(x + width / 2, drawing.width, stage.width),
    y: along(y + height / 2, drawing.height, stage.height),
  }
}

/** The view that a chart begins with: all of it where that can be read, else the place that matters. */
export const homeView = (drawing: Size, stage: Size, matters: Area | undefined): View => {
  const all = fitView(drawing, stage)
  if (all.k >= READABLE) return all
  return centerOn(matters ?? { x: 0, y: 0, width: 0, height: 0 }, READABLE * 1.2, drawing, stage)
}

/** Scales by a factor around a point of the stage. */
export const zoomView = ({ x, y, k }: View, factor: number, about: Point): View => {
  const next = clamp(k * factor, LEAST, MOST)
  const ratio = next / k
  return { k: next, x: about.x - (about.x - x) * ratio, y: about.y - (about.y - y) * ratio }
}

/** Moves as little as needed for a place of the drawing to be seen. */
export const revealView = (view: View, { x, y, width, height }: Area, stage: Size): View => {
  const shift = (start: number, length: number, room: number): number => {
    if (start < MARGIN || length > room) return MARGIN - start
    return Math.min(0, room - MARGIN - start - length)
  }
  return {
    ...view,
    x: view.x + shift(x * view.k + view.x, width * view.k, stage.width),
    y: view.y + shift(y * view.k + view.y, height * view.k, stage.height),
  }
}
