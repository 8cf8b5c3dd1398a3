import { type MouseEvent, type PointerEvent, useCallback, useState } from 'react'
import type { Pointed } from './details-of.ts'

/** Nodes may be of another window than this script, so nothing is asked of their class. */
const dataOf = (target: EventTarget, name: string): string | undefined =>
  (target as Element).closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? undefined

const pointedBy = (target: EventTarget): Pointed | undefined => {
  const [state, edge, line] = [dataOf(target, 'state'), dataOf(target, 'edge'), dataOf(target, 'line')]
  const place = line === undefined ? {} : { line: Number(line) }
  if (edge !== undefined) return { edge, ...place }
  return state === undefined ? undefined : { state, ...place }
}

/** What a person points at, with a pointer or the keyboard; and a click that folds. */
export const usePointing = (onToggle: (id: string) => void) => {
  const [pointed, setPointed] = useState<Pointed>()
  const onPointerOver = useCallback((event: PointerEvent) => setPointed(pointedBy(event.target)), [])
  const onPointerLeave = useCallback(() => setPointed(undefined), [])
  const onClick = useCallback(
    (event: MouseEvent) => {
      const id = dataOf(event.target, 'toggle')
      if (id !== undefined) onToggle(id)
    },
    [onToggle],
  )
  return { pointed, setPointed, handlers: { onPointerOver, onPointerLeave, onClick } }
}
