import { RECOVERY_MS } from './check-recovery.ts'
import type { World, WorldDevice } from './types.ts'

/** How often a person looks at the devices, ms of the world. */
const LOOK_MS = 5_000
/** Quiet is believed once it has lasted this long, ms: a heartbeat and a half. */
const LASTING_MS = 3_000

const showsGivenUp = ({ state, engine }: WorldDevice): boolean => {
  if (state !== 'running') return false
  const { peers, signaling } = engine.store.getStatus()
  return signaling?.state === 'gaveUp' || peers.some((peer) => peer.state === 'gaveUp')
}

/**
 * A person who looks at every device from time to time, and presses “Try again” where something shows that it gave up,
 * and nowhere else: everything else must recover unaided. Ends with the function returned.
 */
const sendPerson = (world: World, pressed: (name: string) => void): (() => void) => {
  let isThere = true
  const look = (): void => {
    if (!isThere) return
    for (const device of world.devices.filter(showsGivenUp)) {
      pressed(device.name)
      device.engine.retry()
    }
    world.after(LOOK_MS, look)
  }
  look()
  return () => {
    isThere = false
  }
}

/**
 * Lets time pass until it is quiet and stays so; the ms until then.
 *
 * @param pressed called with the name of each device on which “Try again” is pressed
 * @throws WaitedTooLong
 */
export const waitForQuiet = async (
  world: World,
  withinMs: number = RECOVERY_MS.anything,
  pressed: (name: string) => void = () => {},
): Promise<number> => {
  const began = world.now()
  let quietSince: number | undefined
  const isQuiet = (): boolean => {
    quietSince = world.isQuiet() ? (quietSince ?? world.now()) : undefined
    return quietSince !== undefined && world.now() - quietSince >= LASTING_MS
  }
  const sendAway = sendPerson(world, pressed)
  try {
    await world.until('every device has everything and is linked to every other', isQuiet, withinMs + LASTING_MS)
  } finally {
    sendAway()
  }
  return (quietSince ?? world.now()) - began
}
