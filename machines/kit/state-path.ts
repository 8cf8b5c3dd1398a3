import type { StateValue } from 'xstate'

/**
 * A state as one text, for views and people; parallel regions side by side.
 *
 * @example
 * statePath({ open: { alive: 'healthy' } }) // 'open.alive.healthy'
 */
export const statePath = (value: StateValue | undefined): string => {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  return Object.entries(value)
    .map(([name, inner]) => [name, statePath(inner)].filter(Boolean).join('.'))
    .join(' | ')
}
