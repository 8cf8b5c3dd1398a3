import * as v from 'valibot'
import type { ChartModel } from '#chart/chart.types'
import { isBoundedJson } from './bounded-json.ts'
import type { InspectRecord } from './records.types.ts'
import { chartSchema, recordSchema } from './recording-schema.ts'

/** Of the talk between windows, not of recordings: windows of one origin can hold apps of different age. */
export const CHANNEL_VERSION = 1

/** What devices and inspector windows tell each other. Every one hears everything. */
export type ChannelMessage =
  /** An inspector asks one device, or all there are, for everything; from here on it is told what is new. */
  | { readonly t: 'ask'; readonly inspector: string; readonly device?: string }
  /** A device has come; whoever looks will ask it. */
  | { readonly t: 'here'; readonly device: string }
  /** Everything; checked apart, as a recording. */
  | { readonly t: 'whole'; readonly device: string; readonly recording: unknown }
  | {
      readonly t: 'batch'
      readonly device: string
      readonly peerId: string
      readonly records: readonly InspectRecord[]
      /** Of machines that appear here for the first time. */
      readonly charts?: readonly ChartModel[]
    }
  /** An inspector has taken everything up to the record n. */
  | { readonly t: 'seen'; readonly inspector: string; readonly device: string; readonly n: number }
  /** A device goes. */
  | { readonly t: 'bye'; readonly device: string }
  /** An inspector goes. */
  | { readonly t: 'leave'; readonly inspector: string }

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))
const n = v.pipe(v.number(), v.safeInteger(), v.minValue(-1))

const schema: v.GenericSchema<unknown, ChannelMessage> = v.variant('t', [
  v.object({ t: v.literal('ask'), inspector: id, device: v.exactOptional(id) }),
  v.object({ t: v.literal('here'), device: id }),
  v.object({ t: v.literal('whole'), device: id, recording: v.unknown() }),
  v.object({
    t: v.literal('batch'),
    device: id,
    peerId: v.pipe(v.string(), v.maxLength(256)),
    records: v.array(recordSchema),
    charts: v.exactOptional(v.array(chartSchema)),
  }),
  v.object({ t: v.literal('seen'), inspector: id, device: id, n }),
  v.object({ t: v.literal('bye'), device: id }),
  v.object({ t: v.literal('leave'), inspector: id }),
])

/** A batch holds what one task did. */
const MOST_VALUES = 1_000_000

const isOfThisVersion = (data: unknown): data is { readonly v: typeof CHANNEL_VERSION } =>
  typeof data === 'object' && data !== null && 'v' in data && data.v === CHANNEL_VERSION

/** A message that arrived; undefined for anything else, and for those of another version. Never throws. */
export const readMessage = (data: unknown): ChannelMessage | undefined => {
  try {
    if (!isOfThisVersion(data)) return undefined
    const isWhole = 't' in data && data.t === 'whole'
    // A recording is bounded where it is checked.
    if (!isWhole && !isBoundedJson(data, MOST_VALUES)) return undefined
    const parsed = v.safeParse(schema, data, { abortEarly: true })
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

export const channelName = (name: string): string => `fieldmesh-inspector:${name}`
