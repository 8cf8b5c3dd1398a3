import { FieldmeshError } from '#model/fault'
import type { Road } from './types.ts'

const refuse = (says: string): never => {
  throw new FieldmeshError('options-invalid', says)
}

/**
 * A span of the world's time.
 *
 * @throws FieldmeshError `options-invalid`
 */
export const checkMs = (what: string, ms: number): void => {
  if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY)) refuse(`${what} takes ms from 0 up, not ${ms}.`)
}

/**
 * A name of a place.
 *
 * @throws FieldmeshError `options-invalid`
 */
export const checkPlace = (name: string, places: readonly string[]): void => {
  if (!places.includes(name)) refuse(`There is no “${name}” in this world: it has ${places.join(', ')}.`)
}

interface Range {
  readonly holds: (value: number) => boolean
  readonly words: string
}

const MS: Range = { holds: (value) => value >= 0 && value < Number.POSITIVE_INFINITY, words: 'ms from 0 up' }
const RANGES: Readonly<Record<keyof Road, Range>> = {
  latencyMs: MS,
  jitterMs: MS,
  loss: { holds: (value) => value >= 0 && value <= 1, words: 'a share from 0 to 1' },
  bytesPerSecond: { holds: (value) => value > 0, words: 'more than 0, Infinity for no limit' },
}
const isRoadKey = (key: string): key is keyof Road => Object.hasOwn(RANGES, key)

/**
 * The shape of a road, or a part of it.
 *
 * @throws FieldmeshError `options-invalid`
 */
export const checkRoad = (road: Partial<Road>): void => {
  for (const [key, value] of Object.entries(road)) {
    if (!isRoadKey(key)) refuse(`A road has no “${key}”: it has ${Object.keys(RANGES).join(', ')}.`)
    else if (typeof value !== 'number' || !RANGES[key].holds(value))
      refuse(`A road’s ${key} is ${RANGES[key].words}, not ${String(value)}.`)
  }
}
