import type { Entry, EntryInput } from './entry.ts'
import type { MergeRules } from './merge-rules.ts'
import { naiveView } from './naive-replica.testing.ts'
import { createReplicaWith, type ReplicaCore } from './replica.ts'

/** One step of a history: a replica takes in some earlier entries, in this order, and then writes. */
export interface Step {
  readonly writer: number
  /** Indexes of earlier entries; not closed under causality, so that the gate has work. */
  readonly reads: readonly number[]
  /** The writer's wall clock. */
  readonly wall: number
  readonly input: EntryInput
}

/** An entry, and what its author had applied when writing it. */
export interface Written {
  readonly entry: Entry
  readonly applied: Readonly<Record<string, number>>
}

const PEERS = ['ana', 'ben', 'Zoë'] as const

/** Plays the steps on three replicas. */
export const playHistory = (steps: readonly Step[], rules: MergeRules): readonly Written[] => {
  let wall = 0
  const replicas = PEERS.map((peerId) => createReplicaWith({ peerId, now: () => wall }, rules))
  const written: Written[] = []
  for (const step of steps) {
    wall = step.wall
    const replica = replicas[step.writer % PEERS.length]
    if (!replica) throw new Error('no such writer')
    replica.merge(step.reads.flatMap((index) => written[index]?.entry ?? []))
    const applied = replica.versionVector().toJSON()
    written.push({ entry: replica.write(step.input), applied })
  }
  return written
}

/** What must hold after any delivery of a history. */
const LAWS = {
  /** Nobody claims to have seen what was never applied: else it would be overwritten unseen. */
  'a write names only what its author had applied': ({ history }: Case) =>
    history.every(({ entry, applied }) =>
      Object.entries(entry.vectorClock).every(([a, seq]) =>
        a === entry.peerId ? seq === (applied[a] ?? 0) + 1 : seq <= (applied[a] ?? 0),
      ),
    ),
  'nothing is lost': ({ replica, entries }: Case) =>
    replica.size === entries.length &&
    replica.waiting === 0 &&
    entries.every((entry) => replica.entry({ peerId: entry.peerId, seq: entry.vectorClock[entry.peerId] ?? 0 })),
  'the view is what the definition says of the set': ({ replica, expected }: Case) => textOf(replica) === expected,
}

/** What is tried on one delivery of each history alone, as it costs more. */
const COSTLY_LAWS = {
  'merging again changes nothing': ({ replica, entries }: Case) => {
    const before = [replica.records('t'), replica.conflicts()]
    const { applied, duplicate, waiting, refused } = replica.merge(entries.toReversed())
    const unchanged = replica.records('t') === before[0] && replica.conflicts() === before[1]
    return unchanged && applied.length + waiting.length + refused.length === 0 && duplicate.length === entries.length
  },
  'since gives everything in causal order': ({ replica, entries, rules }: Case) => {
    const other = createReplicaWith({ peerId: 'other', now: () => 0 }, rules)
    const sent = replica.since(other.versionVector())
    return sent.length === entries.length && sent.every((entry) => other.merge([entry]).applied.length === 1)
  },
}

interface Case {
  readonly rules: MergeRules
  readonly history: readonly Written[]
  readonly entries: readonly Entry[]
  readonly expected: string
  readonly replica: ReplicaCore
}

/** Delivers a history to a fresh replica in the given batches and names the first law that does not hold. */
export const brokenLaw = (
  history: readonly Written[],
  deliveries: readonly (readonly (readonly number[])[])[],
  rules: MergeRules,
): string | undefined => {
  const entries = history.map(({ entry }) => entry)
  const { records, conflicts } = naiveView(entries)
  const expected = JSON.stringify([records, conflicts])
  for (const [index, batches] of deliveries.entries()) {
    const replica = createReplicaWith({ peerId: 'observer', now: () => 1_000 }, rules)
    for (const batch of batches) replica.merge(batch.flatMap((at) => entries[at] ?? []))
    const facts: Case = { rules, history, entries, expected, replica }
    const laws = index === 0 ? { ...LAWS, ...COSTLY_LAWS } : LAWS
    const broken = Object.entries(laws).find(([, holds]) => !holds(facts))
    if (broken) return broken[0]
  }
  return undefined
}

const textOf = (replica: ReplicaCore): string =>
  JSON.stringify([replica.types().flatMap((type) => replica.records(type)), replica.conflicts()])
