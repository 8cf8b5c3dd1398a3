import { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { groups } from '../readings.ts'
import { createWatch, type System, type SystemOptions } from '../system.ts'
import { wall } from '../wall.ts'

/**
 * Yjs over y-webrtc as published, with a server that speaks its protocol. A map of maps, so that fields merge one by
 * one as ours do. Nothing is stored: y-indexeddb would only add to its time.
 */
export const openYjs = async ({ yjsSignaling, room }: SystemOptions): Promise<System> => {
  const doc = new Y.Doc()
  const readings = doc.getMap<Y.Map<unknown>>('readings')
  const watch = createWatch()
  let provider: WebrtcProvider | undefined
  let first = 0
  readings.observeDeep(() => {
    if (readings.size > 0) first ||= wall()
    watch.changed()
  })
  return {
    seed: async (count) => {
      for (const group of groups(count))
        doc.transact(() => {
          for (const [id, fields] of group) readings.set(id, new Y.Map(Object.entries(fields)))
        })
      return ''
    },
    meet: () => {},
    online: async () => {
      provider ??= new WebrtcProvider(room, doc, { signaling: [yjsSignaling] })
      provider.connect()
    },
    offline: async () => provider?.disconnect(),
    holds: async (count) => {
      await watch.until(() => readings.size === count)
      return { first, all: wall() }
    },
    count: () => readings.size,
    edit: async (id, kwh) => void readings.get(id)?.set('kwh', kwh),
    reads: (id, kwh) => watch.until(() => readings.get(id)?.get('kwh') === kwh),
  }
}
