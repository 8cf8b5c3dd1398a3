import * as v from 'valibot'
import type { WorldPlan } from './plan.types.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const name = v.pipe(v.string(), v.regex(/^([a-t]|server)$/))
const between = v.tuple([name, name])
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const road = v.strictObject({
  latencyMs: v.exactOptional(count),
  jitterMs: v.exactOptional(count),
  loss: v.exactOptional(share),
  bytesPerSecond: v.exactOptional(v.pipe(count, v.minValue(1))),
})

const write = { id: count, at: count, device: name }
const writes = v.variant('does', [
  v.strictObject({ ...write, does: v.literal('put'), record: v.string(), fields: v.array(v.string()), bytes: count }),
  v.strictObject({ ...write, does: v.literal('remove'), record: v.string() }),
  v.strictObject({ ...write, does: v.literal('import'), sheet: v.string(), rows: count, bytes: count }),
  v.strictObject({ ...write, does: v.literal('resolve') }),
])

const fault = { id: count, at: count, ms: count }
const ofDevice = <const T extends string>(...kinds: T[]) =>
  kinds.map((kind) => v.strictObject({ ...fault, kind: v.literal(kind), device: name }))
const faults = v.variant('kind', [
  v.strictObject({ ...fault, kind: v.literal('cut'), a: name, b: name, way: v.picklist(['both', 'there', 'back']) }),
  v.strictObject({ ...fault, kind: v.literal('partition'), groups: v.array(v.array(name)) }),
  v.strictObject({ ...fault, kind: v.literal('break'), between: v.exactOptional(between) }),
  v.strictObject({ ...fault, kind: v.literal('serverDown') }),
  v.strictObject({ ...fault, kind: v.literal('serverForgets') }),
  v.strictObject({ ...fault, kind: v.literal('hostile') }),
  v.strictObject({ ...fault, kind: v.literal('serverFlaps'), everyMs: v.pipe(count, v.minValue(1)) }),
  v.strictObject({
    ...fault,
    kind: v.literal('serverLies'),
    duplicate: share,
    delay: share,
    staleRoster: v.boolean(),
  }),
  v.strictObject({
    ...fault,
    kind: v.literal('diskFails'),
    device: name,
    appends: count,
    when: v.picklist(['before', 'after']),
  }),
  v.strictObject({ ...fault, kind: v.literal('diskSlow'), device: name, slowMs: count }),
  v.strictObject({ ...fault, kind: v.literal('clock'), device: name, aheadMs: v.pipe(v.number(), v.integer()) }),
  ...ofDevice('vanish', 'crash', 'stop', 'freeze', 'sleep', 'roam', 'diskFull', 'wipe', 'restore'),
])

const schema = v.strictObject({
  seed: count,
  peers: v.pipe(count, v.minValue(2), v.maxValue(20)),
  durationMs: count,
  roads: v.array(v.strictObject({ road, between: v.exactOptional(between) })),
  writes: v.array(writes),
  faults: v.array(faults),
})

/**
 * A plan as it was printed.
 *
 * @throws Error that says what is wrong with the text
 */
export const parsePlan = (text: string): WorldPlan => {
  const parsed = v.safeParse(schema, JSON.parse(text))
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new Error(`not a plan: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`)
}

/** One line that a shell takes between single quotes, and `parsePlan` reads. */
export const planText = (plan: WorldPlan): string => JSON.stringify(plan).replaceAll("'", '\\u0027')
