import type { ActorRefLike, AnyTransitionDefinition, InspectionEvent, Observer, Snapshot } from 'xstate'
import { type AnySnapshotLike, isMachineSnapshot, type KnownActor } from './actor-facts.ts'
import { cleanName } from './clean-name.ts'
import { createRedactor, type Redaction, type Redactor } from './redact.ts'

type Inspect = Observer<InspectionEvent> | ((event: InspectionEvent) => void)

const contentOf = (snapshot: object, names: readonly string[], redactor: Redactor) =>
  Object.fromEntries(
    names.filter((name) => name in snapshot).map((name) => [name, redactor(Reflect.get(snapshot, name))]),
  )

/** A snapshot as JSON: states and tags as they are, which is code; of what went through it, names and sizes. */
const redactedSnapshot = (snapshot: unknown, redactor: Redactor): Snapshot<unknown> => {
  if (typeof snapshot !== 'object' || snapshot === null) return snapshot as Snapshot<unknown>
  const content = contentOf(snapshot, ['context', 'output', 'error', 'input'], redactor)
  const { status = 'active', children = {} } = snapshot as AnySnapshotLike
  const machine = isMachineSnapshot(snapshot) && {
    value: snapshot.value,
    tags: [...snapshot.tags],
    children: Object.fromEntries(Object.keys(children).map((id) => [cleanName(id), {}])),
  }
  return { status, ...content, ...machine } as unknown as Snapshot<unknown>
}

/** What a machine is declared as, without the context that it starts with. */
const declaredBy = (logic: unknown): unknown => {
  if (typeof logic !== 'object' || logic === null || !('config' in logic)) return undefined
  const { config } = logic
  if (typeof config !== 'object' || config === null) return undefined
  const { context: _context, ...code } = config as Record<string, unknown>
  return { config: code }
}

/** From where to where, on what; the nodes themselves hold the whole machine, and the context that it starts with. */
const namedTransition = ({ eventType, reenter, source, target }: AnyTransitionDefinition) =>
  ({
    eventType,
    reenter,
    source: { id: source.id },
    target: target?.map(({ id }) => ({ id })),
  }) as unknown as AnyTransitionDefinition

/** Stands in for actors, so that what an inspector asks of them is redacted too. */
const createStandIns = (redactor: Redactor) => {
  const known = new WeakMap<object, ActorRefLike>()
  const standIn = (actor: KnownActor): ActorRefLike => {
    const before = known.get(actor)
    if (before) return before
    const { sessionId, id, _parent: parent, src } = actor
    const logic = declaredBy(actor.logic)
    const made = {
      sessionId,
      id: cleanName(id ?? sessionId),
      // Asked for, not kept: an actor is told of before it has got its name in the system.
      get systemId() {
        return actor.systemId === undefined ? undefined : cleanName(actor.systemId)
      },
      ...(parent && { _parent: standIn(parent) }),
      ...(typeof src === 'string' && { src: cleanName(src) }),
      ...(logic !== undefined && { logic }),
      send: actor.send.bind(actor),
      getSnapshot: () => redactedSnapshot(actor.getSnapshot(), redactor),
    }
    known.set(actor, made)
    return made
  }
  return standIn
}

/**
 * Wraps any XState inspector so that it sees only redacted events and snapshots: ids, types, states and numbers as they
 * are, of content its size. For `@statelyai/inspect` and others that send what they see somewhere else.
 *
 * @example
 * import { createInspector } from '@statelyai/inspect'
 * const channel = new BroadcastChannel('my inspector')
 * const inspector = createInspector({ send: (event) => channel.postMessage(event) })
 * const engine = createSyncEngine({ room, inspect: redactedInspect(inspector.inspect) })
 * // To an engine that exists: engine.actor.system.inspect(redactedInspect(inspector.inspect))
 *
 * @throws FieldmeshError `options-invalid` for what is no redaction
 */
export const redactedInspect = (inspect: Inspect, redaction?: Redaction): ((event: InspectionEvent) => void) => {
  const redactor = createRedactor(redaction)
  const standIn = createStandIns(redactor)
  const tell = typeof inspect === 'function' ? inspect : (event: InspectionEvent) => inspect.next?.(event)
  const eventOf = (event: { readonly type: string }) => ({
    ...(redactor.payload(event) as object),
    type: cleanName(event.type),
  })

  return (seen) => {
    const actorRef = standIn(seen.actorRef as KnownActor)
    switch (seen.type) {
      case '@xstate.actor':
        return tell({ ...seen, actorRef })
      case '@xstate.event': {
        const sourceRef = seen.sourceRef && standIn(seen.sourceRef as KnownActor)
        return tell({ ...seen, actorRef, sourceRef, event: eventOf(seen.event) })
      }
      case '@xstate.action':
        return tell({
          ...seen,
          actorRef,
          action: { type: cleanName(seen.action.type), params: redactor(seen.action.params) },
        })
      default:
        return tell({
          ...seen,
          ...('_transitions' in seen && { _transitions: seen._transitions.map(namedTransition) }),
          actorRef,
          event: eventOf(seen.event),
          snapshot: redactedSnapshot(seen.snapshot, redactor),
        })
    }
  }
}
