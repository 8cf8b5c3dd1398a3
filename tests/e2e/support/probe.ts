import type { Device } from './device.ts'
import { until } from './field.ts'

/** A write that the engine said is durable. */
export interface Resolved {
  readonly id: string
  /** Number in the device's log; 0 where only the app knows. */
  readonly seq: number
  readonly kwh: number
}

/** What the device's own log is found to be. */
export interface OwnLog {
  readonly peerId: string
  /** Own entries held from number 1 on without a gap. */
  readonly held: number
  /** Resolved writes that are not in it, or whose record has another value, by id. */
  readonly lost: readonly string[]
  readonly fault: string | null
}

/** Looks for the resolved writes in a device. */
export const ownLog = ({ page }: Device, resolved: readonly Resolved[] = []): Promise<OwnLog> =>
  page.evaluate((writes) => {
    const engine = window.fieldmesh?.engine
    if (!engine) throw new Error('the page has no engine')
    const { peerId } = engine
    const holds = (seq: number) => engine.receipts({ peerId, seq }).state !== 'unknown'
    let [held, beyond] = [0, 1]
    while (holds(beyond)) beyond *= 2
    while (beyond - held > 1) {
      const middle = Math.floor((held + beyond) / 2)
      if (holds(middle)) held = middle
      else beyond = middle
    }
    const isLost = ({ id, seq, kwh }: (typeof writes)[number]) =>
      seq > held || engine.record('reading', id)?.value['kwh'] !== kwh
    const lost = writes.filter(isLost).map(({ id }) => id)
    return { peerId, held, lost, fault: engine.store.getStatus().fault ?? null }
  }, resolved)

/** Whether a device shows a record. */
export const shows = ({ page }: Device, id: string): Promise<boolean> =>
  page.evaluate((key) => window.fieldmesh?.engine.record('reading', key)?.alive === true, id)

/** Entries of an author that a device holds, from number 1 on without a gap. */
export const heldOf = ({ page }: Device, author: string): Promise<number> =>
  page.evaluate((of) => {
    const engine = window.fieldmesh?.engine
    let held = 0
    while (engine && engine.receipts({ peerId: of, seq: held + 1 }).state !== 'unknown') held += 1
    return held
  }, author)

/** Entries of an author that another device has acknowledged, as far as this one was told. */
export const ackedBy = ({ page }: Device, by: string, author: string): Promise<number> =>
  page.evaluate(
    ([who, of]) => {
      const engine = window.fieldmesh?.engine
      let acked = 0
      while (engine?.receipts({ peerId: of, seq: acked + 1 }).on.includes(who)) acked += 1
      return acked
    },
    [by, author] as const,
  )

/** Waits until a device's storage has refused so many messages of another device in a row. */
export const storageRefusals = (device: Device, from: string, count: number): Promise<void> =>
  until(
    device,
    `storage refused ${count} messages`,
    ([peerId, wanted]) => {
      const mesh = window.fieldmesh?.engine.actor.getSnapshot().children.mesh
      return mesh?.getSnapshot().children[`peer:${peerId}`]?.getSnapshot().context.storageFailures >= wanted
    },
    [from, count] as const,
  )

/** Frames of the present socket to the server that a device counted as none of the protocol. */
export const malformedFrames = ({ page }: Device): Promise<number> =>
  page.evaluate(() => {
    const mesh = window.fieldmesh?.engine.actor.getSnapshot().children.mesh
    return mesh?.getSnapshot().children.signaling?.getSnapshot().context.malformed
  })
