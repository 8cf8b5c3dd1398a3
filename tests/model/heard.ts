import type { AnyMachineSnapshot, InspectionEvent } from 'xstate'
import type { SyncEngine } from '#engine/types'
import { brokenRules } from '../support/explore-history.ts'

const CHARTS: ReadonlySet<string> = new Set(['sync-engine', 'sync-mesh', 'signaling', 'sync-peer', 'reassembly'])

/** What the charts of real engines heard, and whether the rules of history call it possible. */
export interface Heard {
  /** Events by machine, and how many kinds of them. */
  readonly counts: Readonly<Record<string, { readonly events: number; readonly kinds: number }>>
  /** Events that came although a rule excludes them. */
  readonly impossible: ReadonlySet<string>
  /** Watches an engine from before its start; once for each. */
  watch(engine: SyncEngine): void
}

const machineOf = (snapshot: unknown): string =>
  typeof snapshot === 'object' && snapshot !== null && 'machine' in snapshot
    ? (snapshot as AnyMachineSnapshot).machine.id
    : ''

/** An ear for every chart of every engine: each event is judged in the snapshot that it arrives in. */
export const createHeard = (): Heard => {
  const kinds = new Map<string, Map<string, number>>()
  const before = new WeakMap<object, AnyMachineSnapshot>()
  const known = new WeakSet<object>()
  const impossible = new Set<string>()

  const hear = (event: InspectionEvent): void => {
    if (event.type !== '@xstate.snapshot' || !CHARTS.has(machineOf(event.snapshot))) return
    const { actorRef, event: cause } = event
    const snapshot = event.snapshot as AnyMachineSnapshot
    const was = before.get(actorRef)
    before.set(actorRef, snapshot)
    if (was === undefined || cause.type === 'xstate.init' || cause.type === 'xstate.stop') return
    const { id } = snapshot.machine
    const counts = kinds.get(id) ?? new Map<string, number>()
    kinds.set(id, counts.set(cause.type, (counts.get(cause.type) ?? 0) + 1))
    for (const rule of brokenRules(was, cause))
      impossible.add(`${rule.id}: ${id} heard ${cause.type} in ${JSON.stringify(was.value)}`)
  }
  return {
    impossible,
    get counts() {
      const entries = [...kinds].map(([id, counts]) => {
        const events = [...counts.values()].reduce((sum, count) => sum + count, 0)
        return [id, { events, kinds: counts.size }] as const
      })
      return Object.fromEntries(entries)
    },
    watch: ({ actor }) => {
      if (known.has(actor)) return
      known.add(actor)
      before.set(actor, actor.getSnapshot())
      actor.system.inspect(hear)
    },
  }
}
