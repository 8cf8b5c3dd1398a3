import type { PeerStatus } from '#engine/types'
import type { ActorAt } from '../stage/moment.types.ts'
import { personOf } from '../stage/people.ts'
import type { Stage } from '../stage/stage.types.ts'

/** Everybody switches on, and calls the device by its owner's name. */
export const switchOn = async ({ world }: Stage): Promise<void> => {
  await Promise.all(world.devices.map((device) => device.start()))
  const owners = world.devices.filter(({ tabOf }) => tabOf === undefined)
  await Promise.all(
    owners.map(({ name, engine }) => engine.put('device', engine.peerId, { name: `${personOf(name)}’s device` })),
  )
}

/** A meter reading, as the form writes it. */
export const reading = (meter: string, value: number, address: string) => ({
  meter,
  address,
  medium: 'Electricity',
  value,
  unit: 'kWh',
  readOn: '2026-01-01',
})

/** How one device stands to another, now. */
export const peer = (stage: Stage, at: string, about: string): PeerStatus | undefined => {
  const { devices } = stage.now()
  return devices[at]?.status.peers.find(({ peerId }) => peerId === devices[about]?.peerId)
}

/** The chart of the link from one device to another, now. */
export const linkChart = (stage: Stage, at: string, about: string): ActorAt | undefined => {
  const { devices } = stage.now()
  return devices[at]?.actors.find(({ peerId }) => peerId === devices[about]?.peerId)
}

export const records = (stage: Stage, at: string, type = 'reading') => stage.world.device(at).engine.records(type)
export const conflicts = (stage: Stage, at: string) => stage.now().devices[at]?.conflicts.length ?? 0
export const isQuiet = ({ world }: Stage) => world.isQuiet()
