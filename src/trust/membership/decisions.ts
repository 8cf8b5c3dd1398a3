import { compareText } from '#model/write-order'
import type { Certify, Control, Remove } from './control.types.ts'
import type { ControlLogs } from './control-logs.ts'
import { ControlOrder, isIn, type Past } from './control-order.ts'
import { Lens } from './lens.ts'
import type { Policy } from './membership.types.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'
import { RootWords } from './root-words.ts'
import { Standing } from './standing.ts'

/** What a room decides by. */
export interface Ground {
  readonly policy: Policy
  /** The words found to be signed by the root key. */
  readonly roots: ReadonlySet<string>
}

/**
 * Which control entries count. Whether a writer was entitled to what he wrote follows from what he had seen, and never
 * changes once all of that is here; so a removal beats what is concurrent to it, another removal excepted. Which
 * certificates hold in the end follows from all removals together.
 */
export class Decisions {
  readonly root: RootWords
  readonly order: ControlOrder
  readonly #policy: Policy
  readonly #removals = new Map<string, Remove[]>()
  /** Devices that admitted somebody: a certificate rests on nobody else’s cutoff. */
  readonly #issuers = new Set<string>()
  readonly #grantedTo = new Map<string, Certify[]>()
  readonly #lenses = new Map<string, Lens>()

  constructor(logs: ControlLogs, { policy, roots }: Ground) {
    this.#policy = policy
    this.root = new RootWords(logs, policy === 'certified' ? roots : new Set())
    this.order = new ControlOrder(policy === 'certified' ? withinReach(logs, this.root) : logs)
    for (const control of this.order.settled) this.#consider(control)
  }

  /** Removals of a device by admins; all by devices that were entitled to. */
  removalsOf(subject: string): readonly Remove[] {
    return (!this.root.isProtected(subject) && this.#removals.get(subject)) || NONE
  }

  /** Devices that anybody removed who was entitled to, or the root. */
  get removed(): Iterable<string> {
    return new Set([...this.root.removed, ...this.#removals.keys()])
  }

  /** Device → the last seq of it that counts, of those among these that were removed. */
  cutoffsOf(devices: Iterable<string>, past?: Past): ReadonlyMap<string, number> {
    const cutoffs = new Map<string, number>()
    for (const device of devices) {
      let least = this.root.cutoffOf(device)
      for (const removal of this.removalsOf(device))
        if (removal.cutoff < least && (!past || isIn(past, removal))) least = removal.cutoff
      if (Number.isFinite(least)) cutoffs.set(device, least)
    }
    return cutoffs
  }

  /**
   * The certificates of a device that hold.
   *
   * @param among those alone that are in this past
   * @param under the removals in this past; default: all
   */
  standingOf(subject: string, among?: Past, under?: Past): Standing {
    const lens = this.#lensUnder(under)
    const given = this.#of(subject).filter((one) => (!among || isIn(among, one)) && lens.holds(one))
    const isAfter = (later: Certify, earlier: Certify) => isIn(this.order.past(later), earlier)
    return new Standing(given, this.root.certificatesOf(subject), isAfter)
  }

  /** Devices with a certificate that held at some time. */
  get certified(): Iterable<string> {
    return new Set([...this.root.certified, ...this.#grantedTo.keys()])
  }

  #of(subject: string): readonly Certify[] {
    return this.#grantedTo.get(subject) ?? []
  }

  #consider(control: Control): void {
    if (control.op === 'introduce' || control.rootSig !== undefined || !this.#wasEntitled(control)) return
    const { subject } = control
    if (control.op === 'remove') add(this.#removals, subject, control)
    else if (this.#mayGrant(control)) this.#grant(control)
  }

  /** Nobody admits or renews himself, nor anybody from a time that is still to come. */
  #mayGrant({ subject, author, from, timestamp }: Certify): boolean {
    return subject !== author && from <= timestamp + MEMBERSHIP_BOUNDS.skewMs
  }

  #grant(certificate: Certify): void {
    this.#issuers.add(certificate.author)
    add(this.#grantedTo, certificate.subject, certificate)
  }

  /** By what its writer had seen. */
  #wasEntitled(control: Control): boolean {
    const { author, seq, timestamp } = control
    const past = this.order.past(control)
    if (seq > this.root.cutoffOf(author)) return false
    if (this.removalsOf(author).some((removal) => isIn(past, removal))) return false
    if (this.#policy === 'tofu') return true
    return this.standingOf(author, past, past).near(timestamp)?.role === 'admin'
  }

  /** One for all pasts in which the same was removed. */
  #lensUnder(past: Past | undefined): Lens {
    const cutoffs = this.cutoffsOf(this.#issuers, past)
    const key = JSON.stringify([...cutoffs].toSorted(([a], [b]) => compareText(a, b)))
    const { root, order } = this
    const lens = this.#lenses.get(key) ?? new Lens({ root, order, of: (subject) => this.#of(subject) }, cutoffs)
    this.#lenses.set(key, lens)
    return lens
  }
}

const add = <T>(lists: Map<string, T[]>, key: string, item: T): void => {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

const NONE: readonly Remove[] = []

/** Without the logs of those whom no chain of admins connects to the root: whatever they write costs nothing more. */
const withinReach = (logs: ControlLogs, root: RootWords): ControlLogs => {
  const reached = new Set(root.certified)
  for (const author of reached)
    for (const control of logs.get(author) ?? [])
      if (control.op === 'certify' && control.role === 'admin') reached.add(control.subject)
  return new Map([...logs].filter(([author]) => reached.has(author)))
}
