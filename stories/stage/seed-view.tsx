import { useState, useSyncExternalStore } from 'react'
import type { WorldPlan } from '#world/plan.types'
import { PLANNED_TYPE } from '#world/run-writes'
import type { WorldOutcome } from '#world/run-world.types'
import { createTheater } from './create-theater.ts'
import { kept } from './kept.ts'
import { runPlan } from './run-plan.ts'
import { SeedPanel } from './seed-panel.tsx'
import { TheaterView } from './stage-view.tsx'
import type { Stage } from './stage.types.ts'
import { usePerformance } from './use-watched.ts'

interface SeedViewProps {
  readonly plan: WorldPlan
  /** Of the clock, at first. */
  readonly speed: number
}

/** Whole runs are longer than flows. */
const MOST_MOMENTS = 10_000

/** Where a rule broke first; where none did, the last moment before everything is switched off. */
const whereToLook = ({ history: { moments } }: Stage): number | undefined => {
  const broken = moments.find(({ happened }) => happened.some(({ kind }) => kind === 'broken'))
  const allRun = moments.findLast(({ devices }) =>
    Object.values(devices).every(({ status }) => status.phase === 'running'),
  )
  return (broken ?? allRun)?.n
}

const createRun = ({ plan, speed }: SeedViewProps) => {
  const outcome = kept<WorldOutcome | undefined>(undefined)
  const turns = async (stage: Stage) => {
    outcome.set(undefined)
    outcome.set(await runPlan(stage, plan))
    stage.show(whereToLook(stage))
  }
  const { seed, peers } = plan
  const stage = { peers, mostMoments: MOST_MOMENTS, lists: [PLANNED_TYPE] }
  const flow = { title: `World seed ${seed}`, says: '', stage, steps: [{ says: 'The plan begins', turns }] }
  return { outcome, theater: createTheater({ ...stage, seed }, flow, speed) }
}

/** The plan of a seed on the stage, as `npm run worlds -- --seed N` runs it. */
export const SeedView = (props: SeedViewProps) => {
  const [{ theater, outcome }] = useState(() => createRun(props))
  const performance = usePerformance(theater)
  const found = useSyncExternalStore(outcome.subscribe, outcome.read)
  const panel = <SeedPanel plan={props.plan} theater={theater} performance={performance} outcome={found} />
  return <TheaterView theater={theater} panel={panel} />
}
