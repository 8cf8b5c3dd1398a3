import type { SyncEngine } from '#engine/types'
import type { Entry } from '#model/entry'

/**
 * The engine, its writes remembered when they resolve. A write under way when the device loses its power rejects with `engine-stopped`, so
 * that nobody waits for a machine that is no more.
 */
export const watchWrites = (
  engine: SyncEngine,
  crashed: Promise<never>,
  wrote: (entries: readonly Entry[]) => void,
): SyncEngine => {
  const resolved = async <T extends Entry | Entry[]>(writing: Promise<T>): Promise<T> => {
    const written = await Promise.race([writing, crashed])
    wrote(Array.isArray(written) ? written : [written])
    return written
  }
  const watched: Pick<SyncEngine, 'sync' | 'put' | 'remove'> = {
    sync: (entries) => resolved(engine.sync(entries)),
    put: (resourceType, id, fields) => resolved(engine.put(resourceType, id, fields)),
    remove: (resourceType, id) => resolved(engine.remove(resourceType, id)),
  }
  return new Proxy(engine, {
    get: (target, key) => Reflect.get(key in watched ? watched : target, key),
  })
}
