import { type MouseEvent, type PointerEvent, type SyntheticEvent, useCallback, useState } from 'react'
import type { Pointed } from './details-of.ts'

/**
 * Nodes may be of another window than this script, so nothing is asked of their class. What stands around the drawing is
 * the page’s, and may use such names for something else.
 */
const dataOf = ({ target, currentTarget }: SyntheticEvent<Element>, name: string): string | undefined => {
  const found = (target as Element).closest(`[data-${name}]`)
  const isOurs = found !== null && found !== currentTarget && currentTarget.contains(found)
  return isOurs ? (found.getAttribute(`data-${name}`) ?? undefined) : undefined
}

const pointedBy = (event: SyntheticEvent<Element>): Pointed | undefined => {
  const [state, edge, line] = [dataOf(event, 'state'), dataOf(event, 'edge'), dataOf(event, 'line')]
  const place = line === undefined ? {} : { line: Number(line) }
  if (edge !== undefined) return { edge, ...place }
  return state === undefined ? undefined : { state, ...place }
}

/** What a person points at, with a pointer or the keyboard; and a click that folds. */
export const usePointing = (onToggle: (id: string) => void) => {
  const [pointed, setPointed] = useState<Pointed>()
  const onPointerOver = useCallback((event: PointerEvent<Element>) => setPointed(pointedBy(event)), [])
  // a finger leaves as soon as it is lifted, and only then there is time to read
  const onPointerLeave = useCallback(({ pointerType }: PointerEvent) => {
    if (pointerType !== 'touch') setPointed(undefined)
  }, [])
  const onClick = useCallback(
    (event: MouseEvent<Element>) => {
      const id = dataOf(event, 'toggle')
      if (id !== undefined) onToggle(id)
    },
    [onToggle],
  )
  return { pointed, setPointed, handlers: { onPointerOver, onPointerLeave, onClick } }
}
