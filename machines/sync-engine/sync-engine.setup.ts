import { setup, stateIn } from 'xstate'
import { type FaultCode, toFieldmeshError } from '#model/fault'
import { backoff } from '../kit/backoff.ts'
import { commander } from '../kit/command.ts'
import type { RestingTag } from '../kit/tags.ts'
import { TIMINGS } from '../kit/timings.ts'
import type { StorageInput } from '../ports.ts'
import { type SyncMeshCommand, syncMeshMachine } from '../sync-mesh/index.ts'
import { syncEnginePorts } from './sync-engine.ports.ts'
import type { PhaseTag, SyncEngineContext, SyncEngineEvent, SyncEngineInput } from './sync-engine.types.ts'

export const engine = setup({
  types: {
    context: {} as SyncEngineContext,
    events: {} as SyncEngineEvent,
    input: {} as SyncEngineInput,
    tags: {} as PhaseTag | RestingTag,
  },
  actors: { ...syncEnginePorts, mesh: syncMeshMachine },
  guards: {
    isDropped: stateIn({ active: { opening: { loading: 'dropped' } } }),
    isLost: stateIn({ active: { opening: { loading: 'lost' } } }),
    isReturning: stateIn({ active: { closing: 'returning' } }),
    isStopping: stateIn({ yielding: 'stopping' }),
  },
  delays: {
    proven: TIMINGS.proven,
    mending: ({ context: { seed, crashes } }) => backoff({ seed, attempt: Math.max(0, crashes - 1) }),
  },
})

export const mesh = commander<SyncMeshCommand>('mesh')

/** Names what needs the user; null for nothing. */
export const note = (fault: FaultCode | null) => engine.assign({ fault })

/** Names the fault that was told, or that a request failed with. */
export const noteTold = engine.assign(({ event }) => {
  if ('fault' in event) return { fault: event.fault }
  return 'error' in event ? { fault: toFieldmeshError(event.error, 'storage-failed').code } : {}
})

/** The device no longer counts among those met before. */
export const forget = engine.assign(({ context: { opened }, event }) =>
  opened && event.type === 'engine.forget'
    ? { opened: { ...opened, knownPeers: opened.knownPeers.filter((id) => id !== event.peerId) } }
    : {},
)

/** Passes the event on to the mesh. */
export const tellMesh = engine.enqueueActions(({ enqueue, event }) => enqueue.sendTo('mesh', event))

export const storeOf = ({ context }: { readonly context: SyncEngineContext }): StorageInput => ({
  name: context.storeName,
})
