import type { Entry, EntryInput } from '#model/entry'

/** One call of `write` that waits for its commit. */
interface PendingWrite {
  readonly inputs: readonly EntryInput[]
  readonly resolve: (entries: Entry[]) => void
  readonly reject: (error: unknown) => void
}

export interface WriteGroupSteps {
  /** Once before anything else; if it rejects, so do all that wait. */
  readonly ready: () => Promise<void>
  /** Makes entries of inputs, and throws if one is refused. Changes nothing. */
  readonly draft: (inputs: readonly EntryInput[]) => Entry[]
  /** Makes the entries durable, then visible: all or nothing. */
  readonly commit: (entries: readonly Entry[]) => Promise<void>
}

/** Writes that are committed together: one append for however many wait. */
export interface WriteGroup {
  /** Waits with others for the next flush. */
  readonly add: (inputs: readonly EntryInput[]) => Promise<Entry[]>
  /** Commits all that wait as one; a call that is refused by itself is refused alone. Never rejects. */
  readonly flush: () => Promise<void>
}

const draftAll = (group: readonly PendingWrite[], { draft }: WriteGroupSteps): Entry[] =>
  draft(group.flatMap(({ inputs }) => inputs))

const isDraftable = (write: PendingWrite, { draft }: WriteGroupSteps): boolean => {
  try {
    draft(write.inputs)
    return true
  } catch (error) {
    write.reject(error)
    return false
  }
}

const commitGroup = async (
  group: readonly PendingWrite[],
  entries: readonly Entry[],
  steps: WriteGroupSteps,
): Promise<void> => {
  if (entries.length > 0) await steps.commit(entries)
  let from = 0
  for (const { inputs, resolve } of group) {
    resolve(entries.slice(from, from + inputs.length))
    from += inputs.length
  }
}

/** All that wait, or those of them that can be drafted at all; the others are rejected. */
const draftGroup = (waiting: readonly PendingWrite[], steps: WriteGroupSteps) => {
  try {
    return { group: waiting, entries: draftAll(waiting, steps) }
  } catch {
    const group = waiting.filter((write) => isDraftable(write, steps))
    return { group, entries: draftAll(group, steps) }
  }
}

/** No writes yet. */
export const createWriteGroup = (steps: WriteGroupSteps): WriteGroup => {
  let pending: PendingWrite[] = []
  return {
    add: (inputs) =>
      new Promise((resolve, reject) => {
        pending.push({ inputs, resolve, reject })
      }),
    flush: async () => {
      const waiting = pending
      pending = []
      if (waiting.length === 0) return
      try {
        await steps.ready()
        const { group, entries } = draftGroup(waiting, steps)
        await commitGroup(group, entries, steps)
      } catch (error) {
        // Those that were rejected or resolved already stay so.
        for (const { reject } of waiting) reject(error)
      }
    },
  }
}
