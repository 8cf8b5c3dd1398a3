import { type BareLink, openBareLink, sendAll } from '../bare-mesh.ts'
import { groups, type Reading } from '../readings.ts'
import { createWatch, type System, type SystemOptions } from '../system.ts'
import { wall } from '../wall.ts'
import { messages, type Row } from './bare-messages.ts'
import { openBareStore } from './bare-store.ts'

/** The least that could work: JSON over a channel into a Map. Nothing merges; kept on disk only where `stored`. */
export const openBare = async ({ signaling, room, self }: SystemOptions, stored: boolean): Promise<System> => {
  const readings = new Map<string, Reading>()
  const watch = createWatch()
  const store = stored ? await openBareStore(self) : undefined
  let link: BareLink | undefined
  let first = 0
  const take = ({ data }: MessageEvent<string>): void => {
    for (const [id, fields] of JSON.parse(data) as Row[]) readings.set(id, { ...readings.get(id), ...fields })
    first ||= wall()
    store?.add(data)
    watch.changed()
  }
  const durable = async (): Promise<void> => store?.flushed()
  return {
    seed: async (count) => {
      for (const group of groups(count)) for (const [id, reading] of group) readings.set(id, reading)
      return ''
    },
    meet: () => {},
    online: async () => {
      link = await openBareLink({ url: signaling, room, self })
      link.channel.onmessage = take
      await sendAll(link.channel, messages(readings))
    },
    offline: async () => {},
    holds: async (count) => {
      await watch.until(() => readings.size >= count)
      await durable()
      return { first, all: wall() }
    },
    count: () => readings.size,
    edit: async (id, kwh) => {
      const text = JSON.stringify([[id, { kwh }]])
      readings.set(id, { ...readings.get(id), kwh })
      store?.add(text)
      await durable()
      link?.channel.send(text)
    },
    reads: async (id, kwh) => {
      await watch.until(() => readings.get(id)?.['kwh'] === kwh)
      await durable()
    },
  }
}
