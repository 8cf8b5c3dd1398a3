import { createRandom } from '#sim/random'
import { checkStopped, checkWorld, watchWorld } from '#world/checkers'
import { createWorld } from '#world/create-world'
import { WaitedTooLong } from '#world/waited-too-long'
import type { Finding, World } from '#world/types'
import { STORIES, type StoryName } from './stories.ts'

/** Plays a story in the world of a seed, heals everything, and checks all there is to check. */
export const play = async (story: StoryName, seed: number): Promise<readonly Finding[]> => {
  const world = createWorld({ seed, peers: 3 })
  watchWorld(world)
  await world.start()
  await world.pass(1_000)
  await STORIES[story](world, createRandom(seed, `story ${story}`))
  const quiet = await quietness(world)
  const atRest = await checkWorld(world)
  await world.stop()
  return [...world.findings, ...quiet, ...atRest, ...(await checkStopped(world))]
}

const quietness = async (world: World): Promise<readonly Finding[]> => {
  try {
    await world.quiesce()
    return []
  } catch (error) {
    if (!(error instanceof WaitedTooLong)) throw error
    return [{ rule: 'QUIET', says: String(error) }]
  }
}
