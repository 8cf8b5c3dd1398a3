import { describe, expect, test } from 'vitest'
import { walkSpec } from '../../tests/specs/sync-peer.ts'
import { walk } from '../../tests/support/random-walk.ts'
import { NOTHING } from '../../tests/support/run-checks.ts'

const SEEDS = Array.from({ length: 25 }, (_, i) => i + 1)

const CUTS =
  /^(link\.(failed|closed|refused)|replicator\.refused|peer\.(close|absent)|xstate\.after\.(connecting|greeting|iceRestart))/

describe.each(walkSpec.inputs.map((input) => ({ input })))(
  'sync-peer from $input, whatever comes in whatever order',
  ({ input }) => {
    test.each(SEEDS)('keeps its laws: seed %i', (seed) => {
      expect(walk(walkSpec, input, { seed, steps: 150, rarely: CUTS })).toEqual(NOTHING)
    })
  },
)
