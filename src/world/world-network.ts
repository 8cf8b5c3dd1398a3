import type { Network } from '#sim/network'
import type { Rtc } from '#sim/rtc'
import type { Way, WorldDevice, WorldNetwork } from './types.ts'

/** The network as a test speaks of it. */
export const createWorldNetwork = (network: Network, rtc: Rtc, devices: readonly WorldDevice[]): WorldNetwork => {
  const setOpen = (a: string, b: string, way: Way, open: boolean): void => {
    const set = open ? network.unblock : network.block
    if (way !== 'back') set(a, b)
    if (way !== 'there') set(b, a)
  }
  const everywhere = () => [...devices.map(({ name }) => name), 'server']
  return {
    cut: (a, b, way = 'both') => setOpen(a, b, way, false),
    heal: (a, b) => setOpen(a, b, 'both', true),
    partition: (...groups) => {
      network.unblockAll()
      groups.forEach((group, i) => {
        const others = groups.filter((_, j) => j !== i).flat()
        for (const a of group) for (const b of others) network.block(a, b)
      })
    },
    healAll: () => network.unblockAll(),
    shape: (road, a, b) => {
      if (a === undefined) network.setRoad(road)
      else
        for (const other of b === undefined ? everywhere() : [b]) {
          network.setRoad(road, a, other)
          network.setRoad(road, other, a)
        }
    },
    breakLinks: (a, b) => rtc.breakLinks(a, b),
    vanishLinks: (a) => rtc.vanishLinks(a),
    get links() {
      return rtc.links
    },
    get ends() {
      return rtc.ends
    },
    get made() {
      return rtc.made
    },
  }
}
