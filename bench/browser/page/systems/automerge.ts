import { type DocHandle, ImmutableString, Repo } from '@automerge/automerge-repo'
import { groups, type Reading } from '../readings.ts'
import { createWatch, type System, type SystemOptions } from '../system.ts'
import { wall } from '../wall.ts'
import { BareChannelAdapter } from './automerge-adapter.ts'

/** A string that is written as a whole. A plain one would be a text of its own, to be edited letter by letter. */
type Value = number | boolean | ImmutableString
interface Readings {
  readings: Record<string, Record<string, Value>>
}

const asValues = (reading: Reading): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(reading).map(([field, value]) => [
      field,
      typeof value === 'string' ? new ImmutableString(value) : value,
    ]),
  )

/**
 * automerge-repo over a bare channel: one document that holds a map of readings. A document for each reading would
 * need an index beside them and a sync conversation for each of 100,000 documents. Strings are `ImmutableString`, as its
 * documentation says for what nobody edits together. Nothing is stored.
 */
export const openAutomerge = async ({ signaling, room, self }: SystemOptions): Promise<System> => {
  const adapter = new BareChannelAdapter({ url: signaling, room, self })
  const repo = new Repo({ network: [adapter] })
  const watch = createWatch()
  let handle: DocHandle<Readings> | undefined
  let address = ''
  let first = 0

  const held = (): Readings['readings'] => (handle?.isReady() ? handle.doc().readings : {})
  const attend = (made: DocHandle<Readings>): DocHandle<Readings> => {
    made.on('change', () => {
      if (Object.keys(held()).length > 0) first ||= wall()
      watch.changed()
    })
    return made
  }
  return {
    seed: async (count) => {
      const made = attend(repo.create<Readings>({ readings: {} }))
      handle = made
      for (const group of groups(count))
        made.change((doc) => {
          for (const [id, reading] of group) doc.readings[id] = asValues(reading)
        })
      return made.url
    },
    meet: (url) => {
      address = url
    },
    online: async () => {
      await adapter.open()
      if (address === '' || handle) return
      handle = attend(await repo.find<Readings>(address))
      watch.changed()
    },
    offline: async () => {},
    holds: async (count) => {
      await watch.until(() => Object.keys(held()).length === count)
      return { first: first || wall(), all: wall() }
    },
    count: () => Object.keys(held()).length,
    edit: async (id, kwh) =>
      handle?.change((doc) => {
        const reading = doc.readings[id]
        if (reading) reading['kwh'] = kwh
      }),
    reads: (id, kwh) => watch.until(() => held()[id]?.['kwh'] === kwh),
  }
}
