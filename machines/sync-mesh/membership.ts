import { LIMITS } from '#model/limits'
import type { Membership, SyncMeshContext } from './sync-mesh.types.ts'

/** The part of the membership that events change; the rest follows from it. */
export type MembershipChange = Partial<Pick<Membership, 'met' | 'listed' | 'linked' | 'banned' | 'crashed'>> & {
  /** Devices that asked for a link: admitted beyond our limit too, else the two sides could never agree, up to a full room. */
  readonly asked?: readonly string[]
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)]

/** The list with the id at its end; the same list where it is there already. */
export const withId = (ids: readonly string[], id: string): readonly string[] => (ids.includes(id) ? ids : [...ids, id])

export const withoutId = (ids: readonly string[], id: string): readonly string[] => ids.filter((each) => each !== id)

/** Whether a server that tells of ever new devices is believed another one: each costs a connection. */
const believer = ({ peers, met, spawned, spawnedBefore }: SyncMeshContext) => {
  let patience = LIMITS.strangersPerMinute - (spawned - spawnedBefore)
  return (id: string): boolean => {
    if (peers.includes(id) || met.includes(id)) return true
    patience -= 1
    return patience >= 0
  }
}

/** Linked devices first, then those admitted before and those who ask; what room is left goes by order of coming. */
const admit = (
  context: SyncMeshContext,
  { listed: all, linked, banned, asked }: Required<Pick<MembershipChange, 'listed' | 'linked' | 'banned' | 'asked'>>,
) => {
  const listed = all.filter((id) => !banned.includes(id))
  const inTurn = unique([...linked, ...context.admitted, ...asked]).filter((id) => listed.includes(id))
  // A server can invent any number of devices that ask, and each costs a connection.
  const first = inTurn.slice(0, LIMITS.roomPeers)
  const room = Math.max(0, context.maxDirectPeers - first.length)
  return [...first, ...listed.filter((id) => !first.includes(id)).slice(0, room)].filter(believer(context))
}

/** Devices met before, without those linked longest ago where there are too many; who is in sight is kept. */
const remember = (met: readonly string[], inSight: readonly string[]): readonly string[] => {
  const surplus = met.length - LIMITS.ledgerPeers
  if (surplus <= 0) return met
  const seen = new Set(inSight)
  const forgotten = new Set(met.filter((id) => !seen.has(id)).slice(0, surplus))
  return met.filter((id) => !forgotten.has(id))
}

/** The whole membership after a change. Pure. */
export const settle = (context: SyncMeshContext, change: MembershipChange): Membership => {
  const { linked, crashed, asked = [], ...rest } = { ...context, ...change }
  const listed = unique(change.listed ?? context.listed)
    .filter((id) => id !== context.selfId)
    .slice(0, LIMITS.signalingRoster)
  const met = remember(rest.met, [...listed, ...linked])
  const banned = rest.banned.slice(-LIMITS.bannedPeers)
  const admitted = admit(context, { listed, linked, banned, asked })
  const all = unique([...met, ...admitted, ...linked, ...banned])
  const peers = all.filter((id) => id !== context.selfId && !crashed.includes(id))
  return { met, listed, admitted, linked, banned, crashed, peers }
}
