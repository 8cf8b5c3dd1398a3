import type { SyncEngine } from '#engine/types'

/** Makes an engine of the same room and storage as the one that runs, but with the founder's key. */
type MakeFounding = (founder: string) => SyncEngine

/**
 * Makes this device an admin, or renews it: an engine that has the founder's key opens the store in the place of the
 * usual one, signs, and is gone. So nothing that lasts ever has the key.
 *
 * @returns whether this device may decide now; not by a key that is another room's
 * @throws FieldmeshError `room-invalid` for what is no key at all; and what `start` rejects with. The usual engine runs
 *   again in any case
 */
export const actAsFounder = async (engine: SyncEngine, founder: string, make: MakeFounding): Promise<boolean> => {
  const founding = make(founder)
  await engine.stop()
  try {
    await founding.start()
  } finally {
    await founding.stop()
    await engine.start()
  }
  return engine.members.mayDecide
}
