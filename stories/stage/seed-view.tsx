import { useState, useSyncExternalStore } from 'react'
import type { WorldPlan } from '#world/plan.types'
import type { WorldOutcome } from '#world/run-world.types'
import { createTheater, type Theater } from './create-theater.ts'
import { kept } from './kept.ts'
import { runPlan } from './run-plan.ts'
import { SeedPanel } from './seed-panel.tsx'
import { TheaterView } from './stage-view.tsx'
import { usePerformance } from './use-watched.ts'

interface SeedViewProps {
  readonly plan: WorldPlan
  /** Of the clock, at first. */
  readonly speed: number
}

/** Whole runs are longer than flows. */
const MOST_MOMENTS = 10_000

const createRun = ({ plan, speed }: SeedViewProps) => {
  const outcome = kept<WorldOutcome | undefined>(undefined)
  const turns = async (stage: ReturnType<Theater['stage']>) => {
    outcome.set(undefined)
    outcome.set(await runPlan(stage, plan))
  }
  const { seed, peers } = plan
  const stage = { peers, mostMoments: MOST_MOMENTS }
  const flow = { title: `World seed ${seed}`, says: '', stage, steps: [{ says: 'The plan begins', turns }] }
  return { outcome, theater: createTheater({ ...stage, seed }, flow, speed) }
}

/** The plan of a seed on the stage, as `npm run worlds -- --seed N` runs it. */
export const SeedView = (props: SeedViewProps) => {
  const [{ theater, outcome }] = useState(() => createRun(props))
  const performance = usePerformance(theater)
  const found = useSyncExternalStore(outcome.subscribe, outcome.read)
  const panel = <SeedPanel plan={props.plan} theater={theater} performance={performance} outcome={found} />
  return <TheaterView theater={theater} people={{}} panel={panel} />
}
