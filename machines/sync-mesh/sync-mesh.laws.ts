import type { SnapshotFrom } from 'xstate'
import { LIMITS } from '#model/limits'
import type { Law } from '../kit/law.ts'
import type { syncMeshMachine } from './sync-mesh.machine.ts'
import { childOf } from './sync-mesh.setup.ts'

type MeshSnapshot = SnapshotFrom<typeof syncMeshMachine>

const isRunning = (snapshot: MeshSnapshot) => snapshot.matches('running')
const includesAll = (whole: readonly string[], part: readonly string[]) => part.every((id) => whole.includes(id))
const isAt = (snapshot: MeshSnapshot, served: 'alone' | 'stranded' | 'linked' | 'viaServer') =>
  snapshot.matches({ running: { rendezvous: { served } } })

export const syncMeshLaws: readonly Law<MeshSnapshot>[] = [
  {
    id: 'MESH-1',
    says: 'while the mesh runs, each device that matters has exactly one actor',
    holds: (snapshot) => {
      const children = Object.keys(snapshot.children).filter((id) => id.startsWith('peer:'))
      const expected = snapshot.context.peers.map(childOf)
      return !isRunning(snapshot) || (children.length === expected.length && includesAll(expected, children))
    },
  },
  {
    id: 'MESH-2',
    says: 'signaling lives exactly while it serves',
    holds: (snapshot) =>
      (snapshot.children['signaling'] !== undefined) === snapshot.matches({ running: { rendezvous: 'served' } }),
  },
  {
    id: 'MESH-3',
    says: 'who is linked or was met is kept, unless its actor is being mended',
    holds: ({ context: { peers, linked, met, crashed } }) => includesAll([...peers, ...crashed], [...linked, ...met]),
  },
  {
    id: 'MESH-4',
    says: 'only devices in the roster are told to link, more of them than the limit only where they ask, and never more than fill a room',
    holds: ({ context: { listed, banned, admitted, maxDirectPeers, spawned, spawnedBefore } }) =>
      includesAll(listed, admitted) &&
      (admitted.length >= Math.min(listed.filter((id) => !banned.includes(id)).length, maxDirectPeers) ||
        spawned - spawnedBefore >= LIMITS.strangersPerMinute) &&
      admitted.length <= LIMITS.roomPeers,
  },
  {
    id: 'MESH-5',
    says: 'we are alone only without a server’s address, stranded only with one, and neither while a device is linked',
    holds: (snapshot) => {
      const { signalingUrl, linked } = snapshot.context
      if (isAt(snapshot, 'alone')) return signalingUrl === null && linked.length === 0
      if (isAt(snapshot, 'stranded')) return signalingUrl !== null && linked.length === 0
      return !isAt(snapshot, 'linked') || linked.length > 0
    },
  },
  {
    id: 'MESH-6',
    says: 'no crashed actor is forgotten: while there is one, it is being mended',
    holds: (snapshot) =>
      snapshot.context.crashed.length === 0 || !snapshot.matches({ running: { membership: 'tending' } }),
  },
  {
    id: 'MESH-7',
    says: 'a device is not its own peer',
    holds: ({ context: { selfId, peers, listed, linked } }) => ![...peers, ...listed, ...linked].includes(selfId),
  },
  {
    id: 'MESH-8',
    says: 'the roster is bounded and empty while the server is out of reach',
    holds: (snapshot) => {
      const { listed } = snapshot.context
      const reached = !isRunning(snapshot) || isAt(snapshot, 'viaServer')
      return listed.length <= LIMITS.signalingRoster && (reached || listed.length === 0)
    },
  },
  {
    id: 'MESH-9',
    says: 'no more devices are remembered than the ledger remembers, beside those in sight',
    holds: ({ context: { met, listed, linked, crashed } }) =>
      met.length <= LIMITS.ledgerPeers + listed.length + linked.length + crashed.length,
  },
  {
    id: 'MESH-10',
    says: 'a banned device keeps the actor that holds its ban, wherever it goes, and is not told to link',
    holds: (snapshot) => {
      const { banned, peers, crashed, admitted } = snapshot.context
      return (
        banned.length <= LIMITS.bannedPeers &&
        includesAll([...peers, ...crashed], banned) &&
        !admitted.some((id) => banned.includes(id))
      )
    },
  },
]
