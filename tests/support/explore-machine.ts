import { afterAll, describe, expect, test } from 'vitest'
import { Coverage } from './coverage.ts'
import { type Exploration, explorationsOf, type Path, type Step } from './explore.ts'
import { type LiveRun, liveRun } from './live-run.ts'
import type { AnyMachineSpec } from './machine-spec.ts'
import { expectHealthy, expectPredicted, leftovers, NOTHING } from './run-checks.ts'

/** Paths share their beginnings: each step is looked at closely once, and only for its state when walked again. */
const replay = (spec: AnyMachineSpec, run: LiveRun, { steps }: Path, known: WeakSet<Step>): void => {
  for (const step of steps) {
    run.perform(step.event)
    expectPredicted(run, step.predicted)
    if (!known.has(step)) expectHealthy(spec, run)
    known.add(step)
  }
}

const summary = (name: string, explorations: readonly Exploration[], { states, transitions }: Coverage): string => {
  const sum = (of: (exploration: Exploration) => number) => explorations.reduce((all, each) => all + of(each), 0)
  const nodes = sum((each) => each.nodes.length)
  const edges = sum((each) => each.edges)
  const paths = sum((each) => each.paths.length)
  return `${name}: ${states} states, ${transitions} transitions, ${paths} paths (${nodes} snapshots, ${edges} edges)`
}

/**
 * Tests a machine along its own graph: the shortest path to every reachable state, then every outgoing edge, on a
 * live actor with a fake in every seat. After each step the state is as predicted, the laws hold, the snapshot
 * survives a JSON round trip; at the end nothing is left running, and no state or declared transition was missed.
 */
export const exploreMachine = (spec: AnyMachineSpec): void => {
  const { machine } = spec
  describe(`${machine.id}: generated`, () => {
    const coverage = new Coverage(machine)
    const known = new WeakSet<Step>()
    const explorations = explorationsOf(spec)

    describe.each(explorations)('from $input', ({ input, paths }) => {
      test.each(paths)('$name', (path) => {
        const run = liveRun(spec, input, coverage.observe)
        try {
          replay(spec, run, path, known)
        } finally {
          run.stop()
        }
        expect(leftovers(run)).toEqual(NOTHING)
      })
    })

    test('covers every state and every declared transition', () => {
      expect(coverage.missed).toEqual([])
    })

    afterAll(() => console.info(summary(machine.id, explorations, coverage)))
  })
}
