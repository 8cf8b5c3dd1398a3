import { base64url, fromBase64url } from '#model/base64url'
import type { Entry, EntryInput } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { compareText } from '#model/write-order'
import { fingerprintOf } from '#trust/fingerprint'
import type { CertificateClaim } from '#trust/membership/certificate.types'
import { describeAdmission } from '#trust/membership/describe-admission'
import { issueCertificate, issueRemoval } from '#trust/membership/issue-control'
import { MEMBERSHIP_BOUNDS } from '#trust/membership/membership-bounds'
import type { Member, Policy } from '#trust/membership/membership.types'
import { doubtOfMember } from './admission.ts'
import type { Admitting, Members, MemberView } from './members.types.ts'
import type { Session } from './session.ts'

export interface MembersServices {
  readonly policy: Policy
  /** The open session, or undefined. */
  readonly session: () => Session | undefined
  /** Wall clock, ms since 1970. */
  readonly now: () => number
  /** Grows whenever something may have changed in the session. */
  readonly turn: () => number
  /** A device may be linked to now, or is to be tried again. */
  readonly admitted: (peerId: string) => void
}

const STANDINGS: readonly MemberView['standing'][] = ['waiting', 'member', 'expired', 'removed']

/** Certificates begin and end with time alone: how often the list is made anew where nothing else happens. */
const LOOK_MS = 10_000

const notAdmin = (): FieldmeshError => new FieldmeshError('member-not-admin')

class RoomMembers implements Members {
  readonly #services: MembersServices
  #list: readonly MemberView[] = []
  #written = '[]'
  #turn = ''

  constructor(services: MembersServices) {
    this.#services = services
  }

  get policy(): Policy {
    return this.#services.policy
  }

  get mayDecide(): boolean {
    const session = this.#services.session()
    if (!session || this.policy === 'secret-only') return false
    return session.store.membership.memberAt(session.opened.peerId, this.#services.now())?.role === 'admin'
  }

  list(): readonly MemberView[] {
    const session = this.#services.session()
    const now = this.#services.now()
    const turn = [session?.opened.epoch, session?.met.version, this.#services.turn(), Math.floor(now / LOOK_MS)].join()
    if (turn === this.#turn) return this.#list
    this.#turn = turn
    const next = session ? viewsOf(session, now) : []
    const text = JSON.stringify(next)
    if (text !== this.#written) {
      this.#list = next
      this.#written = text
    }
    return this.#list
  }

  describe(peerId: string, admitting: Admitting) {
    return describeAdmission(this.#claim(this.#open(), peerId, admitting))
  }

  async admit(peerId: string, admitting: Admitting): Promise<Entry> {
    const session = this.#deciding()
    if (this.policy !== 'certified')
      throw new FieldmeshError('options-invalid', 'This room admits by its secret alone.')
    if (session.store.membership.removed.has(peerId)) throw new FieldmeshError('member-removed')
    const claim = this.#claim(session, peerId, admitting)
    const entry = await write(session, await issueCertificate(claim, this.#issuer(session)))
    this.#services.admitted(peerId)
    return entry
  }

  async remove(peerId: string, why?: string): Promise<Entry> {
    const session = this.#deciding()
    if (!viewsOf(session, this.#services.now()).some((view) => view.peerId === peerId))
      throw new FieldmeshError('member-unknown')
    const cutoff = session.store.vector().get(peerId)
    const removal = { subject: peerId, cutoff, ...(why !== undefined && { why }) }
    return write(session, await issueRemoval(removal, this.#issuer(session)))
  }

  async rotateSecret(): Promise<void> {
    const session = this.#open()
    const mayRotate = this.policy === 'secret-only' || this.mayDecide
    if (!mayRotate) throw notAdmin()
    await session.locks.rotate()
  }

  #open(): Session {
    const session = this.#services.session()
    if (session) return session
    throw new FieldmeshError('not-running')
  }

  #deciding(): Session {
    const session = this.#open()
    if (this.mayDecide) return session
    throw notAdmin()
  }

  #issuer({ store, room, device, opened }: Session) {
    return { room: room.id, signer: device, seen: store.membership.seenBy(opened.peerId) }
  }

  #claim(session: Session, peerId: string, { role, name }: Admitting): CertificateClaim {
    const key = keyOf(session, peerId, this.#services.now())
    if (key === undefined) throw new FieldmeshError('member-unknown', 'Its key has not been seen here.')
    const from = this.#services.now()
    return { key, role, name, from, until: from + MEMBERSHIP_BOUNDS.certificateMs }
  }
}

const write = async ({ store }: Session, input: EntryInput): Promise<Entry> => {
  const [entry] = await store.write([input])
  if (!entry) throw new FieldmeshError('internal', 'A write gave no entry.')
  return entry
}

/** The public key of a device, base64url, as far as it is known here. */
const keyOf = ({ store, met, opened, device }: Session, peerId: string, now: number): string | undefined => {
  if (peerId === opened.peerId) return base64url(device.publicKey)
  const proven = met.of(peerId)?.key
  return proven ? base64url(proven) : store.membership.memberAt(peerId, now)?.key
}

/** Everybody there is something to say of: admitted, removed, met, or heard of by what they wrote. */
const everybody = ({ store, met, ledger, opened }: Session): string[] => {
  const strangers = [...met.all()].flatMap(([peerId, { isAsking }]) => (isAsking ? [peerId] : []))
  const members = [opened.peerId, ...store.membership.known, ...strangers]
  if (store.membership.policy === 'certified') return [...new Set(members)]
  return [...new Set([...members, ...ledger.peers().map(({ peerId }) => peerId)])]
}

const viewsOf = (session: Session, now: number): readonly MemberView[] => {
  const quarantined = new Map<string, number>()
  for (const { peerId } of session.store.quarantined()) quarantined.set(peerId, (quarantined.get(peerId) ?? 0) + 1)
  const views = everybody(session).map((peerId) => viewOf(session, peerId, now, quarantined.get(peerId) ?? 0))
  return views.toSorted(
    (a, b) =>
      STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
      compareText(a.name, b.name) ||
      compareText(a.peerId, b.peerId),
  )
}

const viewOf = (session: Session, peerId: string, now: number, quarantined: number): MemberView => {
  const { membership } = session.store
  const member = membership.memberAt(peerId, now)
  const key = fromBase64url(keyOf(session, peerId, now) ?? '')
  return {
    peerId,
    name: member?.name ?? '',
    standing: standingOf(session, peerId, now),
    isSelf: peerId === session.opened.peerId,
    quarantined,
    ...(key?.length === 32 && { fingerprint: fingerprintOf(key) }),
    ...(member && roleOf(member)),
  }
}

const roleOf = ({ role, from, until, by }: Member): Partial<MemberView> => ({
  role,
  ...(from !== undefined && { from }),
  ...(until !== undefined && { until }),
  ...(by !== undefined && { by }),
})

const standingOf = ({ store }: Session, peerId: string, now: number): MemberView['standing'] => {
  const doubt = doubtOfMember(store.membership, peerId, now)
  if (!doubt) return 'member'
  if (doubt === 'member-removed') return 'removed'
  return doubt === 'member-expired' ? 'expired' : 'waiting'
}

/** Who belongs to the room of an engine. */
export const createMembers = (services: MembersServices): Members => new RoomMembers(services)
