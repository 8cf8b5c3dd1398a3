import { type CallbackActorLogic, fromCallback } from 'xstate'
import type { ProverCommand, ProverFact, ProverInput } from '#machines/ports'
import { fromBase64url } from '#model/base64url'
import type { FaultCode } from '#model/fault'
import type { CryptoSuite } from '#trust/crypto.types'
import { authenticate, checkAuthenticator, type Handshake, type HelloClaim } from '#trust/handshake'
import type { Auth, Hello } from '#wire/messages'
import { doubtOfHello, doubtOfMember } from './admission.ts'
import type { CommonLock } from './lock-ring.ts'
import type { Session } from './session.ts'

/** What the prover works on; the session is there for as long as a link can be. */
export interface ProverServices {
  readonly suite: Pick<CryptoSuite, 'verify'>
  readonly session: () => Session | undefined
  /** Wall clock, ms since 1970. */
  readonly now: () => number
  /** A device that does not belong to the room asks to. */
  readonly asked: (fault: FaultCode, peerId: string) => void
}

/** One handshake of one link: it signs once, and checks once. */
class Prover {
  readonly #input: ProverInput
  readonly #session: Session
  readonly #services: ProverServices
  readonly #tell: (fact: ProverFact) => void
  #ours: Hello | undefined
  #theirs: Hello | undefined
  #isAsked = false
  #isMember = false

  constructor(input: ProverInput, session: Session, services: ProverServices, tell: (fact: ProverFact) => void) {
    this.#input = input
    this.#session = session
    this.#services = services
    this.#tell = tell
  }

  introduced(hello: Hello): Promise<void> {
    this.#ours = hello
    return this.#sign()
  }

  greeted(hello: Hello): Promise<void> {
    this.#theirs = hello
    return this.#sign()
  }

  async check(auth: Auth): Promise<void> {
    const handshake = this.#handshake()
    // A second proof is no part of any handshake, and before both hellos there is nothing to prove.
    if (this.#isAsked || !handshake) return this.#refuse('handshake-broken')
    this.#isAsked = true
    const { suite } = this.#services
    const lock = this.#lockOf(handshake)
    if (!lock) return this.#refuse('lock-changed')
    const doubt = await checkAuthenticator(handshake, auth, { suite, key: lock.mac })
    const fault = doubt ?? (await this.#judge(handshake.theirs, lock))
    if (fault) this.#refuse(fault)
    else this.#tell({ type: 'prover.proven' })
  }

  /** It is who it says; whether it belongs here is another matter. */
  async #judge(theirs: HelloClaim, lock: CommonLock): Promise<FaultCode | undefined> {
    const { suite, now, asked } = this.#services
    const { membership } = this.#session.store
    // Where devices are admitted the list of them says who belongs here.
    const isAdmitted = membership.policy === 'certified' && membership.memberAt(theirs.peerId, now()) !== undefined
    if (!isAdmitted && !lock.opensFor(theirs.peerId)) return 'lock-changed'
    const doubt = await doubtOfHello(this.#session, theirs, { suite, now: now() })
    const key = fromBase64url(theirs.pub)
    const isAsking = doubt !== undefined && doubt !== 'member-removed'
    if (key) this.#session.met.note(theirs.peerId, { key, isAsking })
    this.#isMember = doubt === undefined
    if (isAsking) asked(doubt, theirs.peerId)
    return doubt
  }

  /** The room changed: a device that belonged to it may not any more. */
  rejudge(): void {
    const doubt = doubtOfMember(this.#session.store.membership, this.#input.peerId, this.#services.now())
    // One that showed a certificate may be unknown here still.
    if (this.#isMember && doubt === 'member-removed') this.#refuse(doubt)
  }

  readonly #refuse = (fault: FaultCode): void => this.#tell({ type: 'prover.refused', fault })

  /** Both hellos say which locks their senders have; one that came since is none of this handshake. */
  #lockOf({ ours, theirs }: Handshake): CommonLock | undefined {
    return this.#session.locks.commonWith(theirs.locks, ours.locks)
  }

  #handshake(): Handshake | undefined {
    const { role, fingerprints } = this.#input
    const [ours, theirs] = [this.#ours, this.#theirs]
    return ours && theirs && { room: this.#session.room.id, role, fingerprints, ours, theirs }
  }

  async #sign(): Promise<void> {
    const handshake = this.#handshake()
    if (!handshake) return
    const { device, room } = this.#session
    // Without a common one the proof opens nothing, and the other side is told all the same.
    const key = this.#lockOf(handshake)?.mac ?? room.mac
    const { mac, signature } = await authenticate(handshake, { mac: key, device })
    this.#tell({ type: 'prover.auth', auth: { kind: 'auth', mac, signature } })
  }
}

/** The `prover` port: keys stay here, the chart hears what came of them. */
export const createProverLogic = (services: ProverServices): CallbackActorLogic<ProverCommand, ProverInput> =>
  fromCallback<ProverCommand, ProverInput>(({ input, sendBack, receive }) => {
    const session = services.session()
    if (!session) return
    let isOver = false
    const tell = (fact: ProverFact): void => {
      if (!isOver) sendBack(fact)
    }
    const prover = new Prover(input, session, services, tell)
    const work = (command: ProverCommand): Promise<void> => {
      if (command.type === 'prover.introduced') return prover.introduced(command.hello)
      if (command.type === 'prover.greeted') return prover.greeted(command.hello)
      return prover.check(command.auth)
    }
    receive((command) => {
      // A platform that cannot compute what it could a moment ago: the link is of no use.
      work(command).catch(() => tell({ type: 'prover.refused', fault: 'internal' }))
    })
    const unsubscribe = session.store.subscribe(({ origin }) => {
      if (origin === 'judged') prover.rejudge()
    })
    return () => {
      isOver = true
      unsubscribe()
    }
  })
