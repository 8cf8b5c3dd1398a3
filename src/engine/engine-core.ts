import { type Actor, createActor, waitFor } from 'xstate'
import { type SyncEngineView, syncEngineView } from '#machines/sync-engine/sync-engine.view'
import type { FaultCode } from '#model/fault'
import { createSyncStore, type SyncStoreControl } from '#store/sync-store'
import type { SyncStatus } from '#store/sync-store.types'
import { createDepot } from '#wire/depot'
import { assemble, type EngineMachine } from './assemble.ts'
import { doubtOfMember } from './admission.ts'
import { createEmitter } from './emitter.ts'
import { guardInspect } from './guard-inspect.ts'
import { createLinkWatch, keepLinkWatch } from './link-watch.ts'
import { createMembers } from './members.ts'
import type { Members } from './members.types.ts'
import type { EngineSettings } from './options.ts'
import { platformPorts } from './platform-ports.ts'
import type { EnginePorts } from './ports.ts'
import type { Session } from './session.ts'
import { createSessionKeeper } from './session-keeper.ts'
import { projectStatus } from './status.ts'

type Phase = SyncEngineView['phase']

/** The running parts behind one `SyncEngine`. */
export interface EngineCore {
  readonly actor: Actor<EngineMachine>
  readonly store: SyncStoreControl
  readonly emitter: ReturnType<typeof createEmitter>
  session(): Session | undefined
  peerId(): string
  /** The room's id: '' where only its secret was given, until it was opened for the first time. */
  roomId(): string
  readStatus(): SyncStatus
  readonly members: Members
  /** Wall clock, ms since 1970. */
  now(): number
  /** When the ban of a device ends, ms since 1970; undefined for one that is not banned. */
  readonly bannedUntil: (peerId: string) => number | undefined
  /** Waits until the engine is in one of the phases. */
  settled(phases: readonly Phase[]): Promise<{ phase: Phase; fault?: FaultCode }>
}

/** Builds the actor system and what it works on. The root actor runs, idle, from the start: it can be inspected. */
export const createEngineCore = (settings: EngineSettings): EngineCore => {
  const lifeline = new AbortController()
  const ports: EnginePorts = { ...platformPorts(settings.iceServers, lifeline.signal), ...settings.ports }
  const emitter = createEmitter(settings.logger)
  let turn = 0
  const keeper = createSessionKeeper(ports, settings.room, {
    opened: (session) => {
      turn += 1
      store.attach(session.store)
      // A rotated secret is no record, but whoever shows invitations is to look again.
      session.locks.subscribe(() => store.touchRecords())
    },
    closed: () => {
      turn += 1
      store.attach(undefined)
    },
    changed: ({ origin, dots }) => {
      turn += 1
      if (origin === 'judged') retryMembers()
      else emitter.emit('entries', { origin, dots })
    },
    touched: () => {
      turn += 1
      store.touchStatus()
    },
    fault: (fault, peerId) => {
      turn += 1
      settings.logger.warn(`refused or failed: ${fault}`, peerId)
      store.touchStatus()
      emitter.emit('fault', peerId === undefined ? { fault } : { fault, peerId })
    },
  })
  const linkWatch = createLinkWatch(ports.clock)
  const actor = createActor(assemble({ ports, depot: createDepot(), keeper, tap: linkWatch.tap }), {
    systemId: 'engine',
    clock: ports.clock,
    input: engineInput(settings, ports),
    // From here it sees the root's birth too.
    ...(settings.inspect && { inspect: guardInspect(settings.inspect, settings.logger) }),
  })
  keepLinkWatch(actor, linkWatch)
  const view = () => syncEngineView(actor.getSnapshot())
  const readStatus = () => projectStatus(view(), keeper.current(), keeper.lastSync())
  const store = createSyncStore({
    readStatus,
    schedule: queueMicrotask,
    onStatus: (status) => emitter.emit('status', status),
    isHeard: () => emitter.has('status'),
  })

  /** Who was refused for not belonging here, and belongs here now, is tried again. */
  const retryMembers = () => {
    for (const { peerId, state, fault } of view().mesh?.peers ?? []) {
      const isOut = state === 'refused' && fault?.startsWith('member-')
      const membership = keeper.current()?.store.membership
      if (isOut && membership && !doubtOfMember(membership, peerId, ports.now()))
        actor.send({ type: 'engine.retry', peerId })
    }
  }
  const members = createMembers({
    policy: settings.room.policy,
    session: keeper.current,
    now: ports.now,
    turn: () => turn,
    admitted: (peerId) => keeper.current()?.met.admit(peerId),
  })

  actor.system.inspect((event) => event.type === '@xstate.snapshot' && store.touchStatus())
  actor.subscribe({
    error: (error) => {
      settings.logger.error('the engine failed', error)
      lifeline.abort()
    },
  })
  actor.start()

  return {
    actor,
    store,
    emitter,
    session: keeper.current,
    peerId: keeper.peerId,
    roomId: keeper.roomId,
    readStatus,
    members,
    now: ports.now,
    bannedUntil: (peerId) => view().mesh?.peers.find((peer) => peer.peerId === peerId)?.until,
    settled: async (phases) => {
      await waitFor(actor, (snapshot) => phases.includes(syncEngineView(snapshot).phase))
      store.flush()
      const { phase, fault } = view()
      return fault ? { phase, fault } : { phase }
    },
  }
}

const engineInput = ({ storeName, signalingUrl, maxDirectPeers }: EngineSettings, ports: EnginePorts) => ({
  storeName,
  signalingUrl,
  maxDirectPeers,
  seed: new DataView(ports.randomBytes(4).buffer).getUint32(0),
})
