import { FieldmeshError } from '#model/fault'
import type { RecorderOptions } from './recorder.types.ts'

const KiB = 1_024
export const RECORDING_BYTES = { least: 64 * KiB, usual: 4 * KiB * KiB, most: 64 * KiB * KiB } as const
export const LONGEST_NAME = 64
/** Of anything in a recording that is not content, characters. */
export const LONGEST_TEXT = 4_096
/** In one recording: those there before its first record, and those born in it. */
export const MOST_ACTORS = { before: 10_000, born: 50_000 } as const

/** @throws FieldmeshError `options-invalid` */
export const checkMaxBytes = (maxBytes: unknown = RECORDING_BYTES.usual): number => {
  const { least, most } = RECORDING_BYTES
  if (Number.isSafeInteger(maxBytes) && (maxBytes as number) >= least && (maxBytes as number) <= most)
    return maxBytes as number
  throw new FieldmeshError('options-invalid', `maxBytes takes a whole number from ${least} to ${most}.`)
}

/** @throws FieldmeshError `options-invalid` */
export const checkRecorderOptions = ({ maxBytes, name }: RecorderOptions): { readonly maxBytes: number } => {
  if (name !== undefined && (typeof name !== 'string' || name.length > LONGEST_NAME))
    throw new FieldmeshError('options-invalid', `name takes at most ${LONGEST_NAME} characters.`)
  return { maxBytes: checkMaxBytes(maxBytes) }
}
