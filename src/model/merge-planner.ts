import { AuthorRoster } from './author-roster.ts'
import { canonical, utf8Length } from './canonical.ts'
import type { AppliedSeqs } from './causal-gate.ts'
import type { Dot, Entry } from './entry.ts'
import { dotOf, seqOf } from './entry-dot.ts'
import type { EntryLog } from './entry-log.ts'
import { type FaultCode, FieldmeshError } from './fault.ts'
import { LIMITS } from './limits.ts'
import type { MergeRules } from './merge-rules.ts'
import type { Fork, MergePlan, Refusal } from './replica.types.ts'
import { checkEntry } from './validate-entry.ts'
import { type Held, WaitingSet } from './waiting-set.ts'

/** The replica as a plan reads it. */
export interface PlannerState {
  readonly peerId: string
  readonly rules: MergeRules
  readonly log: EntryLog
  readonly waiting: WaitingSet
  readonly forks: ReadonlyMap<string, Fork>
  /** Authors with an entry here, applied or waiting. */
  readonly authors: AuthorRoster
  /** True for an entry that this replica drafted itself. */
  readonly isDraft: (value: unknown) => value is Entry
  /** True once this replica has committed an entry of its own making. */
  readonly hasWritten: boolean
  readonly version: number
}

/** Works out what entries would do to a replica, on a layer of its own above it: the replica itself is only read. */
export class MergePlanner implements AppliedSeqs {
  readonly #state: PlannerState
  readonly #apply: Entry[] = []
  readonly #applied = new Map<string, Entry[]>()
  /** Newly held back, and those of the replica that came to be blocked on another dot. */
  readonly #blocked = new WaitingSet()
  readonly #wait = new Map<Entry, unknown>()
  readonly #authors = new AuthorRoster()
  readonly #forks = new Map<string, Fork>()
  readonly #duplicate: Dot[] = []
  readonly #refused: Refusal[] = []
  #waitingCount: number
  #waitingBytes: number

  constructor(state: PlannerState) {
    this.#state = state
    this.#waitingCount = state.waiting.count
    this.#waitingBytes = state.waiting.bytes
  }

  /** Highest seq applied, in the replica or by this plan. */
  get(peerId: string): number {
    return this.#state.log.get(peerId) + (this.#applied.get(peerId)?.length ?? 0)
  }

  /** Takes in one more entry that was read here, checked and frozen. */
  take(entry: Entry): void {
    this.#place(entry, entry)
  }

  /** Takes in one more thing that claims to be an entry. */
  offer(given: unknown): void {
    const entry = this.#state.isDraft(given) ? given : checkEntry(given)
    if (typeof entry === 'string') this.#refuse(given, entry)
    else this.#place(entry, given)
  }

