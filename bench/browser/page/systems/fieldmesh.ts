import { createSyncEngine } from '#engine/create-sync-engine'
import { groups } from '../readings.ts'
import { createWatch, type System, type SystemOptions } from '../system.ts'
import { wall } from '../wall.ts'

const KIND = 'reading'

/** The engine as an app uses it: IndexedDB with strict durability, charts, links. */
export const openFieldmesh = async ({ signaling, room, self }: SystemOptions): Promise<System> => {
  const engine = createSyncEngine({ room, storage: { name: self } })
  const watch = createWatch()
  let first = 0
  let heard = 0
  engine.on('entries', ({ origin, dots }) => {
    if (origin === 'remote' && heard === 0) first = wall()
    if (origin === 'remote') heard += dots.length
    watch.changed()
  })
  await engine.start()
  return {
    seed: async (count) => {
      for (const group of groups(count))
        await engine.sync(group.map(([id, data]) => ({ resourceType: KIND, id, action: 'create', data })))
      return ''
    },
    meet: () => {},
    online: async () => engine.setSignaling(signaling),
    offline: async () => engine.setSignaling(null),
    holds: async (count) => {
      await watch.until(() => heard >= count && engine.records(KIND).length === count)
      return { first, all: wall() }
    },
    count: () => engine.records(KIND).length,
    edit: async (id, kwh) => void (await engine.put(KIND, id, { kwh })),
    reads: (id, kwh) => watch.until(() => engine.record(KIND, id)?.value['kwh'] === kwh),
  }
}
