import { base64url } from '#model/base64url'
import type { Entry, EntryInput, Json } from '#model/entry'
import { seqOf } from '#model/entry-dot'
import type { CryptoSuite, Signer } from '../crypto.types.ts'
import { peerIdOf } from '../peer-id-of.ts'
import type { CertificateClaim } from './certificate.types.ts'
import { introduce, issueCertificate, issueRemoval } from './issue-control.ts'
import { membershipOf } from './membership.ts'
import type { Membership, Policy, Role } from './membership.types.ts'
import { verifyRoots } from './verify-roots.ts'

export const MINUTE = 60_000
export const DAY = 24 * 60 * MINUTE
/** When plays begin: long after what a clock of zero would say. */
export const START = 1_000 * DAY
const ROOM = 'the room'

export interface Actor {
  readonly name: string
  readonly signer: Signer
  readonly key: string
  readonly peerId: string
  /** All that it has. */
  readonly has: Set<Entry>
  seq: number
}

/** What may be said beside the obvious. */
export interface Saying {
  readonly role?: Role
  readonly from?: number
  readonly until?: number
  readonly name?: string
  readonly cutoff?: number
  /** What the writer claims to have seen, in place of the truth. */
  readonly seen?: Readonly<Record<string, number>>
  /** The writer's clock, in place of the play's. */
  readonly at?: number
}

/** A few devices of one room that write entries, each by what it has heard so far. */
export class Play {
  readonly suite: CryptoSuite
  readonly policy: Policy
  readonly root: Signer
  readonly written: Entry[] = []
  /** The clock on the wall; each entry takes a minute. */
  now = START
  readonly #actors = new Map<string, Actor>()

  private constructor(suite: CryptoSuite, policy: Policy, root: Signer) {
    this.suite = suite
    this.policy = policy
    this.root = root
  }

  static async of(suite: CryptoSuite, policy: Policy, names: readonly string[]): Promise<Play> {
    const play = new Play(suite, policy, await suite.signerOf(new Uint8Array(32).fill(200)))
    for (const [place, name] of names.entries()) await play.enter(name, place + 1)
    return play
  }

  async enter(name: string, seed: number): Promise<Actor> {
    const bytes = new Uint8Array(32).fill(seed & 255)
    bytes[0] = seed >> 8
    const signer = await this.suite.signerOf(bytes)
    const peerId = peerIdOf(signer.publicKey)
    const actor: Actor = { name, signer, key: base64url(signer.publicKey), peerId, has: new Set(), seq: 0 }
    this.#actors.set(name, actor)
    return actor
  }

  actor(name: string): Actor {
    const actor = this.#actors.get(name)
    if (!actor) throw new Error(`${name} is not in this play`)
    return actor
  }

  id(name: string): string {
    return this.actor(name).peerId
  }

  get trust() {
    return { suite: this.suite, room: ROOM, root: base64url(this.root.publicKey) }
  }

  async judge(entries: Iterable<Entry>): Promise<Membership> {
    const list = [...entries]
    return membershipOf(list, { policy: this.policy, roots: await verifyRoots(list, this.trust) })
  }

  /** Somebody hears all that another has. */
  tell(listener: string, ...speakers: readonly string[]): void {
    for (const speaker of speakers) for (const entry of this.actor(speaker).has) this.actor(listener).has.add(entry)
  }

  claimOf(
    subject: string,
    { role = 'member', from = this.now, until = from + 90 * DAY, name }: Saying,
  ): CertificateClaim {
    return { key: this.actor(subject).key, role, from, until, name: name ?? subject }
  }

  async certify(by: string, subject: string, saying: Saying = {}): Promise<Entry> {
    const { signer } = this.actor(by)
    const seen = await this.#seen(by, saying)
    return this.post(by, await issueCertificate(this.claimOf(subject, saying), { room: ROOM, signer, seen }), saying)
  }

  async rootCertifies(carrier: string, subject: string, saying: Saying = {}): Promise<Entry> {
    const issuer = { room: ROOM, signer: this.root, isRoot: true, seen: {} }
    return this.post(carrier, await issueCertificate(this.claimOf(subject, saying), issuer), saying)
  }

  /** With the last that the remover has of the subject for a cutoff, if nothing else is said. */
  async remove(by: string, subject: string, saying: Saying = {}): Promise<Entry> {
    const { signer } = this.actor(by)
    const seen = await this.#seen(by, saying)
    return this.post(by, await issueRemoval(this.#removal(by, subject, saying), { room: ROOM, signer, seen }), saying)
  }

  async rootRemoves(carrier: string, subject: string, saying: Saying = {}): Promise<Entry> {
    const issuer = { room: ROOM, signer: this.root, isRoot: true, seen: {} }
    return this.post(carrier, await issueRemoval(this.#removal(carrier, subject, saying), issuer), saying)
  }

  introduce(by: string): Entry {
    return this.post(by, introduce({ publicKey: this.actor(by).signer.publicKey, name: by }))
  }

  /** A plain record. */
  write(by: string, saying: Saying = {}, data: Readonly<Record<string, Json>> = { by }): Entry {
    return this.post(by, { id: 'm-17', resourceType: 'reading', action: 'update', data }, saying)
  }

  /** The entry as this device's log has it next. Clocks of records name nobody else: all is concurrent, and may come in any order. */
  post(by: string, input: EntryInput, { at }: Saying = {}): Entry {
    const actor = this.actor(by)
    actor.seq += 1
    const entry: Entry = {
      ...input,
      timestamp: at ?? this.now,
      peerId: actor.peerId,
      vectorClock: { [actor.peerId]: actor.seq },
    }
    this.now += MINUTE
    actor.has.add(entry)
    this.written.push(entry)
    return entry
  }

  async #seen(by: string, { seen }: Saying): Promise<Readonly<Record<string, number>>> {
    const { has, peerId } = this.actor(by)
    return seen ?? (await this.judge(has)).seenBy(peerId)
  }

  #removal(by: string, subject: string, { cutoff }: Saying) {
    const of = [...this.actor(by).has].filter(({ peerId }) => peerId === this.id(subject))
    return { subject: this.id(subject), cutoff: cutoff ?? Math.max(0, ...of.map(seqOf)) }
  }
}
