import type { Entry } from '#model/entry'
import { seqOf } from '#model/entry-dot'
import type { ReplicaCore } from '#model/replica.types'
import { MEMBER_TYPE } from './control.types.ts'
import { dotText } from './control-order.ts'
import { membershipOf } from './membership.ts'
import type { Membership, Policy } from './membership.types.ts'
import { type RootTrust, verifyRoots } from './verify-roots.ts'

export interface ControlLogOptions {
  readonly policy: Policy
  /** With `certified`. */
  readonly trust?: RootTrust
}

/**
 * The control entries of one replica, and the membership that follows from them: the loop that a store turns.
 *
 * @example
 * const control = new ControlLog({ policy, trust: { suite, room, root } })
 * // once a plan is durable:
 * const isChanged = await control.take(plan.apply)
 * replica.commit(plan)
 * if (isChanged) tellOf(control.enforceOn(replica))
 */
export class ControlLog {
  readonly #options: ControlLogOptions
  readonly #entries = new Map<string, Entry>()
  #roots: ReadonlySet<string> = new Set()
  #membership: Membership
  /** What the replica was last judged by. */
  #enforced: Membership | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: ControlLogOptions) {
    this.#options = options
    this.#membership = this.#judged()
  }

  /** Of all that was taken. */
  get membership(): Membership {
    return this.#membership
  }

  /** Takes in entries of any type that are or will be applied; in turn. @returns true if the membership was made anew */
  take(entries: readonly Entry[]): Promise<boolean> {
    const taken = this.#turn.then(() => this.#take(entries))
    this.#turn = taken.catch(() => {})
    return taken
  }

  async #take(entries: readonly Entry[]): Promise<boolean> {
    const news = entries.filter(({ resourceType }) => resourceType === MEMBER_TYPE)
    if (news.length === 0) return false
    const { policy, trust } = this.#options
    if (policy === 'certified' && trust) this.#roots = await verifyRoots(news, trust, this.#roots)
    for (const entry of news) this.#entries.set(dotText({ author: entry.peerId, seq: seqOf(entry) }), entry)
    this.#membership = this.#judged()
    return true
  }

  #judged(): Membership {
    return membershipOf(this.#entries.values(), { policy: this.#options.policy, roots: this.#roots })
  }

  /** Judges a replica by the membership as it is now: all of it the first time, then what changed. @returns types with a changed record */
  enforceOn(replica: Pick<ReplicaCore, 'enforce'>): ReadonlySet<string> {
    const [before, now] = [this.#enforced, this.#membership]
    this.#enforced = now
    // Nobody is judged in such a room, and writes are not slowed down by asking.
    if (now.policy === 'secret-only') return new Set()
    return replica.enforce((entry) => now.verdict(entry) === 'in-force', before && now.changedSince(before))
  }
}
