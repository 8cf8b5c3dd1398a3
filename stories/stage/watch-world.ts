import { WORLD_BEGINS } from '#world/machine'
import type { World } from '#world/types'
import { KINDS } from '../../src/demo/records/kinds.ts'
import { happeningOf } from './happenings.ts'
import { deviceHappenings } from './device-happenings.ts'
import type { CallOf, Happening, Scene } from './moment.types.ts'
import { networkHappenings, watchNetwork } from './network-facts.ts'
import { watchDevice } from './watch-device.ts'

/** Looks at a world: what is, and what happened since the last look. */
export interface WorldWatch {
  /** The same scene until something changed, or time passed. */
  look(): Scene
  /** What happened since this was last asked, beside what the caller knows. */
  happened(): readonly Happening[]
  /** Something that the caller knows of. */
  note(happening: Happening): void
  /** Looks at records of that type too, from now on; false where it did already. */
  ask(resourceType: string): boolean
}

/** @param callOf for the words of what happened */
export const watchWorld = (world: World, callOf: CallOf): WorldWatch => {
  const types = new Set(KINDS.map(({ type }) => type))
  const noted: Happening[] = []
  /** Of the tabs that have or had an identity the one that runs bears it. */
  const nameOf = (peerId: string): string => {
    const bearers = world.devices.filter((one) => one.peerIds.includes(peerId) || one.engine.peerId === peerId)
    const bearer = bearers.find(({ state }) => state === 'running') ?? bearers[0]
    return bearer?.name ?? 'a stranger'
  }
  const watches = world.devices.map((device) =>
    watchDevice(device, {
      types,
      nameOf,
      now: () => WORLD_BEGINS + world.now(),
      told: (sent) => {
        const happening = happeningOf(sent, callOf)
        if (happening) noted.push(happening)
      },
    }),
  )
  const network = watchNetwork(world)
  world.onResolved((fresh) => {
    for (const { entry } of fresh) types.add(entry.resourceType)
  })
  world.onApplied(({ name }, dots) => {
    const author = nameOf(dots[0]?.peerId ?? '')
    const from = author === name ? '' : ` from ${callOf(author)}`
    const many = dots.length === 1 ? '1 entry' : `${dots.length.toLocaleString('en')} entries`
    noted.push({ kind: 'records', says: `${callOf(name)} stored ${many}${from}`, device: name })
  })
  const read = (): Scene => {
    const devices = Object.fromEntries(watches.map((watch) => watch.read()).map((device) => [device.name, device]))
    return { at: world.now(), devices, network: network() }
  }
  let last = read()
  let told = last
  let found = 0
  /** Rules that were broken along the way. */
  const broken = (): Happening[] => {
    const fresh = world.findings.slice(found)
    found = world.findings.length
    return fresh.map(({ rule, says }) => ({ kind: 'broken', says: `${rule}: ${says}` }))
  }

  return {
    look: () => {
      const next = read()
      if (!isSameScene(last, next)) last = next
      return last
    },
    happened: () => {
      const before = told
      told = last
      return [
        ...broken(),
        ...noted.splice(0),
        ...networkHappenings(before.network, last.network, callOf),
        ...Object.values(last.devices).flatMap((device) =>
          deviceHappenings(before.devices[device.name], device, (peerId) => callOf(nameOf(peerId)), callOf),
        ),
      ]
    },
    note: (happening) => void noted.push(happening),
    ask: (resourceType) => {
      if (types.has(resourceType)) return false
      types.add(resourceType)
      return true
    },
  }
}

const isSameScene = (a: Scene, b: Scene): boolean =>
  a.at === b.at &&
  a.network === b.network &&
  Object.entries(a.devices).every(([name, device]) => b.devices[name] === device)
