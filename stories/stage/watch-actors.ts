import type { ActorRefLike, AnyActor, AnyMachineSnapshot, AnyStateMachine, InspectionEvent } from 'xstate'
import { activeStates } from '#chart/active-states'
import type { SyncEngine } from '#engine/types'
import { enteredWords } from './entered-words.ts'
import type { Sent } from './happenings.ts'
import { chartOf } from './machine-charts.ts'
import type { ActorAt } from './moment.types.ts'

/** The machines of one engine as they are now. */
export interface ActorWatch {
  /** The same array until one of them changed. */
  read(): readonly ActorAt[]
}

type Told = (sent: Omit<Sent, 'device' | 'about'> & { readonly peerId: string | undefined }) => void

interface Followed {
  at: ActorAt
  taken: ActorAt['last']
}

const isMachine = (logic: unknown): logic is AnyStateMachine =>
  typeof logic === 'object' && logic !== null && 'root' in logic && 'getStateNodeById' in logic

/** A ping that is answered moves the chart of every link once in two seconds: that is its calm. */
const placeOf = ({ value }: AnyMachineSnapshot): string => JSON.stringify(value).replaceAll('"probing"', '"healthy"')

const peerIdOf = ({ context }: AnyMachineSnapshot): string | undefined => {
  const { peerId } = context as { readonly peerId?: unknown }
  return typeof peerId === 'string' ? peerId : undefined
}

const enteredOf = ({ machine, snapshot }: ActorAt, next: AnyMachineSnapshot, isNew: boolean) => {
  const entered = enteredWords(chartOf(machine), isNew ? [] : activeStates(snapshot), activeStates(next))
  return entered === undefined ? {} : { entered }
}

/** Follows every machine of an engine, from its birth to its end; tells each event that reached one. */
export const watchActors = (engine: SyncEngine, told: Told): ActorWatch => {
  const followed = new Map<string, Followed>()
  let actors: readonly ActorAt[] | undefined

  /** An actor that begins cannot be asked for its snapshot yet. */
  const follow = (ref: ActorRefLike, snapshot: AnyMachineSnapshot): Followed | undefined => {
    const { sessionId, id, logic } = ref as AnyActor
    const known = followed.get(sessionId)
    if (known || !isMachine(logic)) return known
    const peerId = logic.id === 'sync-peer' ? peerIdOf(snapshot) : undefined
    const name = ref === engine.actor ? 'engine' : id
    const at: ActorAt = { session: sessionId, id: name, ...(peerId && { peerId }), machine: logic, snapshot, last: [] }
    const fresh = { at, taken: [] }
    followed.set(sessionId, fresh)
    return fresh
  }
  const settle = (one: Followed, snapshot: AnyMachineSnapshot, event: { readonly type: string }): void => {
    const { at, taken } = one
    const isNew = event.type === 'xstate.init'
    const hasMoved = isNew || placeOf(at.snapshot) !== placeOf(snapshot)
    one.at = { ...at, snapshot, last: taken.length > 0 ? taken : at.last }
    one.taken = []
    actors = undefined
    if (snapshot.status !== 'active') followed.delete(at.session)
    const entered = hasMoved ? enteredOf(at, snapshot, isNew) : {}
    told({ machine: at.machine.id, peerId: at.peerId, event, hasMoved, ...entered })
  }
  const see = (inspected: InspectionEvent): void => {
    if (inspected.type !== '@xstate.snapshot' && inspected.type !== '@xstate.microstep') return
    const one = follow(inspected.actorRef, inspected.snapshot as AnyMachineSnapshot)
    if (!one) return
    if (inspected.type === '@xstate.microstep') one.taken = [...one.taken, ...inspected._transitions]
    else settle(one, inspected.snapshot as AnyMachineSnapshot, inspected.event)
  }
  follow(engine.actor, engine.actor.getSnapshot() as AnyMachineSnapshot)
  engine.actor.system.inspect(see)
  return {
    read: () => {
      actors ??= [...followed.values()].map(({ at }) => at)
      return actors
    },
  }
}
