import type { KeyboardEvent } from 'react'

const PAGE = 12

/** Where a key leads in a list: to an index; undefined for keys that lead nowhere. */
export const listKey = (event: KeyboardEvent, at: number, count: number): number | undefined => {
  if (count === 0 || event.altKey || event.ctrlKey || event.metaKey) return undefined
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  }
  const to = moves[event.key]
  if (to === undefined) return undefined
  event.preventDefault()
  return Math.max(0, Math.min(count - 1, to))
}
