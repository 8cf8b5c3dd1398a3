import * as v from 'valibot'
import { FieldmeshError } from '#model/fault'
import { isPlainObject } from '#model/plain-object'
import { isBoundedJson } from './bounded-json.ts'
import { RECORDING_BYTES } from './check-recorder-options.ts'
import type { Recording } from './records.types.ts'
import { recordingSchema } from './recording-schema.ts'

const FORMAT = 'fieldmesh-recording'
const VERSION = 1
/** The shortest values of a recording take some four bytes each. */
const MOST_VALUES = RECORDING_BYTES.most / 4
/** A file that was cut off still begins as one. */
const BEGINNING = 200

const fromText = (text: string): unknown => {
  if (text.length > RECORDING_BYTES.most) throw new FieldmeshError('recording-too-large')
  try {
    return JSON.parse(text)
  } catch {
    throw new FieldmeshError(text.slice(0, BEGINNING).includes(FORMAT) ? 'recording-damaged' : 'recording-unknown')
  }
}

const whereOf = (issue: v.BaseIssue<unknown> | undefined): string => {
  const path = issue?.path?.map(({ key }) => String(key).slice(0, 40)).join('.')
  return path ? `At ${path}.` : 'Records are missing in it.'
}

const check = (value: unknown): Recording => {
  if (!isPlainObject(value) || value['format'] !== FORMAT) throw new FieldmeshError('recording-unknown')
  const { version } = value
  if (typeof version === 'number' && version > VERSION)
    throw new FieldmeshError('recording-newer', `Its version is ${version}.`)
  if (!isBoundedJson(value, MOST_VALUES)) throw new FieldmeshError('recording-damaged')
  const parsed = v.safeParse(recordingSchema, value, { abortEarly: true })
  if (parsed.success) return parsed.output
  throw new FieldmeshError('recording-damaged', whereOf(parsed.issues[0]))
}

/**
 * Reads a recording: the text of a file, or what another window sent. What it gives back is checked through and
 * through, whoever made it.
 *
 * @throws FieldmeshError `recording-unknown` (something else), `recording-newer` (of a later version of fieldmesh),
 * `recording-damaged` (cut off or changed), `recording-too-large` (over 64 Mi characters)
 * @example
 * const reader = createRecordingReader(parseRecording(await file.text()))
 */
export const parseRecording = (source: unknown): Recording => {
  try {
    return check(typeof source === 'string' ? fromText(source) : source)
  } catch (error) {
    if (error instanceof FieldmeshError) throw error
    throw new FieldmeshError('recording-damaged', undefined, { cause: error })
  }
}
