import type { SyncEngine } from '#engine/types'
import type { Road, World } from '#world/types'
import type { FaultLog } from '../../src/demo/fault-log.ts'
import type { History } from './history.ts'
import type { CallOf, DeviceAt, Happening, Scene } from './moment.types.ts'
import type { Pacer } from './pacer.ts'

export interface StageOptions {
  readonly seed: number
  /** How many devices, 1 to 6; they are named a, b, c … */
  readonly peers: number
  /** Every road at first. */
  readonly road?: Partial<Road>
  /** Devices that are further tabs of another one, as in `createWorld`. */
  readonly tabs?: Readonly<Record<string, string>>
  /** How the devices are called, by their names on the stage; default: by whose they are. */
  readonly people?: Readonly<Record<string, string>>
  /** Types of records that the app lists beside its own, though nobody imported them; it opens with the first. */
  readonly lists?: readonly string[]
  /** Moments kept; default 3,000. */
  readonly mostMoments?: number
}

export interface RunOptions {
  /** What is waited for, for the words of a failure. */
  readonly what?: string
  /** Simulated ms until it is given up; default ten minutes. */
  readonly withinMs?: number
  /** Passes the time as fast as it goes, whatever the clock says. */
  readonly hurry?: boolean
}

/** A world that one can watch: its devices in the real app, its time under one's hand, its past to go back to. */
export interface Stage {
  readonly world: World
  /** Time: play, pause, speed. */
  readonly pacer: Pacer
  readonly history: History
  /** Types of records that the app lists beside its own. */
  readonly lists: readonly string[]
  /** What a place is called in a sentence. */
  readonly callOf: CallOf
  /** What is shown: a moment of the past, or now. */
  scene(): Scene
  /** Now, whatever is shown. */
  readonly now: () => Scene
  /** A device as it is shown. */
  at(name: string): DeviceAt
  /** What the app of a device is given: it shows what the stage shows, and works on the live engine. */
  engine(name: string): SyncEngine
  /** The faults of a device, as they are shown. */
  faults(name: string): FaultLog
  /** Calls after every change of what is shown; many changes may be one call. */
  readonly subscribe: (listener: () => void) => () => void
  /** Counts those changes: what `useSyncExternalStore` compares. */
  readonly version: () => number
  /** Does something to the world now, with a moment of its own in the history. */
  do(says: string, deed: () => unknown, device?: string): Promise<void>
  /** Does something and lets time pass until it is done and a condition holds, or the stage is closed. */
  run(deed: () => unknown, until: () => boolean, options?: RunOptions): Promise<void>
  /** Resolves after so many simulated ms, whoever turns the clock: for deeds that take their time. */
  readonly wait: (ms: number) => Promise<void>
  /** Shows the moment before. */
  back(): void
  /** Shows the moment after; from now on: lets time pass until something happens. */
  step(): Promise<void>
  /** Shows a moment of the past by its number, or now. */
  show(n?: number): void
  /** Tells of something that only the caller knows of, with a moment of its own. */
  readonly note: (happening: Happening) => void
  /** While something else turns the world's clock, such as a plan: the stage itself does not. */
  host<T>(work: Promise<T>): Promise<T>
  /** Lets the clock be turned from now on, by play and step. */
  open(): void
  /** Stands still for good. */
  close(): void
}
