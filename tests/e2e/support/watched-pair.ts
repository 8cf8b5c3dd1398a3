import { converged } from './company.ts'
import type { Device, Preparation } from './device.ts'
import { type Field, put } from './field.ts'
import { watchPeers } from './history.ts'

/** Two linked devices that hold the same, each writing down from now on what it says of the other. */
export const openWatchedPair = async (field: Field, prepare?: Preparation): Promise<[Device, Device]> => {
  const [a, b] = await Promise.all([field.open('a', prepare), field.open('b', prepare)])
  await put(a, 'm0', { kwh: 0 })
  await converged(a, b)
  await Promise.all([a, b].map(watchPeers))
  return [a, b]
}
