import { expect, test } from 'vitest'
import { checkStopped, checkWorld, watchWorld } from '#world/checkers'
import { createWorld } from '#world/create-world'
import { planOf } from '#world/plan'
import { createRunner } from '#world/run-world'
import type { World } from '#world/types'

/** Who was seen to have banned whom, of the honest devices. */
const bansIn = (world: World): ReadonlySet<string> => {
  const bans = new Set<string>()
  world.onStep(() => {
    const names = new Map(world.devices.flatMap(({ peerIds, name }) => peerIds.map((id) => [id, name] as const)))
    for (const { name, state, engine } of world.devices) {
      if (state !== 'running') continue
      for (const { peerId, fault } of engine.store.getStatus().peers)
        if (fault === 'peer-banned' && names.has(peerId)) bans.add(`${name} has banned ${names.get(peerId)}`)
    }
  })
  return bans
}

test.each([3, 7, 11, 19, 23, 31])(
  'whatever befalls honest devices, hostile members among it, none bans another: seed %i',
  async (seed) => {
    let bans: ReadonlySet<string> = new Set(['nobody watched'])
    const watch = (world: World) => {
      watchWorld(world)
      bans = bansIn(world)
    }
    const run = createRunner({ createWorld, watch, check: checkWorld, checkStopped })
    const { findings } = await run(planOf(seed))
    expect([[...bans], findings]).toEqual([[], []])
  },
)
