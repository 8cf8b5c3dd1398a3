import type { World } from '#world/types'
import type { CallOf, Happening, NetworkAt, RoadAt } from './moment.types.ts'

/** Every place once; further tabs are where their device is. */
const placesOf = ({ devices }: World): readonly string[] => [
  ...devices.filter(({ tabOf }) => tabOf === undefined).map(({ name }) => name),
  'server',
]

const pairsOf = (places: readonly string[]): readonly (readonly [string, string])[] =>
  places.flatMap((a, i) => places.slice(i + 1).map((b) => [a, b] as const))

/** Reads the network of a world; the same object until something changed. */
export const watchNetwork = (world: World): (() => NetworkAt) => {
  const pairs = pairsOf(placesOf(world))
  let last: NetworkAt | undefined
  return () => {
    const { network, server } = world
    const roads = pairs.map(([a, b]): RoadAt => ({ a, b, there: network.isOpen(a, b), back: network.isOpen(b, a) }))
    const next: NetworkAt = { roads, isServerUp: server.isUp, links: network.links }
    if (!last || JSON.stringify(last) !== JSON.stringify(next)) last = next
    return last
  }
}

const roadWords = ({ there, back, ...road }: RoadAt, callOf: CallOf): string => {
  const [a, b] = [callOf(road.a), callOf(road.b)]
  if (there && back) return `The road between ${a} and ${b} is open`
  if (!there && !back) return `Nothing passes between ${a} and ${b}`
  return there ? `Nothing passes from ${b} to ${a}` : `Nothing passes from ${a} to ${b}`
}

/** What changed in the network, in words. */
export const networkHappenings = (before: NetworkAt, after: NetworkAt, callOf: CallOf): readonly Happening[] => {
  if (before === after) return []
  const roads = after.roads.filter((road, i) => JSON.stringify(road) !== JSON.stringify(before.roads[i]))
  const says = roads.map((road) => roadWords(road, callOf))
  if (before.isServerUp !== after.isServerUp) says.push(after.isServerUp ? 'The server is up' : 'The server is down')
  if (before.links !== after.links)
    says.push(after.links === 1 ? '1 direct link is open' : `${after.links} direct links are open`)
  return says.map((words) => ({ kind: 'message', says: words }))
}
