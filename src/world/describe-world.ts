import type { World, WorldDevice } from './types.ts'

const describeDevice = ({ name, state, engine }: WorldDevice): string => {
  const { peers, outboxCount, phase, fault, signaling } = engine.store.getStatus()
  const others = peers.map((peer) => {
    const { peerId, lacks, ahead } = peer
    return `${peerId.slice(0, 4)} ${peer.state}${lacks ? ` lacks ${lacks}` : ''}${ahead ? ` ahead ${ahead}` : ''}${peer.fault ? ` (${peer.fault})` : ''}`
  })
  const own = `${name} ${engine.peerId.slice(0, 4)} ${state}/${phase}${fault ? ` (${fault})` : ''}`
  return `${own}: outbox ${outboxCount}, signaling ${signaling?.state ?? '-'}; ${others.join(' · ') || 'nobody'}`
}

/** Everything at a glance, for the words of a failure. */
export const describeWorld = ({ seed, now, devices, network, server }: World): string =>
  [
    `world of seed ${seed} at ${Math.round(now())} ms: ${network.links} links, ${network.ends} ends, server ${server.isUp ? 'up' : 'down'}, ${server.connections} connections`,
    ...devices.map(describeDevice),
  ].join('\n')
