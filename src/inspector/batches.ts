import type { RecordListener } from './inspector-source.types.ts'
import type { InspectRecord } from './records.types.ts'

/** Tells listeners of records, once a task; while nobody listens nothing is gathered. One that throws harms nobody. */
export const createBatches = () => {
  const listeners = new Set<RecordListener>()
  let waiting: InspectRecord[] = []

  const tell = (): void => {
    const batch = waiting
    waiting = []
    for (const listener of Array.from(listeners)) {
      try {
        listener(batch)
      } catch (error) {
        console.error('a listener of an inspector threw', error)
      }
    }
  }
  return {
    add: (record: InspectRecord): void => {
      if (listeners.size === 0) return
      if (waiting.length === 0) queueMicrotask(tell)
      waiting.push(record)
    },
    subscribe: (listener: RecordListener): (() => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
