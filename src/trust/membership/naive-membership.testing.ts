import type { Entry } from '#model/entry'
import type { Certify, Control, Remove } from './control.types.ts'
import type { Role } from './membership.types.ts'
import { readControl } from './read-control.ts'

const SKEW = 5 * 60_000
const POWER: Readonly<Record<Role, number>> = { reader: 1, member: 2, admin: 3 }

/** What a set of entries means for who belongs to a certified room: by the definition alone, slow, and written apart. */
export class NaiveMembership {
  readonly #controls: readonly Control[]
  readonly #roots: ReadonlySet<string>
  readonly #memo = new Map<string, boolean>()

  /** @param entries without two at one place of a log */
  constructor(entries: Iterable<Entry>, roots: ReadonlySet<string>) {
    const distinct = new Map(
      Array.from(entries, (entry) => [`${entry.peerId} ${entry.vectorClock[entry.peerId]}`, entry]),
    )
    this.#controls = [...distinct.values()].map(readControl).filter((control) => control !== undefined)
    this.#roots = roots
  }

  /** Device → last seq that counts, of removed devices. */
  removed(): Readonly<Record<string, number>> {
    const all = this.#countedIn(this.#controls)
    const cutoffs = [...new Set(this.#controls.map(({ subject }) => subject))].map(
      (subject) => [subject, this.#cutoff(subject, all)] as const,
    )
    return Object.fromEntries(cutoffs.filter(([, cutoff]) => cutoff !== Infinity))
  }

  role(peerId: string, at: number): Role | undefined {
    return this.removed()[peerId] === undefined
      ? this.#roleNear(peerId, at, this.#controls, this.#countedIn(this.#controls))
      : undefined
  }

  /** Of an entry that is no control entry. */
  isInForce(entry: Entry): boolean {
    const cutoff = this.removed()[entry.peerId] ?? Infinity
    const role = this.#roleNear(entry.peerId, entry.timestamp, this.#controls, this.#countedIn(this.#controls))
    return (entry.vectorClock[entry.peerId] ?? 0) <= cutoff && (role === 'member' || role === 'admin')
  }

  #words(): readonly Control[] {
    return this.#controls.filter(({ rootWord }) => rootWord !== undefined && this.#roots.has(rootWord))
  }

  #rooted(subject: string): readonly Certify[] {
    return this.#words()
      .filter((word) => word.op === 'certify')
      .filter((word) => word.subject === subject)
  }

  #reached(): ReadonlySet<string> {
    const rooted = this.#controls.map(({ subject }) => subject).filter((subject) => this.#rooted(subject).length > 0)
    const reached = new Set(rooted)
    const admits = (one: Control): one is Certify => one.op === 'certify' && one.role === 'admin'
    for (const each of reached)
      for (const { author, subject } of this.#controls.filter(admits)) if (author === each) reached.add(subject)
    return reached
  }

  /** Everything that a writer had seen, or undefined where some of it is missing. */
  #past(control: Control, on: readonly Control[] = []): readonly Control[] | undefined {
    if (on.includes(control)) return undefined
    const own = this.#controls.filter(({ author, seq }) => author === control.author && seq < control.seq)
    // Nobody can have seen what those decide whom no chain of admins connects to the root.
    const inReach = this.#controls.filter(({ author }) => this.#reached().has(author))
    const direct = [...control.seen].map(([a, s]) => inReach.find(({ author, seq }) => author === a && seq === s))
    const whole = new Set<Control>()
    for (const each of [...own, ...direct]) {
      const before = each && this.#past(each, [...on, control])
      if (!each || !before) return undefined
      for (const one of [...before, each]) whole.add(one)
    }
    return [...whole]
  }

  #cutoff(subject: string, removals: readonly Remove[]): number {
    const byRoot = this.#words()
      .filter((word) => word.op === 'remove')
      .filter((word) => word.subject === subject)
    const byOthers = this.#rooted(subject).length > 0 ? [] : removals.filter((removal) => removal.subject === subject)
    return Math.min(Infinity, ...[...byRoot, ...byOthers].map(({ cutoff }) => cutoff))
  }

  #countedIn(controls: readonly Control[]): readonly Remove[] {
    return controls.filter((control) => control.op === 'remove').filter((control) => this.#isEntitled(control))
  }

  #isEntitled(control: Control): boolean {
    return this.#remember(`entitled ${control.author} ${control.seq}`, () => {
      const past = this.#past(control)
      if (!past || control.rootSig !== undefined || control.seq > this.#cutoff(control.author, [])) return false
      const removals = this.#countedIn(past)
      if (removals.some(({ subject }) => subject === control.author && this.#rooted(subject).length === 0)) return false
      return this.#roleNear(control.author, control.timestamp, past, removals) === 'admin'
    })
  }

  #holds(certificate: Certify, removals: readonly Remove[]): boolean {
    const { author, seq, subject, from, timestamp } = certificate
    const under = removals
      .map((removal) => `${removal.author} ${removal.seq}`)
      .toSorted()
      .join()
    return this.#remember(`holds ${author} ${seq} under ${under}`, () => {
      if (subject === author || from > timestamp + SKEW || !this.#isEntitled(certificate)) return false
      if (seq > this.#cutoff(author, removals)) return false
      return this.#roleNear(author, timestamp, this.#past(certificate) ?? [], removals) === 'admin'
    })
  }

  #roleNear(peerId: string, at: number, among: readonly Control[], removals: readonly Remove[]): Role | undefined {
    const given = among
      .filter((one) => one.op === 'certify')
      .filter((one) => one.subject === peerId && this.#holds(one, removals))
    const edges = [...given, ...this.#rooted(peerId)].flatMap(({ from, until }) => [from - 1, from, until - 1, until])
    const times = [at - SKEW, at, at + SKEW, ...edges].filter((time) => Math.abs(time - at) <= SKEW)
    const roles = times.map((time) => this.#roleAt(time, given, this.#rooted(peerId)))
    return roles.filter((role) => role !== undefined).toSorted((a, b) => POWER[b] - POWER[a])[0]
  }

  #roleAt(time: number, given: readonly Certify[], rooted: readonly Certify[]): Role | undefined {
    const isRunning = ({ from, until }: Certify) => from <= time && time < until
    const weakest = (some: readonly Certify[]) =>
      some.map(({ role }) => role).toSorted((a, b) => POWER[a] - POWER[b])[0]
    const begun = Math.max(...rooted.filter(({ from }) => from <= time).map(({ from }) => from))
    const latest = rooted.filter(({ from }) => from === begun)
    const least = latest.filter(({ role }) => role === weakest(latest))
    if (least.some(isRunning)) return weakest(least)
    const isReplaced = (one: Certify) => given.some((other) => other.from <= time && this.#past(other)?.includes(one))
    return weakest(given.filter((one) => isRunning(one) && !isReplaced(one)))
  }

  #remember(key: string, find: () => boolean): boolean {
    const known = this.#memo.get(key) ?? find()
    this.#memo.set(key, known)
    return known
  }
}
