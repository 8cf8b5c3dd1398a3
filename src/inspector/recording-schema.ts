import * as v from 'valibot'
import type { ChartModel, ChartState } from '#chart/chart.types'
import { statesWithin } from '#chart/chart-tree'
import type { Json } from '#model/entry'
import { isFaultCode } from '#model/fault'
import { LONGEST_NAME, LONGEST_TEXT, MOST_ACTORS } from './check-recorder-options.ts'
import type { InspectRecord, Recording } from './records.types.ts'

/** Ids, states and types are code; the longest is a transition with many targets. */
const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT))
/** XState's session ids, and whatever others a system may give. */
const actorId = v.pipe(v.string(), v.regex(/^[\w:.-]{1,64}$/), v.notValue('__proto__'))
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const texts = v.pipe(v.array(text), v.maxLength(4_096))
const status = v.picklist(['active', 'done', 'error', 'stopped'])
/** What comes here has been found to be JSON of bounded depth. */
const json = v.custom<Json>((value) => value !== undefined)
const noted = { n: whole, at: v.pipe(v.number(), v.finite()) }

const identity = {
  actor: actorId,
  id: text,
  parent: v.exactOptional(actorId),
  systemId: v.exactOptional(text),
  src: v.exactOptional(text),
  machine: v.exactOptional(text),
}
const fault = v.custom<Extract<InspectRecord, { kind: 'fault' }>['fault']>(isFaultCode)
/** No machine that a person reads comes near; what draws a chart takes its time for each. */
const MOST_STATES = 2_000
const MOST_TRANSITIONS = 10_000

const figure = v.union([text, v.number(), v.boolean()])

/** One record, of this version. */
export const recordSchema: v.GenericSchema<unknown, InspectRecord> = v.variant('kind', [
  v.object({ kind: v.literal('actor'), ...noted, ...identity }),
  v.object({
    kind: v.literal('event'),
    ...noted,
    actor: actorId,
    from: v.exactOptional(actorId),
    type: text,
    payload: v.exactOptional(json),
  }),
  v.object({ kind: v.literal('step'), ...noted, actor: actorId, type: text, transitions: texts }),
  v.object({
    kind: v.literal('snapshot'),
    ...noted,
    actor: actorId,
    status,
    states: v.exactOptional(texts),
    context: v.exactOptional(json),
  }),
  v.object({ kind: v.literal('law'), ...noted, actor: actorId, law: text, says: text }),
  v.object({ kind: v.literal('fault'), ...noted, fault, peerId: v.exactOptional(text) }),
  v.object({ kind: v.literal('ice'), ...noted, peerId: text, connId: text, figures: v.record(text, figure) }),
])

const seen = v.object({ ...identity, status, states: texts, context: v.exactOptional(json), last: texts })

/** Charts may know more than this version does: what is not known here is kept. */
const chartState: v.GenericSchema<unknown, ChartState> = v.looseObject({
  id: text,
  key: text,
  type: v.picklist(['atomic', 'compound', 'parallel', 'final', 'history']),
  initial: v.boolean(),
  description: v.exactOptional(text),
  tags: texts,
  children: v.array(v.looseObject({ id: text, src: text, how: v.picklist(['invoked', 'spawned']) })),
  entry: texts,
  exit: texts,
  states: v.array(v.lazy(() => chartState)),
}) as v.GenericSchema<unknown, ChartState>

const chartParts = v.looseObject({
  id: text,
  root: chartState,
  transitions: v.pipe(
    v.array(
      v.looseObject({
        id: text,
        source: text,
        targets: texts,
        kind: v.picklist(['event', 'after', 'always', 'done', 'error']),
        event: text,
        label: text,
        guard: v.exactOptional(text),
        delay: v.exactOptional(
          v.looseObject({ name: text, ms: v.exactOptional(v.number()), reason: v.exactOptional(text) }),
        ),
        actions: texts,
        reenter: v.boolean(),
        description: v.exactOptional(text),
      }),
    ),
    v.maxLength(MOST_TRANSITIONS),
  ),
}) as v.GenericSchema<unknown, ChartModel>

const isDrawable = ({ root }: ChartModel): boolean => statesWithin(root).length <= MOST_STATES

export const chartSchema: v.GenericSchema<unknown, ChartModel> = v.pipe(
  chartParts,
  v.check(isDrawable, 'a chart has too many states'),
)

const follow = ({ records, dropped }: Pick<Recording, 'records' | 'dropped'>): boolean =>
  records.every(({ n }, at) => n === dropped + at)
const agree = ({ before }: Pick<Recording, 'before'>): boolean =>
  Object.entries(before).every(([id, { actor }]) => id === actor)

const areFew = ({ before, records }: Pick<Recording, 'before' | 'records'>): boolean =>
  Object.keys(before).length <= MOST_ACTORS.before &&
  records.filter(({ kind }) => kind === 'actor').length <= MOST_ACTORS.born

/** A whole recording, of this version. */
export const recordingSchema: v.GenericSchema<unknown, Recording> = v.pipe(
  v.object({
    format: v.literal('fieldmesh-recording'),
    version: v.literal(1),
    peerId: v.pipe(v.string(), v.maxLength(256)),
    name: v.exactOptional(v.pipe(v.string(), v.maxLength(LONGEST_NAME))),
    before: v.record(actorId, seen),
    dropped: whole,
    records: v.array(recordSchema),
    charts: v.array(chartSchema),
  }),
  v.check((recording) => follow(recording), 'records are missing'),
  v.check((recording) => areFew(recording), 'it has too many actors'),
  v.check((recording) => agree(recording), 'an actor has two ids'),
)
