import type { FaultCode } from '#model/fault'
import type { WorldPlan } from './plan.types.ts'
import type { Finding, World, WorldOptions } from './types.ts'

/** What a run in one world came to. */
export interface WorldOutcome {
  readonly seed: number
  readonly plan: WorldPlan
  readonly findings: readonly Finding[]
  /** Of everything that happened, at its end; equal for equal plans. */
  readonly digest: string
  /** Simulated ms from healing until all was quiet; undefined where it never was. */
  readonly recoveryMs: number | undefined
  readonly simulatedMs: number
  /** Writes that resolved. */
  readonly writes: number
  /** Writes that were refused with a fault, as they may be while something is wrong. */
  readonly refused: Readonly<Partial<Record<FaultCode, number>>>
}

/** Collects what nobody caught while a run lasts; its end resolves when everything thrown so far was told. */
export type WatchStrays = (tell: (error: unknown) => void) => () => Promise<void>

/** What a runner works with. */
export interface RunnerParts {
  readonly createWorld: (options: WorldOptions) => World
  /** Watches rules that hold all the time; broken ones go to `world.findings`. */
  readonly watch?: (world: World) => void
  /** At quiescence. */
  readonly check?: (world: World) => readonly Finding[] | Promise<readonly Finding[]>
  /** After everything was stopped. */
  readonly checkStopped?: (world: World) => readonly Finding[] | Promise<readonly Finding[]>
  readonly strays?: WatchStrays
}

export interface RunOptions {
  /** Told everything that the plan does and every event of the engines, at simulated ms. */
  readonly trace?: (at: number, says: string) => void
}

export type RunWorld = (plan: WorldPlan, options?: RunOptions) => Promise<WorldOutcome>
