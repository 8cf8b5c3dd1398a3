import { statesWithin } from '#chart/chart-tree'
import type { ChartModel } from '#chart/chart.types'
import type { PeerStatus, SyncStatus } from '#engine/types'
import { isPlainObject } from '#model/plain-object'
import { type FaultCode, isFaultCode } from '#model/fault'
import { PEER_STATES } from '#machines/sync-peer/sync-peer.view'
import { PHASES } from '#machines/sync-engine/sync-engine.view'
import type { SeenActor } from '#inspector/records.types'
import type { DeviceLog } from '#inspector/ui/device-log'

const PEER = 'peer:'
const SIGNALING = ['offline', 'dialing', 'joining', 'online', 'waiting', 'gaveUp', 'refused']

const tagsIn = new WeakMap<ChartModel, ReadonlyMap<string, readonly string[]>>()

const tagsOf = (log: DeviceLog, { machine, states }: SeenActor): ReadonlySet<string> => {
  const chart = machine === undefined ? undefined : log.chart(machine)
  if (!chart) return new Set()
  const known = tagsIn.get(chart) ?? new Map(statesWithin(chart.root).map(({ id, tags }) => [id, tags] as const))
  tagsIn.set(chart, known)
  return new Set(states.flatMap((id) => known.get(id) ?? []))
}

const faultOf = ({ context }: SeenActor): FaultCode | undefined => {
  const fault = isPlainObject(context) ? context['fault'] : undefined
  return isFaultCode(fault) ? fault : undefined
}

/** The device that a chart of one link is about. */
export const peerIdOf = ({ machine, id }: Pick<SeenActor, 'machine' | 'id'>): string | undefined =>
  machine === 'sync-peer' && id.startsWith(PEER) ? id.slice(PEER.length) : undefined

const peerStatus = (log: DeviceLog, seen: SeenActor): readonly PeerStatus[] => {
  const peerId = peerIdOf(seen)
  if (peerId === undefined || seen.status !== 'active') return []
  const tags = tagsOf(log, seen)
  const state = PEER_STATES.find((tag) => tags.has(tag)) ?? 'absent'
  const fault = faultOf(seen)
  return [{ peerId, state, lacks: 0, ahead: 0, lastSeen: 0, ...(fault && { fault }) }]
}

const signalingStatus = (seen: SeenActor): NonNullable<SyncStatus['signaling']> => {
  const keys = seen.states.map((id) => id.split('.').at(-1) ?? '')
  const fault = faultOf(seen)
  return { state: SIGNALING.find((state) => keys.includes(state)) ?? 'dialing', ...(fault && { fault }) }
}

/**
 * What a device’s charts told its person. How much each device lacked is content, which a recording does not hold: it
 * counts as nothing.
 *
 * @returns undefined where no fieldmesh engine is among the actors
 */
export const statusOf = (log: DeviceLog, actors: Iterable<SeenActor>): SyncStatus | undefined => {
  const all = [...actors]
  const engine = all.find(({ machine }) => machine === 'sync-engine')
  if (!engine) return undefined
  const road = all.find(({ machine, status }) => machine === 'signaling' && status === 'active')
  const peers = all.flatMap((seen) => peerStatus(log, seen))
  const signalingConnected = road !== undefined && tagsOf(log, road).has('connected')
  const tags = tagsOf(log, engine)
  const fault = faultOf(engine)
  const isLinked = peers.some(({ state }) => state === 'connected')
  return {
    mode: signalingConnected ? 'online' : isLinked ? 'offline-p2p' : 'idle',
    peers,
    outboxCount: 0,
    lastSync: 0,
    signalingConnected,
    phase: PHASES.find((phase) => tags.has(phase)) ?? 'idle',
    ...(road && { signaling: signalingStatus(road) }),
    ...(fault && { fault }),
  }
}
