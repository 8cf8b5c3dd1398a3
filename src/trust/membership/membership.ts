import type { Dot, Entry } from '#model/entry'
import { seqOf } from '#model/entry-dot'
import { compareText } from '#model/write-order'
import type { CertificateLink } from './certificate.types.ts'
import { shortestChain } from './chain-of.ts'
import { controlLogsOf, type ControlLogs } from './control-logs.ts'
import { dotText } from './control-order.ts'
import { type Certify, type Control, type Introduce, MEMBER_TYPE } from './control.types.ts'
import { Decisions, type Ground } from './decisions.ts'
import type { Member, Membership, Policy, QuarantineReason, Verdict } from './membership.types.ts'
import { readControl } from './read-control.ts'
import { seenBy } from './seen-by.ts'
import { type Span, strongestIn } from './standing.ts'

/**
 * Who belongs to a room: a function of the set of entries alone, whatever their order and number, and of no clock.
 * Entries of other types are passed over.
 *
 * @example
 * const roots = await verifyRoots(entries, { suite, room, root })
 * const membership = membershipOf(entries, { policy: 'certified', roots })
 * membership.memberAt(peerId, Date.now())?.role // 'admin'
 * replica.enforce((entry) => membership.verdict(entry) === 'in-force')
 */
export const membershipOf = (entries: Iterable<Entry>, ground: Ground): Membership =>
  new JudgedMembership(controlLogsOf(entries), ground)

class JudgedMembership implements Membership {
  readonly policy: Policy
  readonly removed: ReadonlyMap<string, number>
  readonly pending: readonly Dot[]
  readonly known: readonly string[]
  readonly #logs: ControlLogs
  readonly #decisions: Decisions
  readonly #spans = new Map<string, readonly Span[]>()
  readonly #introductions = new Map<string, Introduce>()
  readonly #states = new Map<string, 'counts' | 'waits' | 'void'>()

  constructor(logs: ControlLogs, ground: Ground) {
    this.policy = ground.policy
    this.#logs = logs
    this.#decisions = new Decisions(logs, ground)
    this.removed = this.#decisions.cutoffsOf(this.#decisions.removed)
    for (const subject of this.#decisions.certified)
      this.#spans.set(subject, this.#decisions.standingOf(subject).spans())
    const controls = [...logs.values()].flat()
    for (const control of controls) this.#states.set(dotText(control), this.#stateOf(control))
    const waiting = controls.filter((control) => this.#states.get(dotText(control)) === 'waits')
    this.pending = waiting.map(({ author, seq }) => ({ peerId: author, seq }))
    for (const control of controls) if (control.op === 'introduce') this.#introductions.set(control.author, control)
    this.known = this.#everybody()
  }

  #everybody(): readonly string[] {
    const spanned = [...this.#spans].filter(([, spans]) => spans.length > 0).map(([subject]) => subject)
    const introduced = this.policy === 'certified' ? [] : this.#introductions.keys()
    return [...new Set([...spanned, ...introduced, ...this.removed.keys()])].toSorted(compareText)
  }

  /** Whether a control entry counts, waits for others, or does neither. */
  #stateOf(control: Control): 'counts' | 'waits' | 'void' {
    const { order, root } = this.#decisions
    if (control.op === 'introduce') return this.policy === 'certified' ? 'void' : 'counts'
    if (this.policy === 'secret-only') return 'void'
    if (control.rootWord !== undefined) return root.isKnown(control.rootWord) ? 'counts' : 'void'
    if (!order.isSettled(control)) return order.isWaiting(control) ? 'waits' : 'void'
    if (control.op === 'remove')
      return this.#decisions.removalsOf(control.subject).includes(control) ? 'counts' : 'void'
    return this.#decisions.standingOf(control.subject).given.includes(control) ? 'counts' : 'void'
  }

  memberAt(peerId: string, at: number): Member | undefined {
    if (this.removed.has(peerId)) return undefined
    if (this.policy === 'certified') return memberOf(strongestIn(this.#spans.get(peerId) ?? [], at))
    const { key, name } = this.#introductions.get(peerId) ?? {}
    const role = this.policy === 'tofu' ? 'admin' : 'member'
    return { peerId, role, ...(key !== undefined && name !== undefined && { key, name }) }
  }

  verdict(entry: Entry): Verdict {
    if (this.policy === 'secret-only') return 'in-force'
    if (entry.resourceType === MEMBER_TYPE) return this.#verdictOfControl(entry)
    const doubt = this.#doubtOf(entry)
    return doubt ? { quarantined: doubt } : 'in-force'
  }

  /** What speaks against whatever this author wrote at this place and time. */
  #doubtOf(entry: Entry): QuarantineReason | undefined {
    const cutoff = this.removed.get(entry.peerId)
    if (cutoff !== undefined && seqOf(entry) > cutoff) return 'removed'
    if (this.policy === 'tofu') return undefined
    const spans = this.#spans.get(entry.peerId) ?? []
    const role = strongestIn(spans, entry.timestamp)?.role
    if (role !== undefined) return role === 'reader' ? 'reader' : undefined
    const [first] = spans
    return first && entry.timestamp > first.start ? 'expired' : 'not-member'
  }

  #verdictOfControl(entry: Entry): Verdict {
    const state = this.#states.get(dotText({ author: entry.peerId, seq: seqOf(entry) }))
    if (state === 'counts') return 'in-force'
    if (!readControl(entry)) return { quarantined: 'malformed' }
    if (state === 'waits') return { quarantined: 'pending' }
    const doubt = this.#doubtOf(entry)
    return { quarantined: doubt === undefined || doubt === 'reader' ? 'not-admin' : doubt }
  }

  certificateOf(peerId: string, at: number): readonly CertificateLink[] | undefined {
    if (this.removed.has(peerId)) return undefined
    const certificate = strongestIn(this.#spans.get(peerId) ?? [], at)
    return certificate && shortestChain(certificate, this.#decisions)
  }

  seenBy(peerId: string): Readonly<Record<string, number>> {
    // What the root says needs no witness, and anybody may copy it.
    const isTold = (control: Control): boolean =>
      this.#states.get(dotText(control)) === 'counts' && control.rootWord === undefined
    return seenBy(peerId, [...this.#logs.values()].flat().filter(isTold), this.policy)
  }

  changedSince(before: Membership): readonly string[] {
    const old = before instanceof JudgedMembership ? before.#judged() : new Map<string, string>()
    const now = this.#judged()
    const authors = new Set([...old.keys(), ...now.keys()])
    return [...authors].filter((author) => old.get(author) !== now.get(author)).toSorted(compareText)
  }

  /** Author → all that verdicts on his entries follow from, as text. */
  #judged(): ReadonlyMap<string, string> {
    const authors = new Set([...this.#logs.keys(), ...this.#spans.keys(), ...this.removed.keys()])
    const textOf = (author: string): string => {
      const spans = (this.#spans.get(author) ?? []).map(({ start, end, certificate: { role } }) => [start, end, role])
      const states = (this.#logs.get(author) ?? []).map((control) => [control.seq, this.#states.get(dotText(control))])
      return JSON.stringify([this.removed.get(author), spans, states])
    }
    return new Map(Array.from(authors, (author) => [author, textOf(author)]))
  }
}

const memberOf = (certificate: Certify | undefined): Member | undefined => {
  if (!certificate) return undefined
  const { subject, role, from, until, name, key, author, rootSig } = certificate
  return { peerId: subject, role, from, until, name, key, by: rootSig === undefined ? author : 'root' }
}
