import type { Receipt } from '#engine/types'
import type { PeerStatus, SyncStatus } from '#store/sync-store.types'
import type { World, WorldDevice } from '#world/types'
import { type Device, isLinked, type Name, NAMES, type Pair, theOther } from './pair.ts'

const TYPE = 'reading'
/** The write of this number is larger than one chunk, however well it is packed. */
const LARGE = 5
const noise = Array.from({ length: 6_000 }, (_, i) => Math.imul(i + 1, 0x9e3779b9).toString(36)).join('')
const fieldsOf = (count: number) => ({ kwh: count, ...(count === LARGE && { remark: noise }) })

const SHOWN: Readonly<Record<Device['other'], PeerStatus['state'] | undefined>> = {
  unknown: undefined,
  absent: 'absent',
  linked: 'connected',
  resigned: 'gaveUp',
}

/** The writes of one tour: how many each device made, and how many of them the other one has. */
export interface Writes {
  readonly made: Record<Name, number>
  readonly shared: Record<Name, number>
}

/** Every device that runs writes once more, so that each action finds something on its way or waiting. */
export const writeOnEach = async (world: World, { made }: Writes): Promise<void> => {
  const writing = NAMES.map((name) => [name, world.device(name)] as const)
    .filter(([, { state }]) => state === 'running')
    .map(([name, { engine }]) => engine.put(TYPE, `${name} ${++made[name]}`, fieldsOf(made[name])))
  await world.settle(Promise.all(writing))
}

/** What people see on one device. */
export interface Side {
  readonly name: Name
  /** Links open at both ends. */
  readonly links: number
  readonly mode: SyncStatus['mode']
  readonly signaling: string | undefined
  readonly other: PeerStatus['state'] | undefined
  readonly outbox: number
  readonly lacks: number | undefined
  readonly records: readonly string[]
  /** Of its newest write. */
  readonly receipt: Receipt['state']
  /** Who is explained, each with a cause and a next step, and whether it is said to be well. */
  readonly explained: Readonly<Record<string, boolean>>
}

const modeOf = (pair: Pair, name: Name): Side['mode'] => {
  if (pair[name].room === 'in') return 'online'
  return isLinked(pair) ? 'offline-p2p' : 'idle'
}

/** What the model says that people see. */
const predicted = (pair: Pair, name: Name, { made, shared }: Writes): Side => {
  const { room, other } = pair[name]
  const own = made[name] - shared[name]
  const numbered = (author: Name, count: number) => Array.from({ length: count }, (_, i) => `${author} ${i + 1}`)
  const records = [...numbered(name, made[name]), ...numbered(theOther(name), shared[theOther(name)])]
  return {
    name,
    links: Number(isLinked(pair)),
    mode: modeOf(pair, name),
    signaling: room === 'in' ? 'online' : 'gaveUp',
    other: SHOWN[other],
    outbox: own,
    lacks: other === 'unknown' ? undefined : own,
    records: records.sort(),
    receipt: made[name] === 0 ? 'unknown' : own > 0 ? 'local' : 'all',
    explained: { engine: true, signaling: room === 'in', ...(other !== 'unknown' && { peer: isLinked(pair) }) },
  }
}

const explained = ({ engine }: WorldDevice): Readonly<Record<string, boolean>> => {
  const speaking = engine.explain().filter(({ cause, nextStep }) => cause.trim() !== '' && nextStep.trim() !== '')
  return Object.fromEntries(speaking.map(({ subject, healthy }) => [subject, healthy]))
}

const shown = (world: World, name: Name, { made }: Writes): Side => {
  const device = world.device(name)
  const { engine } = device
  const { mode, signaling, peers, outboxCount } = engine.store.getStatus()
  const records = engine.records(TYPE).map(({ id }) => id)
  return {
    name,
    links: world.network.links,
    mode,
    signaling: signaling?.state,
    other: peers[0]?.state,
    outbox: outboxCount,
    lacks: peers[0]?.lacks,
    records: records.sort(),
    receipt: engine.receipts({ peerId: engine.peerId, seq: Math.max(1, made[name]) }).state,
    explained: explained(device),
  }
}

/** What people see on each device that runs, and what the model says they do. */
export const sides = (world: World, pair: Pair, writes: Writes) => {
  const awake = NAMES.filter((name) => pair[name].power === 'on')
  return {
    predicted: awake.map((name) => predicted(pair, name, writes)),
    shown: awake.map((name) => shown(world, name, writes)),
  }
}
