import type { World } from './types.ts'

/** True where every running device is linked to every other and nobody lacks anything, as far as each can tell. */
export const isQuiet = ({ devices }: Pick<World, 'devices'>): boolean => {
  const running = devices.filter(({ state }) => state === 'running')
  const ids = running.map(({ engine }) => engine.peerId)
  return running.every(({ engine }) => {
    const { peers, outboxCount, phase } = engine.store.getStatus()
    const calm = peers.filter(({ state, lacks, ahead }) => state === 'connected' && lacks === 0 && ahead === 0)
    const linked = new Set(calm.map(({ peerId }) => peerId))
    const hasAll = ids.every((id) => id === engine.peerId || linked.has(id))
    return phase === 'running' && hasAll && (outboxCount === 0 || ids.length === 1)
  })
}
