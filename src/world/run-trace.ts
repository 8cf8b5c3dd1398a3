import type { SyncEngine, SyncStatus } from '#engine/types'
import type { RunLog } from './run-log.ts'
import type { World, WorldDevice } from './types.ts'

/**
 * Tells what engines show of themselves: faults, what becomes visible, and how their links change.
 *
 * @returns to be called whenever there may be new engines
 */
export const listenToEngines = (world: World, log: RunLog): (() => void) => {
  const heard = new Set<SyncEngine>()
  world.onApplied((device, dots) => {
    const [first] = dots
    if (first) log.says(`${device.name}: has ${dots.length} more, from ${nameOf(world, first.peerId)} ${first.seq}`)
  })
  return () => {
    for (const device of world.devices) {
      if (device.state === 'off' || heard.has(device.engine)) continue
      heard.add(device.engine)
      listen(world, device, log)
    }
  }
}

const nameOf = (world: World, peerId: string): string =>
  world.devices.find(({ peerIds }) => peerIds.includes(peerId))?.name ?? peerId

const listen = (world: World, { name, engine }: WorldDevice, log: RunLog): void => {
  let shown = ''
  engine.on('status', (status) => {
    const words = statusWords(world, status)
    if (words !== shown) log.says(`${name}: ${words}`)
    shown = words
  })
  engine.on('fault', ({ fault, peerId, detail }) =>
    log.says(`${name}: ${fault}${peerId === undefined ? '' : ` of ${nameOf(world, peerId)}`} ${detail ?? ''}`),
  )
}

const statusWords = (world: World, { phase, peers, signaling, fault }: SyncStatus): string => {
  const links = peers.map((peer) => `${nameOf(world, peer.peerId)} ${peer.state} ${peer.fault ?? ''}`.trim())
  const server = `server ${signaling?.state ?? 'off'} ${signaling?.fault ?? ''}`.trim()
  return [phase, ...(fault ? [fault] : []), server, ...links].join(', ')
}
