import type { Road, Way } from './types.ts'

/** Roads of another shape than the default: all of them, or those between two places. */
export interface RoadPlan {
  readonly road: Partial<Road>
  readonly between?: readonly [a: string, b: string]
}

/** Something a person does on one device. What is written follows from the plan's seed and `id` alone. */
export type WritePlan = { readonly id: number; readonly at: number; readonly device: string } & WriteDeed

export type WriteDeed =
  /** Some fields of one record, each value about so many bytes; 0 for values that others write too. */
  | { readonly does: 'put'; readonly record: string; readonly fields: readonly string[]; readonly bytes: number }
  | { readonly does: 'remove'; readonly record: string }
  /** A batch of rows; two devices may import the same sheet. */
  | { readonly does: 'import'; readonly sheet: string; readonly rows: number; readonly bytes: number }
  /** Settles the first conflict that is shown, if there is one. */
  | { readonly does: 'resolve' }

/** Something that goes wrong at a moment, and comes right `ms` later (never, within the plan, if that is past its end). */
export type FaultPlan = { readonly id: number; readonly at: number; readonly ms: number } & FaultDeed

export type FaultDeed =
  | { readonly kind: 'cut'; readonly a: string; readonly b: string; readonly way: Way }
  | { readonly kind: 'partition'; readonly groups: readonly (readonly string[])[] }
  /** All links, or those between two devices, at once. */
  | { readonly kind: 'break'; readonly between?: readonly [a: string, b: string] }
  | { readonly kind: 'vanish'; readonly device: string }
  | { readonly kind: 'serverDown' }
  /** Down and up again, each for so many ms. */
  | { readonly kind: 'serverFlaps'; readonly everyMs: number }
  | { readonly kind: 'serverForgets' }
  | {
      readonly kind: 'serverLies'
      readonly duplicate: number
      readonly delay: number
      readonly staleRoster: boolean
    }
  /** A member that breaks the protocol joins, and leaves again. */
  | { readonly kind: 'hostile' }
  | { readonly kind: 'crash'; readonly device: string }
  | { readonly kind: 'stop'; readonly device: string }
  | { readonly kind: 'freeze'; readonly device: string }
  | { readonly kind: 'sleep'; readonly device: string }
  | { readonly kind: 'roam'; readonly device: string }
  | { readonly kind: 'diskFull'; readonly device: string }
  | {
      readonly kind: 'diskFails'
      readonly device: string
      readonly appends: number
      readonly when: 'before' | 'after'
    }
  | { readonly kind: 'diskSlow'; readonly device: string; readonly slowMs: number }
  | { readonly kind: 'clock'; readonly device: string; readonly aheadMs: number }
  /** Crashes, loses everything, starts as another device. */
  | { readonly kind: 'wipe'; readonly device: string }
  /** Backed up at the beginning; crashes `ms` later and starts from the backup at once: a fork. */
  | { readonly kind: 'restore'; readonly device: string }

export type FaultKind = FaultDeed['kind']

/** Everything that happens in one world, as JSON. The same plan on the same version is the same run, to the byte. */
export interface WorldPlan {
  /** Of every chance inside the world; the plan itself holds no chance any more. */
  readonly seed: number
  /** 2 to 20, named a, b, c … */
  readonly peers: number
  /** Simulated ms until everything is healed. */
  readonly durationMs: number
  readonly roads: readonly RoadPlan[]
  readonly writes: readonly WritePlan[]
  readonly faults: readonly FaultPlan[]
}
