import type { Stage, StageOptions } from './stage.types.ts'

/** The screens of the devices on a stage, as the people in front of them see them. */
export type Screens = (device: string) => HTMLElement

/** One step of a flow: what happens, until when time passes, and what the people see then. */
export interface FlowStep {
  /** One sentence, for whoever reviews the flow. */
  readonly says: string
  /** What a person does on the screen of a device. Time stands still meanwhile. */
  readonly hand?: (screens: Screens) => Promise<unknown>
  /** What else happens: weather, or a person's deed through the engine. */
  readonly deed?: (stage: Stage) => unknown
  /** Turns the clock of the world itself, as a plan does; time passes by nobody else. */
  readonly turns?: (stage: Stage) => Promise<unknown>
  /** Time passes until this holds; not at all without it. */
  readonly until?: (stage: Stage) => boolean
  /** What the people see at the end of the step; throws where they do not. Checked when the flow runs as a test. */
  readonly sees?: (screens: Screens) => Promise<unknown>
  /** What they see is in part what a screen alone remembers, such as a half done import: the past does not show it again. */
  readonly isPassing?: true
}

/** A story of several devices, to be watched, reviewed and tested. */
export interface Flow {
  readonly title: string
  /** What it is about, in a sentence or two. */
  readonly says: string
  readonly stage: Omit<StageOptions, 'seed'>
  /** How the devices are called, by their names on the stage; default: by whose they are. */
  readonly people?: Readonly<Record<string, string>>
  /** The words of the button that plays it, at first and then; default: of a flow. */
  readonly button?: { readonly play: string; readonly again: string }
  readonly steps: readonly FlowStep[]
}
