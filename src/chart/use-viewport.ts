import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Area, ChartLayout, Point } from './layout.types.ts'
import { fitView, homeView, revealView, type View, zoomView } from './viewport.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** Which drawing the view was chosen for: another one begins anew. */
interface Chosen {
  readonly layout: ChartLayout
  readonly view: View
}

/** px that a pointer may tremble before it drags. */
const TREMBLE = 4
const STEP = 1.3

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** Drags with one pointer, pinches with two. */
const followPointers = (stage: HTMLElement, move: (by: Point) => void, zoom: (factor: number, at: Point) => void) => {
  const held = new Map<number, Point>()
  let isDragging = false
  const at = (event: PointerEvent): Point => {
    const { left, top } = stage.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const press = (event: PointerEvent): void => {
    if (event.button === 0) held.set(event.pointerId, at(event))
  }
  const release = (event: PointerEvent): void => {
    held.delete(event.pointerId)
    if (held.size === 0) isDragging = false
  }
  const drag = (event: PointerEvent): void => {
    // released outside before it dragged: nobody told us
    if (event.buttons === 0) release(event)
    const [before, now] = [held.get(event.pointerId), at(event)]
    if (before === undefined) return
    if (!isDragging && distance(before, now) < TREMBLE) return
    // only now, or a mere click would not reach what is under it
    if (!isDragging) stage.setPointerCapture(event.pointerId)
    isDragging = true
    held.set(event.pointerId, now)
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1]
    if (other === undefined) move({ x: now.x - before.x, y: now.y - before.y })
    else zoom(distance(now, other) / (distance(before, other) || 1), other)
  }
  return { press, drag, release }
}

const listen = (stage: HTMLElement, move: (by: Point) => void, zoom: (factor: number, at: Point) => void) => {
  const aborted = new AbortController()
  const { signal } = aborted
  const { press, drag, release } = followPointers(stage, move, zoom)
  stage.addEventListener('pointerdown', press, { signal })
  stage.addEventListener('pointermove', drag, { signal })
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
    stage.addEventListener(type, release, { signal })
  const turn = (event: WheelEvent): void => {
    // without a key the wheel belongs to the page
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const { left, top } = stage.getBoundingClientRect()
    zoom(Math.exp(-event.deltaY / 240), { x: event.clientX - left, y: event.clientY - top })
  }
  stage.addEventListener('wheel', turn, { passive: false, signal })
  return () => aborted.abort()
}

const useLatest = <T>(value: T): RefObject<T> => {
  const latestRef = useRef(value)
  useEffect(() => {
    latestRef.current = value
  })
  return latestRef
}

/** Where a chart lies on its stage, and how it is moved. */
export const useViewport = (
  stage: RefObject<HTMLElement | null>,
  size: Size | undefined,
  layout: ChartLayout | undefined,
  matters: Area | undefined,
) => {
  const [chosen, setChosen] = useState<Chosen>()
  const home = useMemo(() => layout && size && homeView(layout, size, matters), [layout, size, matters])
  const view = chosen !== undefined && chosen.layout === layout ? chosen.view : home
  const nowRef = useLatest({ view, layout, size })
  const actions = useMemo(() => {
    const change = (next: (view: View, size: Size, layout: ChartLayout) => View): void => {
      const { view: before, layout: drawing, size: room } = nowRef.current
      if (before === undefined || drawing === undefined || room === undefined) return
      const after = next(before, room, drawing)
      nowRef.current = { ...nowRef.current, view: after }
      setChosen({ layout: drawing, view: after })
    }
    const middle = ({ width, height }: Size): Point => ({ x: width / 2, y: height / 2 })
    return {
      move: (by: Point) => change((before) => ({ ...before, x: before.x + by.x, y: before.y + by.y })),
      zoom: (factor: number, at: Point) => change((before) => zoomView(before, factor, at)),
      zoomIn: () => change((before, room) => zoomView(before, STEP, middle(room))),
      zoomOut: () => change((before, room) => zoomView(before, 1 / STEP, middle(room))),
      fit: () => change((_, room, drawing) => fitView(drawing, room)),
      reveal: (area: Area) => change((before, room) => revealView(before, area, room)),
    }
  }, [nowRef])
  useEffect(() => (stage.current ? listen(stage.current, actions.move, actions.zoom) : undefined), [stage, actions])
  return { view, ...actions }
}
