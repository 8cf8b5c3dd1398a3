import { createActor, sendTo, setup } from 'xstate'
import type { ProverCommand, ProverFact, ProverInput } from '#machines/ports'
import { base64url } from '#model/base64url'
import type { StoreChange } from '#store/replica-store.types'
import { createSimCrypto } from '#sim/crypto'
import { drained } from '#sim/drained'
import type { CryptoSuite, Signer } from '#trust/crypto.types'
import { peerIdOf } from '#trust/peer-id-of'
import type { Policy } from '#trust/membership/membership.types'
import { openRoomKeys, type RoomKeys } from '#trust/room-keys'
import { type Auth, type Hello, PROTOCOL } from '#wire/messages'
import { createAcquaintances } from './acquaintances.ts'
import { createProverLogic } from './prover.ts'
import type { Session } from './session.ts'

const fill = (byte: number, length = 32): Uint8Array => new Uint8Array(length).fill(byte)
export const certificate = (byte: number): string => base64url(fill(byte))
export const [CERTIFICATE_A, CERTIFICATE_B] = [certificate(1), certificate(2)]
const DIALER = { ours: CERTIFICATE_A, theirs: CERTIFICATE_B }
export const ANSWERER = { ours: CERTIFICATE_B, theirs: CERTIFICATE_A }

interface Device {
  readonly suite: CryptoSuite
  readonly room: RoomKeys
  readonly device: Signer
  readonly peerId: string
}

/** Two devices of one room. */
export const devices = async (): Promise<{ readonly a: Device; readonly b: Device }> => {
  const suite = createSimCrypto().suiteFor((length) => fill(5, length))
  const room = await openRoomKeys(suite, base64url(fill(200)))
  const make = async (seed: number): Promise<Device> => {
    const device = await suite.signerOf(fill(seed))
    return { suite, room, device, peerId: peerIdOf(device.publicKey) }
  }
  return { a: await make(11), b: await make(22) }
}

/** What a device says first on a link of that number. */
export const helloOf = ({ peerId, device }: Device, link = 1): Hello => ({
  kind: 'hello',
  protocol: PROTOCOL,
  peerId,
  epoch: 7,
  digest: '0'.repeat(16),
  cookie: '',
  nonce: base64url(Uint8Array.from([...device.publicKey.subarray(0, 15), link])),
  pub: base64url(device.publicKey),
})

/** What is known here of who belongs to the room. */
export interface Members {
  readonly policy: Policy
  readonly removed?: readonly string[]
  readonly members?: readonly string[]
}
const ANYBODY: Members = { policy: 'secret-only' }

/** The part of a session that a prover works on; `judge` tells that the room changed. */
export const sessionOf = ({ room, device }: Device, members = ANYBODY) => {
  const listeners = new Set<(change: Pick<StoreChange, 'origin'>) => void>()
  const judged = (now: Members) => ({
    policy: now.policy,
    removed: new Map(now.removed?.map((peerId) => [peerId, 0])),
    known: now.members ?? [],
    memberAt: (peerId: string) => (now.members?.includes(peerId) ? { role: 'member' } : undefined),
  })
  const store = {
    membership: judged(members),
    subscribe: (listener: (change: Pick<StoreChange, 'origin'>) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const met = createAcquaintances()
  const locks = { commonWith: () => ({ mac: room.mac, opensFor: () => true }) }
  const session = { room, device, store, met, locks, charter: { policy: members.policy } } as unknown as Session
  const judge = (now: Members) => {
    store.membership = judged(now)
    for (const listener of listeners) listener({ origin: 'judged' })
  }
  return { session, judge, met, listeners }
}

interface Link {
  readonly role?: ProverInput['role']
  /** The device that the chart takes to be at the other end. */
  readonly peerId?: string
  readonly fingerprints?: ProverInput['fingerprints']
  readonly suite?: Pick<CryptoSuite, 'verify'>
  readonly session?: Session | undefined
}

/** A chart reduced to its ears, with the real prover in its seat. */
export const proverOf = (own: Device, link: Link = {}) => {
  const {
    role = 'dialer',
    peerId = 'other',
    fingerprints = role === 'dialer' ? DIALER : ANSWERER,
    suite = own.suite,
  } = link
  const session = 'session' in link ? link.session : sessionOf(own).session
  const asked: string[] = []
  const facts: ProverFact[] = []
  const machine = setup({
    types: { events: {} as ProverFact | { type: 'command'; command: ProverCommand } },
    actors: {
      prover: createProverLogic({
        suite,
        session: () => session,
        now: () => 0,
        asked: (fault, peerId) => asked.push(`${peerId}: ${fault}`),
      }),
    },
  }).createMachine({
    invoke: { src: 'prover', id: 'prover', input: { peerId, connId: 'c', role, fingerprints } },
    on: {
      command: { actions: sendTo('prover', ({ event }) => event.command) },
      '*': { actions: ({ event }) => void (event.type !== 'command' && facts.push(event)) },
    },
  })
  const actor = createActor(machine).start()
  const send = async (...commands: readonly ProverCommand[]) => {
    for (const command of commands) actor.send({ type: 'command', command })
    await drained()
  }
  return { facts, asked, send, stop: () => actor.stop() }
}
type Proving = ReturnType<typeof proverOf>

/** Both hellos, and the proof that they lead to. */
export const greeted = async (own: Device, theirs: Hello, link: Link & { readonly number?: number } = {}) => {
  const prover = proverOf(own, link)
  await prover.send(
    { type: 'prover.introduced', hello: helloOf(own, link.number) },
    { type: 'prover.greeted', hello: theirs },
  )
  return { ...prover, auth: authOf(prover) }
}
const authOf = ({ facts }: Pick<Proving, 'facts'>): Auth => {
  const [first] = facts.flatMap((fact) => (fact.type === 'prover.auth' ? [fact.auth] : []))
  if (!first) throw new Error('it proved nothing')
  return first
}
export const verdictOf = async ({ facts, send }: Pick<Proving, 'facts' | 'send'>, auth: Auth) => {
  await send({ type: 'prover.check', auth })
  const last = facts.at(-1)
  return last?.type === 'prover.refused' ? last.fault : last?.type
}