  finish(): MergePlan {
    const forks = [...this.#forks.values()]
    const againstApplied = forks.filter(({ peerId, seq }) => seq <= this.get(peerId))
    return {
      apply: this.#apply,
      wait: [...this.#wait.keys()],
      duplicate: this.#duplicate,
      refused: this.#refused,
      forks,
      toStore: [...this.#apply, ...againstApplied.map(({ other }) => other)],
      version: this.#state.version,
    }
  }

  #place(entry: Entry, given: unknown): void {
    const held = this.#heldAt(entry)
    if (held && isSame(held, entry)) this.#duplicate.push(dotOf(entry))
    else if (this.#state.isDraft(given) && seqOf(entry) !== this.get(entry.peerId) + 1) throw staleDraft()
    else if (this.#isFrozen(entry.peerId)) this.#refuse(given, 'author-forked')
    else if (held || this.#isByOurDouble(entry)) this.#freeze(entry, held, given)
    else if (!this.#admitAuthor(entry.peerId)) this.#refuse(given, 'authors-full')
    else this.#pass(entry, given)
  }

  /** Through the gate, or held back before it. */
  #pass(entry: Entry, given: unknown): void {
    const missing = this.#state.rules.gate(entry, this)
    if (missing) this.#holdBack({ entry, bytes: utf8Length(canonical(entry)) }, missing, given)
    else this.#advance(entry)
  }

  #holdBack(held: Held, missing: Dot, given: unknown): void {
    if (this.#waitingCount >= LIMITS.waitingEntries || this.#waitingBytes + held.bytes > LIMITS.waitingBytes) {
      this.#refuse(given, 'waiting-full')
      return
    }
    this.#blocked.add(held, missing)
    this.#wait.set(held.entry, given)
    this.#count(held, 1)
  }

  /** Applies an entry and all that waited for it, and for those, in causal order. */
  #advance(first: Entry): void {
    if (this.#waitingCount === 0) {
      this.#record(first)
      return
    }
    const opened = [first]
    for (const entry of opened) {
      this.#record(entry)
      const dot = dotOf(entry)
      for (const waiting of [this.#state.waiting, this.#blocked])
        for (const held of waiting.blockedOn(dot)) if (this.#reconsider(held)) opened.push(held.entry)
    }
  }

  /** True if an entry held back may be applied now. */
  #reconsider(held: Held): boolean {
    const { entry } = held
    if (this.#isFrozen(entry.peerId)) return false
    const missing = this.#state.rules.gate(entry, this)
    if (missing) {
      this.#blocked.add(held, missing)
      return false
    }
    this.#blocked.delete(entry.peerId, seqOf(entry))
    this.#wait.delete(entry)
    this.#count(held, -1)
    return true
  }

  #record(entry: Entry): void {
    this.#apply.push(entry)
    const applied = this.#applied.get(entry.peerId)
    if (applied) applied.push(entry)
    else this.#applied.set(entry.peerId, [entry])
  }

  /** The entry at the same dot, applied or waiting. */
  #heldAt(entry: Entry): Entry | undefined {
    const { peerId } = entry
    const seq = seqOf(entry)
    const logged = this.#state.log.get(peerId)
    if (seq <= logged) return this.#state.log.entry(peerId, seq)
    if (seq <= this.get(peerId)) return this.#applied.get(peerId)?.[seq - logged - 1]
    if (this.#isFrozen(peerId)) return undefined
    return (this.#blocked.find(peerId, seq) ?? this.#state.waiting.find(peerId, seq))?.entry
  }

  /**
   * Own entries beyond our own come from our log, or from before a backup was restored, as long as we wrote nothing since.
   * Afterwards they prove that somebody else writes under our id, and our next entry would claim a taken place.
   */
  #isByOurDouble(entry: Entry): boolean {
    const { peerId, hasWritten, isDraft } = this.#state
    return entry.peerId === peerId && hasWritten && !isDraft(entry)
  }

  #freeze(other: Entry, held: Entry | undefined, given: unknown): void {
    const { peerId } = other
    this.#refuse(given, 'author-forked')
    this.#forks.set(peerId, { ...dotOf(other), ...(held && { held }), other })
    for (const dropped of this.#blocked.ofAuthor(peerId)) {
      this.#blocked.delete(peerId, seqOf(dropped.entry))
      if (!this.#wait.has(dropped.entry)) continue
      this.#refuse(this.#wait.get(dropped.entry), 'author-forked')
      this.#wait.delete(dropped.entry)
      this.#count(dropped, -1)
    }
  }

  #isFrozen(peerId: string): boolean {
    return this.#forks.has(peerId) || this.#state.forks.has(peerId)
  }

  #admitAuthor(peerId: string): boolean {
    const { authors } = this.#state
    if (!this.#authors.admits(peerId, authors)) return false
    if (!authors.has(peerId)) this.#authors.add(peerId)
    return true
  }

  #count(held: Held, sign: 1 | -1): void {
    this.#waitingCount += sign
    this.#waitingBytes += sign * held.bytes
  }

  #refuse(entry: unknown, fault: FaultCode): void {
    this.#refused.push({ entry, fault })
  }
}

const isSame = (a: Entry, b: Entry): boolean => a === b || canonical(a) === canonical(b)

const staleDraft = (): FieldmeshError =>
  new FieldmeshError('internal', 'A draft was planned after another entry had taken its place.')
