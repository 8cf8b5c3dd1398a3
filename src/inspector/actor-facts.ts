import type { ActorRefLike, AnyMachineSnapshot, AnyStateMachine } from 'xstate'
import { activeStates } from '#chart/active-states'
import { cutText } from './cut-text.ts'
import { cleanName } from './clean-name.ts'
import type { Redactor } from './redact.ts'
import type { ActorRecord, SeenActor, SnapshotRecord } from './records.types.ts'

/** What XState's actors have beside what its inspector promises; every part may be missing in another's. */
export interface KnownActor extends ActorRefLike {
  readonly id?: string
  readonly systemId?: string
  readonly _parent?: KnownActor
  readonly src?: unknown
  readonly logic?: unknown
  readonly options?: { readonly systemId?: string }
}

/** The parts of any snapshot that are looked at. */
export interface AnySnapshotLike {
  readonly status?: SnapshotRecord['status']
  readonly context?: unknown
  readonly children?: Readonly<Record<string, KnownActor | undefined>>
}

const isMachine = (logic: unknown): logic is AnyStateMachine =>
  typeof logic === 'object' && logic !== null && 'root' in logic && 'config' in logic && 'implementations' in logic

/** The machine that an actor runs, where it runs one; known by its parts, for an app may hold XState twice. */
export const machineOf = ({ logic }: KnownActor): AnyStateMachine | undefined => (isMachine(logic) ? logic : undefined)

export const isMachineSnapshot = (snapshot: object | undefined): snapshot is AnyMachineSnapshot =>
  snapshot !== undefined && 'machine' in snapshot && '_nodes' in snapshot && Array.isArray(snapshot._nodes)

/** The actor at the top of the system. */
export const rootOf = (actor: KnownActor): KnownActor => {
  let root = actor
  while (root._parent) root = root._parent
  return root
}

/** The name of a machine in a recording. */
export type MachineName = (machine: AnyStateMachine) => string

/** Who an actor is; nothing of what it does. */
export const identityOf = (actor: KnownActor, nameOf: MachineName): Omit<ActorRecord, 'n' | 'at' | 'kind'> => {
  const { sessionId, id = sessionId, _parent: parent, src } = actor
  const systemId = actor.systemId ?? actor.options?.systemId
  const machine = machineOf(actor)
  return {
    actor: sessionId,
    id: cleanName(id),
    ...(parent && { parent: parent.sessionId }),
    ...(systemId !== undefined && { systemId: cleanName(systemId) }),
    ...(typeof src === 'string' && { src: cleanName(src) }),
    ...(machine !== undefined && { machine: nameOf(machine) }),
  }
}

const snapshotOf = (actor: KnownActor): AnySnapshotLike | undefined => {
  try {
    return actor.getSnapshot() as AnySnapshotLike | undefined
  } catch {
    return undefined
  }
}

/** An actor as it is now. */
export const seenNow = (actor: KnownActor, redactor: Redactor, nameOf: MachineName): SeenActor => {
  const snapshot = snapshotOf(actor)
  const context = snapshot?.context
  return {
    ...identityOf(actor, nameOf),
    status: snapshot?.status ?? 'active',
    states: isMachineSnapshot(snapshot) ? activeStates(snapshot).map(cutText) : [],
    ...(context !== undefined && { context: redactor(context) }),
    last: [],
  }
}

/** The actor and all below it, parents first. */
export const familyOf = (actor: KnownActor): KnownActor[] => {
  const children = Object.values(snapshotOf(actor)?.children ?? {}).filter((child) => child !== undefined)
  return [actor, ...children.flatMap(familyOf)]
}
