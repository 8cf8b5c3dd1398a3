import { FieldmeshError, type FaultCode } from '#model/fault'
import type { EntryInput, Json } from '#model/entry'
import { refuseReservedType } from '#model/reserved-type'
import { withLock } from '#trust/locks'
import { assertMayWrite } from './admission.ts'
import { createEngineCore, type EngineCore } from './engine-core.ts'
import { explainAll } from './explain.ts'
import { checkOptions, checkSignalingUrl, type SyncEngineOptions } from './options.ts'
import { receiptOf } from './receipts.ts'
import type { Session } from './session.ts'
import type { SyncEngine } from './types.ts'

/**
 * Makes the sync engine of one device in one room. Nothing is opened or connected before `start()`.
 *
 * @throws FieldmeshError `room-invalid`, `signaling-url`, `options-invalid`
 * @example
 * const engine = createSyncEngine({ room: await createRoom(), signaling: 'wss://signal.example.org' })
 * await engine.start()
 * await engine.put('reading', 'meter-17', { kwh: 812 })
 */
export const createSyncEngine = (options: SyncEngineOptions): SyncEngine => {
  const settings = checkOptions(options)
  const core = createEngineCore(settings)
  const { actor, store } = core

  const session = (): Session => {
    const open = core.session()
    if (open && store.getStatus().phase !== 'closing') return open
    throw new FieldmeshError('not-running')
  }
  const write = async (inputs: readonly EntryInput[]) => {
    const open = session()
    for (const input of inputs) refuseReservedType(input?.resourceType)
    assertMayWrite(open, core.now())
    return open.store.write(inputs)
  }
  const put = async (resourceType: string, id: string, fields: Readonly<Record<string, Json>>) => {
    const action = session().store.record(resourceType, id)?.alive ? 'update' : 'create'
    return only(await write([{ resourceType, id, action, data: fields }]))
  }

  return {
    get peerId() {
      return core.peerId()
    },
    get room() {
      const { secret, lock } = settings.room
      return { id: core.roomId(), secret: withLock(secret, core.session()?.locks.newest ?? lock) }
    },
    get deviceKey() {
      return core.session()?.deviceKey
    },
    members: core.members,
    actor,
    store,
    start: () => startCore(core),
    stop: () => stopCore(core),
    sync: write,
    put,
    remove: async (resourceType, id) => only(await write([{ resourceType, id, action: 'delete', data: {} }])),
    record: (resourceType, id) => store.getRecord(resourceType, id),
    records: (resourceType) => store.getRecords(resourceType),
    conflicts: () => store.getConflicts(),
    receipts: (dot) => receiptOf(dot, session()),
    explain: (peerId) => {
      const all = explainAll(core.readStatus(), core.bannedUntil)
      return peerId === undefined ? all : all.filter((one) => one.peerId === peerId)
    },
    retry: (peerId) => actor.send(peerId === undefined ? { type: 'engine.retry' } : { type: 'engine.retry', peerId }),
    forget: async (peerId) => {
      const { ledger, shown } = session()
      actor.send({ type: 'engine.forget', peerId })
      ledger.forget(peerId)
      shown.delete(peerId)
      await ledger.flush()
      store.touchStatus()
    },
    setSignaling: (url) => actor.send({ type: 'engine.setSignaling', url: checkSignalingUrl(url) }),
    on: core.emitter.on,
  }
}

const only = <T>(list: readonly T[]): T => {
  const [first] = list
  if (first === undefined) throw new FieldmeshError('internal', 'A write gave no entry.')
  return first
}

const startCore = async (core: EngineCore): Promise<void> => {
  core.actor.send({ type: 'engine.start' })
  const { phase, fault } = await core.settled(['running', 'failed', 'idle'])
  if (phase !== 'running') throw new FieldmeshError(fault ?? fallback(phase))
}
const fallback = (phase: string): FaultCode => (phase === 'idle' ? 'engine-stopped' : 'storage-failed')

const stopCore = async (core: EngineCore): Promise<void> => {
  core.actor.send({ type: 'engine.stop' })
  await core.settled(['idle', 'failed'])
}
