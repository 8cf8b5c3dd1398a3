import type { EventRecord, InspectRecord, StepRecord } from '../records.types.ts'

/** What an event led to in the actor that received it. */
export interface Consequence {
  /** The same list as it grows. */
  readonly steps: readonly StepRecord[]
  /** Number of the last record that belongs to it. */
  readonly last: number
}

/** Events of one actor that may still be waiting in its mailbox. */
const LONGEST_QUEUE = 64

/**
 * Tells which microsteps belong to which event: an actor takes its events in the order of their coming, and each step
 * names the type of its event. Records are to be given in their order, each once.
 */
export const createConsequences = () => {
  const queues = new Map<string, EventRecord[]>()
  const found = new Map<number, { readonly steps: StepRecord[]; last: number }>()

  const queueOf = (actor: string): EventRecord[] => {
    const queue = queues.get(actor) ?? []
    queues.set(actor, queue)
    return queue
  }
  const add = ({ n: event }: EventRecord, n: number, step?: StepRecord): void => {
    const led = found.get(event) ?? { steps: [], last: n }
    found.set(event, led)
    led.last = n
    if (step) led.steps.push(step)
  }
  const step = (record: StepRecord): void => {
    const queue = queueOf(record.actor)
    const at = queue.findIndex(({ type }) => type === record.type)
    // One that nobody saw coming, as from before the recording.
    if (at < 0) return
    queue.splice(0, at)
    const [event] = queue
    if (event) add(event, record.n, record)
  }
  return {
    take: (record: InspectRecord): void => {
      if (record.kind === 'step') step(record)
      if (record.kind === 'event') {
        const queue = queueOf(record.actor)
        queue.push(record)
        if (queue.length > LONGEST_QUEUE) queue.shift()
      }
      if (record.kind === 'snapshot') {
        const event = queueOf(record.actor).shift()
        if (event) add(event, record.n)
      }
    },
    of: (event: number): Consequence => found.get(event) ?? { steps: [], last: event },
  }
}
