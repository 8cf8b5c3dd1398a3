import type { SeenActor } from '../records.types.ts'
import type { Moment } from './moments.ts'
import type { ShownDevice } from './timeline.ts'

/** An actor of a device, by its session id. */
export interface ActorChoice {
  readonly device: string
  readonly actor: string
}

const liveliness = ({ machine, status, parent }: SeenActor): number => {
  if (machine === undefined || status !== 'active') return 0
  if (machine === 'sync-peer') return 3
  return parent === undefined ? 2 : 1
}

/** The actor that is looked at while nobody chose one: a link, else the root, of the first device that has any. */
export const usualActor = (devices: readonly ShownDevice[], moment: Moment): ActorChoice | undefined => {
  const all = devices.flatMap(({ key }) =>
    Object.values(moment.actors.get(key) ?? {}).map((seen) => ({
      device: key,
      actor: seen.actor,
      rank: liveliness(seen),
    })),
  )
  const best = all.reduce<(typeof all)[number] | undefined>((a, b) => (a && a.rank >= b.rank ? a : b), undefined)
  return best && { device: best.device, actor: best.actor }
}
