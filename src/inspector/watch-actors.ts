import type { AnyTransitionDefinition, InspectedMicrostepEvent, InspectionEvent } from 'xstate'
import { activeStates } from '#chart/active-states'
import { transitionId } from '#chart/transition-id'
import {
  type AnySnapshotLike,
  identityOf,
  isMachineSnapshot,
  type KnownActor,
  type MachineName,
} from './actor-facts.ts'
import { cutText } from './cut-text.ts'
import { cleanName } from './clean-name.ts'
import type { Redactor } from './redact.ts'
import type { InspectRecord, SnapshotRecord } from './records.types.ts'
import type { createLawWatch } from './watch-laws.ts'

type Unnumbered<R> = R extends InspectRecord ? Omit<R, 'n' | 'at'> : never
/** A record before it has its number and its time. */
export type Note = Unnumbered<InspectRecord>

interface Options {
  readonly redactor: Redactor
  readonly lawWatch: ReturnType<typeof createLawWatch>
  readonly note: (note: Note) => void
  readonly nameOf: MachineName
}

/** What was told of an actor last: compared by identity, as XState keeps what does not change. */
interface Told {
  readonly status: SnapshotRecord['status']
  readonly context: unknown
  readonly nodes: unknown
  readonly children: unknown
}
const NOTHING_TOLD: Told = { status: 'active', context: undefined, nodes: undefined, children: undefined }

const names = new WeakMap<AnyTransitionDefinition, string>()
const nameOfTransition = (transition: AnyTransitionDefinition): string => {
  const known = names.get(transition)
  if (known !== undefined) return known
  const name = cutText(transitionId(transition))
  names.set(transition, name)
  return name
}

const toldBy = (snapshot: AnySnapshotLike): Told => ({
  status: snapshot.status ?? 'active',
  context: snapshot.context,
  nodes: isMachineSnapshot(snapshot) ? snapshot._nodes : undefined,
  children: snapshot.children,
})

/** Turns what XState's inspection tells into notes: filtered first, and nothing is copied that is not kept. */
export const watchActors = ({ redactor, lawWatch, note, nameOf }: Options) => {
  const told = new WeakMap<object, Told>()

  const meet = (actor: KnownActor): Told => {
    const known = told.get(actor)
    if (known) return known
    told.set(actor, NOTHING_TOLD)
    note({ kind: 'actor', ...identityOf(actor, nameOf) })
    return NOTHING_TOLD
  }
  const rest = (actor: KnownActor, snapshot: AnySnapshotLike): void => {
    const before = meet(actor)
    const now = toldBy(snapshot)
    const hasMoved = now.nodes !== before.nodes
    const hasContext = now.context !== undefined && now.context !== before.context
    const isSame = now.status === before.status && !hasMoved && !hasContext
    if (isSame && now.children === before.children) return
    told.set(actor, now)
    if (!isSame)
      note({
        kind: 'snapshot',
        actor: actor.sessionId,
        status: now.status,
        ...(hasMoved && isMachineSnapshot(snapshot) && { states: activeStates(snapshot).map(cutText) }),
        ...(hasContext && { context: redactor(now.context) }),
      })
    if (now.status !== 'active' || !isMachineSnapshot(snapshot)) return
    for (const { id, says } of lawWatch(actor, snapshot))
      note({ kind: 'law', actor: actor.sessionId, law: cutText(id), says: cutText(says) })
  }
  /** No inspection tells of an actor that failed, but that its parent hears of it. */
  const fail = (actor: KnownActor): void => {
    const before = meet(actor)
    if (before.status === 'error') return
    told.set(actor, { ...before, status: 'error' })
    note({ kind: 'snapshot', actor: actor.sessionId, status: 'error' })
  }
  const send = (actor: KnownActor, source: KnownActor | undefined, event: { readonly type: string }): void => {
    meet(actor)
    if (source && event.type.startsWith('xstate.error.actor.')) fail(source)
    const payload = redactor.payload(event)
    note({
      kind: 'event',
      actor: actor.sessionId,
      ...(source && { from: source.sessionId }),
      type: cleanName(event.type),
      ...(payload !== undefined && { payload }),
    })
  }
  const step = (actor: KnownActor, { event, _transitions: transitions }: InspectedMicrostepEvent): void => {
    if (transitions.length === 0) return
    meet(actor)
    const type = cleanName(event.type)
    note({ kind: 'step', actor: actor.sessionId, type, transitions: transitions.map(nameOfTransition) })
  }

  return {
    /** An actor that was there before: what it is now is no news. */
    known: (actor: KnownActor): void => {
      const snapshot = actor.getSnapshot() as AnySnapshotLike | undefined
      told.set(actor, snapshot ? toldBy(snapshot) : NOTHING_TOLD)
    },
    inspect: (inspected: InspectionEvent): void => {
      const actor = inspected.actorRef as KnownActor
      if (inspected.type === '@xstate.actor') meet(actor)
      else if (inspected.type === '@xstate.event')
        send(actor, inspected.sourceRef as KnownActor | undefined, inspected.event)
      else if (inspected.type === '@xstate.microstep') step(actor, inspected)
      else if (inspected.type === '@xstate.snapshot') rest(actor, inspected.snapshot as AnySnapshotLike)
    },
    /** Looks at an actor again: of a root that failed nobody hears. */
    look: (actor: KnownActor): void => {
      const snapshot = actor.getSnapshot() as AnySnapshotLike | undefined
      if (snapshot?.status === 'error') fail(actor)
    },
  }
}
