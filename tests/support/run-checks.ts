import { type AnyMachineSnapshot, createActor } from 'xstate'
import { expect } from 'vitest'
import type { LiveRun } from './live-run.ts'
import type { AnyMachineSpec } from './machine-spec.ts'
import { notJson } from './plain-json.ts'

const childIds = (snapshot: AnyMachineSnapshot): string[] => Object.keys(snapshot.children).sort()

interface Facts {
  readonly status: string
  readonly value: unknown
  readonly context: unknown
  readonly output: unknown
  readonly children: readonly string[]
}

const factsOf = (snapshot: AnyMachineSnapshot): Facts => {
  const { status, value, context, output } = snapshot
  return { status, value, context, output, children: childIds(snapshot) }
}

/** The same text is the same facts; only what differs is worth a close look, for it costs more than the step itself. */
const expectSame = (actual: unknown, expected: unknown): void => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual).toEqual(expected)
}

const expectNone = (offenders: readonly unknown[], says: string): void => {
  if (offenders.length > 0) expect.fail(`${says}: ${offenders.map(String).join('; ')}`)
}

/** The live actor is where the model says it is. */
export const expectPredicted = (run: LiveRun, predicted: AnyMachineSnapshot): void =>
  expectSame(factsOf(run.snapshot()), factsOf(predicted))

const expectJson = (run: LiveRun, { context, output, status }: AnyMachineSnapshot): void => {
  expectNone(notJson(context), 'context is JSON')
  expectNone(notJson(output ?? null), 'output is JSON')
  if (status === 'error') expect(status, 'the actor did not fail').not.toBe('error')
  for (const report of run.reports) expectNone(notJson(report), 'reports are JSON')
  for (const { src, input, commands } of run.children)
    expectNone(notJson([input ?? null, commands]), `${src} is told JSON only`)
}

/** What is written down can be read again: same state, same context, and nothing gets lost on the way. */
const expectRoundTrip = ({ machine }: AnyMachineSpec, run: LiveRun, snapshot: AnyMachineSnapshot): void => {
  const persisted = run.actor.getPersistedSnapshot()
  const copy = JSON.parse(JSON.stringify(persisted))
  expect(copy).toEqual(persisted)
  const restored = createActor(machine, { snapshot: copy }).getSnapshot()
  const facts = ({ value, context, status }: AnyMachineSnapshot) => ({ value, context, status })
  expectSame(facts(restored), facts(snapshot))
}

/** After every step: the laws hold, everything is JSON, timers are armed with real durations, only own children run. */
export const expectHealthy = (spec: AnyMachineSpec, run: LiveRun): void => {
  const snapshot = run.snapshot()
  const broken = spec.laws.filter((law) => !law.holds(snapshot)).map(({ id, says }) => `${id}: ${says}`)
  expectNone(broken, `laws hold in ${JSON.stringify(snapshot.value)}`)
  expectJson(run, snapshot)
  expectRoundTrip(spec, run, snapshot)
  if (spec.view !== undefined) expectNone(notJson(spec.view(snapshot)), 'the view is JSON')
  expectNone(run.customActions, 'built-in actions only')
  expectNone(
    run.clock.armed.filter((ms) => !(Number.isFinite(ms) && ms >= 0)),
    'delays are durations',
  )
  const running = run.children.filter(({ status }) => status === 'running').map(({ id }) => id)
  expectNone(
    running.filter((id) => !(id in snapshot.children)),
    'no child outlives its state',
  )
}

/** What is still there after the stop: children not cleaned up, timers still armed. */
export const leftovers = ({ children, clock }: LiveRun) => ({
  children: children.filter(({ status }) => status === 'running').map(({ id }) => id),
  timers: clock.armed,
})

export const NOTHING = { children: [], timers: [] }
