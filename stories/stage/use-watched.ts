import { useSyncExternalStore } from 'react'
import type { Performance, Theater } from './create-theater.ts'
import type { Stage } from './stage.types.ts'

/** Renders again with every change of what the stage shows. */
export const useStageVersion = (stage: Stage): number => useSyncExternalStore(stage.subscribe, stage.version)

export const usePerformance = (theater: Theater): Performance =>
  useSyncExternalStore(theater.subscribe, theater.performance)

/** The stage of the present world. */
export const useStage = (theater: Theater): Stage => {
  useSyncExternalStore(theater.subscribe, theater.generation)
  return theater.stage()
}
