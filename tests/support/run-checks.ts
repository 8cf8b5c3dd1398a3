import { type AnyMachineSnapshot, createActor } from 'xstate'
import { expect } from 'vitest'
import type { LiveRun } from './live-run.ts'
import type { AnyMachineSpec } from './machine-spec.ts'
import { notJson } from './plain-json.ts'

const childIds = (snapshot: AnyMachineSnapshot): string[] => Object.keys(snapshot.children).sort()

/** The live actor is where the model says it is. */
export const expectPredicted = (run: LiveRun, predicted: AnyMachineSnapshot): void => {
  const live = run.snapshot()
  const facts = ({ status, value, context, output }: AnyMachineSnapshot) => ({ status, value, context, output })
  expect(facts(live)).toEqual(facts(predicted))
  expect(childIds(live)).toEqual(childIds(predicted))
}

const expectJson = (run: LiveRun): void => {
  const { context, output, status } = run.snapshot()
  expect(notJson(context), 'context is JSON').toEqual([])
  expect(notJson(output ?? null), 'output is JSON').toEqual([])
  expect(status, 'the actor did not fail').not.toBe('error')
  expect(
    run.reports.flatMap((report) => notJson(report)),
    'reports are JSON',
  ).toEqual([])
  for (const { src, input, commands } of run.children)
    expect(notJson([input ?? null, commands]), `${src} is told JSON only`).toEqual([])
}

/** What is written down can be read again: same state, same context, and nothing gets lost on the way. */
const expectRoundTrip = ({ machine }: AnyMachineSpec, run: LiveRun): void => {
  const persisted = run.actor.getPersistedSnapshot()
  const copy = JSON.parse(JSON.stringify(persisted))
  expect(copy).toEqual(persisted)
  const restored = createActor(machine, { snapshot: copy }).getSnapshot()
  const { value, context, status } = run.snapshot()
  expect({ value: restored.value, context: restored.context, status: restored.status }).toEqual({
    value,
    context,
    status,
  })
}

/** After every step: the laws hold, everything is JSON, timers are armed with real durations, only own children run. */
export const expectHealthy = (spec: AnyMachineSpec, run: LiveRun): void => {
  const snapshot = run.snapshot()
  const broken = spec.laws.filter((law) => !law.holds(snapshot))
  expect(
    broken.map(({ id, says }) => `${id}: ${says}`),
    `laws hold in ${JSON.stringify(snapshot.value)}`,
  ).toEqual([])
  expectJson(run)
  expectRoundTrip(spec, run)
  if (spec.view !== undefined) expect(notJson(spec.view(snapshot)), 'the view is JSON').toEqual([])
  expect(run.customActions, 'built-in actions only').toEqual([])
  expect(
    run.clock.armed.filter((ms) => !(Number.isFinite(ms) && ms >= 0)),
    'delays are durations',
  ).toEqual([])
  const running = run.children.filter(({ status }) => status === 'running').map(({ id }) => id)
  expect(
    running.filter((id) => !(id in snapshot.children)),
    'no child outlives its state',
  ).toEqual([])
}

/** What is still there after the stop: children not cleaned up, timers still armed. */
export const leftovers = ({ children, clock }: LiveRun) => ({
  children: children.filter(({ status }) => status === 'running').map(({ id }) => id),
  timers: clock.armed,
})

export const NOTHING = { children: [], timers: [] }
