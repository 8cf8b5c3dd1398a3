import type { ChartModel } from '#chart/chart.types'
import type { Json } from '#model/entry'
import type { FaultCode } from '#model/fault'

/** Fields that every record has. */
interface Noted {
  /** Serial number since its recorder began, from 0, without gaps: `records[i].n` is `dropped + i`. */
  readonly n: number
  /** ms since 1970, by the device's own clock. */
  readonly at: number
}

/** An actor was born. Actors are named by XState's session id, unique within one system. */
export interface ActorRecord extends Noted {
  readonly kind: 'actor'
  readonly actor: string
  /** Its id among its parent's children, such as `signaling`. */
  readonly id: string
  readonly parent?: string
  readonly systemId?: string
  /** The seat it sits in. */
  readonly src?: string
  /** Id of its machine, where it is one, `id#2` for another machine of the same id: the chart of that id draws it. */
  readonly machine?: string
}

/** An actor was sent something. */
export interface EventRecord extends Noted {
  readonly kind: 'event'
  readonly actor: string
  /** Who sent it; absent for the world outside. */
  readonly from?: string
  readonly type: string
  /** What it carried besides its type, redacted; absent for nothing. */
  readonly payload?: Json
}

/** A machine took transitions: one microstep. */
export interface StepRecord extends Noted {
  readonly kind: 'step'
  readonly actor: string
  readonly type: string
  /** Ids of the transitions, as in `ChartTransition`. */
  readonly transitions: readonly string[]
}

/** Where an actor came to rest after an event; left out where nothing of it changed. */
export interface SnapshotRecord extends Noted {
  readonly kind: 'snapshot'
  readonly actor: string
  readonly status: 'active' | 'done' | 'error' | 'stopped'
  /** Machines: ids of the states that are active, the outermost first, as in `ChartState`; absent: as before. */
  readonly states?: readonly string[]
  /** The context of a machine or a reducer, redacted; absent: as before. */
  readonly context?: Json
}

/** A law of a machine ceased to hold; it is told again only after it held again. */
export interface LawRecord extends Noted {
  readonly kind: 'law'
  readonly actor: string
  /** Such as `PEER-2`. */
  readonly law: string
  readonly says: string
}

/** The engine refused something or something failed. */
export interface FaultRecord extends Noted {
  readonly kind: 'fault'
  readonly fault: FaultCode
  readonly peerId?: string
}

/** Figures of one link at one moment: sizes, times and kinds, never addresses. */
export interface IceRecord extends Noted {
  readonly kind: 'ice'
  readonly peerId: string
  readonly connId: string
  readonly figures: { readonly [name: string]: string | number | boolean }
}

/** One thing that happened on a device. Plain JSON; content is already redacted. */
export type InspectRecord =
  | ActorRecord
  | EventRecord
  | StepRecord
  | SnapshotRecord
  | LawRecord
  | FaultRecord
  | IceRecord

/** What is known of one actor at one moment of a recording. */
export interface SeenActor {
  readonly actor: string
  readonly id: string
  readonly parent?: string
  readonly systemId?: string
  readonly src?: string
  readonly machine?: string
  readonly status: SnapshotRecord['status']
  readonly states: readonly string[]
  readonly context?: Json
  /** Ids of the transitions it took last. */
  readonly last: readonly string[]
}

/** All actors of a device at one moment, by session id. Those that ended stay, with how they did. */
export type SeenActors = Readonly<Record<string, SeenActor>>

/** What a device did, from one moment to another. Plain JSON: the file of the flight recorder. */
export interface Recording {
  readonly format: 'fieldmesh-recording'
  readonly version: 1
  /** The device; '' where it was not known yet. */
  readonly peerId: string
  /** How people call it, where they gave it a name. */
  readonly name?: string
  /** The actors just before the first record; without those that had ended. */
  readonly before: SeenActors
  /** Records that there was no room for any more, before the first one here. */
  readonly dropped: number
  readonly records: readonly InspectRecord[]
  /** Charts of the machines that appear, by their ids; one too large for the recording's bound is left out. */
  readonly charts: readonly ChartModel[]
}
