import { createRecorder } from '#inspector/create-recorder'
import type { Recorder } from '#inspector/recorder.types'
import type { Recording } from '#inspector/records.types'
import { createWorld } from '#world/create-world'
import type { World } from '#world/types'

const NAMES: Readonly<Record<string, string>> = { a: 'Anna’s tablet', b: 'Ben’s phone', c: 'Depot' }

/** A world that runs, with a recorder on every device. */
export interface RecordedWorld {
  readonly world: World
  readonly recorders: readonly Recorder[]
}

/** A new world whose devices are just being switched on. */
export const beginWorld = async (seed: number, peers = 2): Promise<RecordedWorld> => {
  const world = createWorld({ seed, peers })
  const starting = world.start()
  const recorders = world.devices.map((device) =>
    createRecorder(device.engine, { name: NAMES[device.name] ?? device.name, figures: true }),
  )
  await starting
  return { world, recorders }
}

const recordingsOf = ({ recorders }: RecordedWorld): readonly Recording[] =>
  recorders.map((recorder) => {
    const recording = recorder.recording()
    recorder.detach()
    return recording
  })

/** Two devices meet, exchange records, lose each other and find each other again. */
export const meeting = async (seed = 1): Promise<readonly Recording[]> => {
  const recorded = await beginWorld(seed)
  const { world } = recorded
  await world.pass(3_000)
  await world.settle(world.device('a').engine.put('reading', 'm-1', { kwh: 812, note: 'Left basement door' }))
  await world.settle(world.device('b').engine.put('reading', 'm-2', { kwh: 441 }))
  await world.pass(2_000)
  world.network.cut('a', 'b')
  await world.pass(9_000)
  await world.quiesce()
  await world.settle(world.device('b').engine.put('reading', 'm-1', { kwh: 813 }))
  await world.pass(1_500)
  const recordings = recordingsOf(recorded)
  await world.stop()
  return recordings
}

/** Two devices that know each other from the server, but no direct link comes up between them. */
export const failure = async (seed = 7): Promise<readonly Recording[]> => {
  const recorded = await beginWorld(seed)
  const { world } = recorded
  await world.pass(2_000)
  world.network.cut('a', 'b')
  await world.pass(100_000)
  const recordings = recordingsOf(recorded)
  await world.stop()
  return recordings
}
