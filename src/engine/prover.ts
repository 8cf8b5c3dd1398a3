import { type CallbackActorLogic, fromCallback } from 'xstate'
import type { ProverCommand, ProverFact, ProverInput } from '#machines/ports'
import type { FaultCode } from '#model/fault'
import type { CryptoSuite } from '#trust/crypto.types'
import { authenticate, checkAuthenticator, type Handshake } from '#trust/handshake'
import type { Auth, Hello } from '#wire/messages'
import type { Session } from './session.ts'

/** What the prover works on; the session is there for as long as a link can be. */
export interface ProverServices {
  readonly suite: Pick<CryptoSuite, 'verify'>
  readonly session: () => Session | undefined
}

/** One handshake of one link: it signs once, and checks once. */
class Prover {
  readonly #input: ProverInput
  readonly #session: Session
  readonly #suite: Pick<CryptoSuite, 'verify'>
  readonly #tell: (fact: ProverFact) => void
  #ours: Hello | undefined
  #theirs: Hello | undefined
  #isAsked = false

  constructor(input: ProverInput, session: Session, { suite }: ProverServices, tell: (fact: ProverFact) => void) {
    this.#input = input
    this.#session = session
    this.#suite = suite
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
    const doubt = await checkAuthenticator(handshake, auth, { suite: this.#suite, key: this.#session.room.mac })
    if (doubt) this.#refuse(doubt)
    else this.#tell({ type: 'prover.proven' })
  }

  readonly #refuse = (fault: FaultCode): void => this.#tell({ type: 'prover.refused', fault })

  #handshake(): Handshake | undefined {
    const { role, fingerprints } = this.#input
    const [ours, theirs] = [this.#ours, this.#theirs]
    return ours && theirs && { room: this.#session.room.id, role, fingerprints, ours, theirs }
  }

  async #sign(): Promise<void> {
    const handshake = this.#handshake()
    if (!handshake) return
    const { room, device } = this.#session
    const { mac, signature } = await authenticate(handshake, { mac: room.mac, device })
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
    return () => {
      isOver = true
    }
  })
