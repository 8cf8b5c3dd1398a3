import type { FaultCode } from '#model/fault'
import type { VectorClock } from '#model/vector-clock'
import type { OpenedStore } from '#machines/ports'
import { type IdentityKeys, loadIdentity } from '#store/identity'
import type { Journal } from '#store/journal'
import { openLedger } from '#store/ledger'
import { openReplicaStore } from '#store/replica-store'
import type { Ledger, ReplicaStore } from '#store/replica-store.types'
import type { DeviceKey, DeviceKeys } from '#trust/crypto.types'
import { ControlLog } from '#trust/membership/control-log'
import { peerIdOf } from '#trust/peer-id-of'
import type { RoomKeys } from '#trust/room-keys'
import { createSocketTrust } from '#trust/socket-trust'
import type { SocketTrust } from '#trust/socket-trust.types'
import { fingerprintOf } from '#trust/fingerprint'
import { type Acquaintances, createAcquaintances } from './acquaintances.ts'
import { foundRoom } from './found-room.ts'
import type { DeviceKeyView } from './types.ts'
import type { EnginePorts } from './ports.ts'
import { type LockRing, openLockRing } from './lock-ring.ts'
import { type GivenRoom, openKeys } from './room.ts'

/** What lives from the opening of the store to its closing. */
export interface Session {
  readonly store: ReplicaStore
  readonly ledger: Ledger
  readonly opened: OpenedStore
  /** What the room's secret opens. */
  readonly room: RoomKeys
  /** Who belongs to the room, as its secret says: the policy, and where devices are admitted the founder's public key. */
  readonly charter: Pick<GivenRoom, 'policy' | 'root'>
  /** What newcomers must have. */
  readonly locks: LockRing
  /** Devices that proved their keys since the store was opened. */
  readonly met: Acquaintances
  /** What makes this device the one that its id names. */
  readonly device: DeviceKey
  /** The same for people. */
  readonly deviceKey: DeviceKeyView
  /** Why the device key will not be there after a restart, where it won't. */
  readonly keyFault: FaultCode | undefined
  /** Both keys as a socket uses them, for this run of the device. */
  readonly trust: SocketTrust
  /** Ids under which this device wrote entries: its own, and any before it. */
  readonly own: ReadonlySet<string>
  /** Our vector as each peer was last told it, so that a reconnect needs only what changed since. */
  readonly shown: Map<string, VectorClock>
  /** Two states of chains, theirs and ours, as they were compared last with each peer; not kept. */
  readonly comparedWith: Map<string, string>
}

export interface SessionPlace {
  /** Of the store. */
  readonly name: string
  readonly room: GivenRoom
  readonly ports: EnginePorts
}

/** The key of one store, with the id that follows from it. */
const identityKeys = (keys: DeviceKeys, name: string): IdentityKeys<DeviceKey> => {
  const withId = (key: DeviceKey) => ({ key, peerId: peerIdOf(key.publicKey) })
  return {
    find: async () => {
      const key = await keys.find(name)
      return key && withId(key)
    },
    create: async () => withId(await keys.create(name)),
  }
}

const openOver = async (
  journal: Journal,
  room: RoomKeys,
  { name, ports, room: given }: SessionPlace,
  onFault: (fault: FaultCode) => void,
): Promise<Session> => {
  const keys = identityKeys(ports.deviceKeys, name)
  const { peerId, epoch, former, key } = await loadIdentity({ journal, keys, now: ports.now, onFault })
  const { policy, root } = given
  const control = new ControlLog({ policy, ...(root && { trust: { suite: ports.crypto, room: room.id, root } }) })
  const trust = { log: room.id, device: key, verify: ports.crypto.verify, authorOf: peerIdOf }
  const store = await openReplicaStore({ journal, peerId, now: ports.now, trust, control })
  const founding = { suite: ports.crypto, founder: given.founder, now: ports.now(), onFault }
  await foundRoom({ store, room, device: key, root }, founding)
  const ledger = await openLedger(journal, { clock: ports.clock, onFault })
  const known = () => [
    ...new Set([...store.vector()].map(([author]) => author).concat(ledger.peers().map((p) => p.peerId))),
  ]
  const knownPeers = ledger.peers().map((peer) => peer.peerId)
  return {
    store,
    ledger,
    opened: { room: room.id, peerId, epoch, knownPeers },
    room,
    charter: { policy, ...(root && { root }) },
    met: createAcquaintances(),
    locks: await openLockRing({ journal, suite: ports.crypto, room, device: key, given: given.lock, known, onFault }),
    device: key,
    deviceKey: { fingerprint: fingerprintOf(key.publicKey), keeping: key.keeping },
    keyFault: key.keeping === 'memory' ? 'key-not-kept' : undefined,
    trust: createSocketTrust({ suite: ports.crypto, room, device: key, epoch }),
    own: new Set([peerId, ...former]),
    shown: new Map(),
    comparedWith: new Map(),
  }
}

/**
 * Opens the room, then journal, identity, replica and ledger of one store. Rejects with FieldmeshError; then nothing
 * stays open.
 */
export const openSession = async (place: SessionPlace, onFault: (fault: FaultCode) => void): Promise<Session> => {
  const room = await openKeys(place.ports.crypto, place.room)
  const journal = await place.ports.openJournal(place.name)
  try {
    return await openOver(journal, room, place, onFault)
  } catch (error) {
    await journal.close().catch(() => undefined)
    throw error
  }
}

/** Writes what is under way, then closes the journal. */
export const closeSession = async ({ ledger, store }: Session): Promise<void> => {
  try {
    await ledger.flush()
  } finally {
    await store.close()
  }
}
