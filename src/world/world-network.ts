import type { Network } from '#sim/network'
import type { Rtc } from '#sim/rtc'
import { checkPlace, checkRoad } from './check-arguments.ts'
import type { Way, World, WorldNetwork } from './types.ts'

/** The network as a test speaks of it. */
export const createWorldNetwork = (
  network: Network,
  rtc: Rtc,
  { devices, hostiles }: Pick<World, 'devices' | 'hostiles'>,
): WorldNetwork => {
  /** Places that links can lead to. */
  const peers = () => [...devices, ...hostiles].map(({ name }) => name)
  const everywhere = () => [...peers(), 'server']
  /** A further tab is where its device is. */
  const placeOf = (name: string): string => devices.find((device) => device.name === name)?.tabOf ?? name
  const check = (names: readonly (string | undefined)[], places = everywhere()): void => {
    for (const name of names) if (name !== undefined) checkPlace(name, places)
  }
  const setOpen = (a: string, b: string, way: Way, open: boolean): void => {
    check([a, b])
    const set = open ? network.unblock : network.block
    if (way !== 'back') set(placeOf(a), placeOf(b))
    if (way !== 'there') set(placeOf(b), placeOf(a))
  }
  return {
    cut: (a, b, way = 'both') => setOpen(a, b, way, false),
    heal: (a, b) => setOpen(a, b, 'both', true),
    partition: (...groups) => {
      check(groups.flat())
      network.unblockAll()
      groups.forEach((group, i) => {
        const others = groups.filter((_, j) => j !== i).flat()
        for (const a of group) for (const b of others) network.block(placeOf(a), placeOf(b))
      })
    },
    healAll: () => network.unblockAll(),
    shape: (road, a, b) => {
      checkRoad(road)
      check([a, b])
      if (a === undefined) network.setRoad(road)
      else
        for (const other of b === undefined ? everywhere() : [b]) {
          network.setRoad(road, placeOf(a), placeOf(other))
          network.setRoad(road, placeOf(other), placeOf(a))
        }
    },
    breakLinks: (a, b) => {
      check([a, b], peers())
      rtc.breakLinks(a && placeOf(a), b && placeOf(b))
    },
    vanishLinks: (a) => {
      check([a], peers())
      rtc.vanishLinks(placeOf(a))
    },
    isOpen: (a, b) => {
      check([a, b])
      return network.isOpen(placeOf(a), placeOf(b))
    },
    road: (a, b) => {
      check([a, b])
      return network.road(placeOf(a), placeOf(b))
    },
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
