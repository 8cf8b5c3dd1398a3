import { and, not, setup, stateIn } from 'xstate'
import type { FaultCode } from '#model/fault'
import { backoff } from '../kit/backoff.ts'
import { commander } from '../kit/command.ts'
import { reporter } from '../kit/report.ts'
import type { RestingTag } from '../kit/tags.ts'
import { MAX_ATTEMPTS, TIMINGS } from '../kit/timings.ts'
import type { ProverCommand, ReplicatorCommand, TransportCommand } from '../ports.ts'
import { reassemblyMachine } from '../reassembly/index.ts'
import { attemptName } from './sync-peer.attempts.ts'
import { countGuards, saidGuards, signalGuards } from './sync-peer.guards.ts'
import { syncPeerPorts } from './sync-peer.ports.ts'
import type { PeerTag, SyncPeerContext, SyncPeerEvent, SyncPeerInput, SyncPeerReport } from './sync-peer.types.ts'

const isHeeding = not(stateIn({ heed: 'spent' }))
const isWelcome = stateIn({ heed: 'ready' })

export const peer = setup({
  types: {
    context: {} as SyncPeerContext,
    events: {} as SyncPeerEvent,
    input: {} as SyncPeerInput,
    tags: {} as PeerTag | RestingTag,
  },
  actors: { ...syncPeerPorts, reassembly: reassemblyMachine },
  guards: {
    ...signalGuards,
    ...saidGuards,
    ...countGuards,
    isHastened: stateIn({ link: 'hastened' }),
    isHeeding,
    isWelcome,
    isWelcomed: stateIn({ link: 'welcomed' }),
    isListedAndWelcome: and(['isListed', isWelcome]),
    isNudgeHeeded: and(['isNudge', isHeeding]),
    isFreshOfferHeeded: and(['isFreshOffer', isHeeding]),
    isNudgeWorthHeeding: and(['isNudge', isHeeding, not('isLastAttempt')]),
    isNudgeOfNewEpochHeeded: and(['isNudgeOfNewEpoch', isHeeding]),
    isFreshOfferOfNewEpochHeeded: and(['isFreshOfferOfNewEpoch', isHeeding]),
    isFreshOfferWorthHeeding: and(['isFreshOffer', isHeeding, not('isLastAttempt')]),
    isFreshOfferOfRefuserHeeded: and(['isFreshOfferOfRefuser', isHeeding]),
    isNudgeOfRefuserHeeded: and(['isNudgeOfRefuser', isHeeding]),
    isFirstFreshOffer: and(['isFreshOffer', 'isProven']),
    isListed: stateIn({ roster: 'listed' }),
    isUnlisted: not(stateIn({ roster: 'listed' })),
    isConnected: stateIn({ link: { engaged: { open: 'connected' } } }),
    isApart: not(stateIn({ link: { engaged: 'open' } })),
    isCut: not(stateIn({ link: { engaged: { open: 'connected' } } })),
  },
  delays: {
    connecting: TIMINGS.connecting,
    answering: TIMINGS.answering,
    greeting: TIMINGS.greeting,
    proving: TIMINGS.proving,
    awaitingOffer: TIMINGS.awaitingOffer,
    disconnectedGrace: TIMINGS.disconnectedGrace,
    iceRestart: TIMINGS.iceRestart,
    silentHold: TIMINGS.silentHold,
    ban: TIMINGS.ban,
    proven: TIMINGS.proven,
    relayHold: TIMINGS.relayHold,
    storageRetry: ({ context: { storageFailures } }) =>
      Math.min(TIMINGS.storageRetryMax, TIMINGS.storageRetry * 2 ** Math.max(0, storageFailures - 1)),
    heed: TIMINGS.heed,
    backoff: ({ context: { seed, attempt } }) => backoff({ seed, attempt: Math.max(0, attempt - 1) }),
  },
})

/** The same for all that may have cleared the way: another network, a page that is back, a person. */
export const whenStirred = <const Then>(then: Then) => ({
  'peer.retry': then,
  'network.changed': then,
  'page.online': then,
  'page.resumed': then,
  'page.woke': then,
})

export const transport = commander<TransportCommand>('transport')
export const prover = commander<ProverCommand>('prover')
export const replicator = commander<ReplicatorCommand>('replicator')
export const report = reporter<SyncPeerReport>()

/** Names why there is no link. */
export const note = (fault: FaultCode) => peer.assign({ fault })

/** Whatever was the matter is over. */
export const forgetFault = peer.assign({ fault: null })

/** There was no link yet that could have broken: the device came, went and came. */
export const noteAbsence = peer.assign(({ context }) => ({ fault: context.fault ?? 'peer-absent' }))

/** Takes over the fault that was told. */
export const noteTold = peer.assign(({ event }) => ('fault' in event ? { fault: event.fault } : {}))

/** Names the attempt that is about to be dialed; of the other device nothing is known in it yet. */
export const nameAttempt = peer.assign(({ context: { selfId, peerId, epoch, generation, dials } }) => ({
  dials: dials + 1,
  connId: attemptName({ dialer: selfId, answerer: peerId, epoch, generation, count: dials + 1 }),
  remoteEpoch: 0,
  rttMs: null,
  refusals: 0,
}))

/** Takes the name of the attempt from the offer that was just received. */
export const adoptAttempt = peer.assign(({ event }) =>
  event.type === 'peer.signaled' && event.signal.kind === 'offer'
    ? { connId: event.signal.connId, remoteEpoch: event.signal.epoch, rttMs: null, refusals: 0 }
    : {},
)

/** Learns the other device's epoch from a signal that tells it. */
export const learnEpoch = peer.assign(({ event }) =>
  event.type === 'peer.signaled' && 'epoch' in event.signal ? { remoteEpoch: event.signal.epoch } : {},
)

/** Whoever gave up and answers a signal has none left to count. */
export const countAttempt = peer.assign({ attempt: ({ context }) => Math.min(context.attempt + 1, MAX_ATTEMPTS.link) })
export const forgetAttempts = peer.assign({ attempt: 0 })
/** There is a road: should the link break before it has proven itself, it is worth one more attempt at least. */
export const spareAttempt = peer.assign({ attempt: ({ context }) => Math.min(context.attempt, MAX_ATTEMPTS.link - 2) })
export const countStorageFailure = peer.assign({ storageFailures: ({ context }) => context.storageFailures + 1 })
export const forgetStorageFailures = peer.assign({ storageFailures: 0 })
export const countStrike = peer.assign({ strikes: ({ context }) => context.strikes + 1 })
export const noteBan = peer.assign(({ event }) => (event.type === 'ban.set' ? { bannedUntil: event.until } : {}))
/** Whoever served a ban, or was let off, begins anew. */
export const pardon = peer.assign({ strikes: 0, bannedUntil: null, attempt: 0 })
export const countRefusal = peer.assign({ refusals: ({ context }) => context.refusals + 1 })

/** Both channels are open, by these certificates. */
export const noteFingerprints = peer.assign(({ event }) =>
  event.type === 'link.opened' ? { fingerprints: event.fingerprints, claim: null } : {},
)

/** Our hello goes out; what we prove is that it is ours. */
export const introduce = peer.enqueueActions(({ enqueue, event }) => {
  if (event.type !== 'replicator.hello') return
  const { hello } = event
  enqueue(transport(() => ({ type: 'transport.say', message: hello })))
  enqueue(prover(() => ({ type: 'prover.introduced', hello })))
})

/** The other side's hello can be read; whether it is true remains to be proven. */
export const hearClaim = peer.enqueueActions(({ enqueue, event }) => {
  if (event.type !== 'link.said' || event.message.kind !== 'hello') return
  const hello = event.message
  enqueue.assign({ claim: hello })
  enqueue(prover(() => ({ type: 'prover.greeted', hello })))
})

/** The other side's proof is looked at. */
export const checkProof = peer.enqueueActions(({ enqueue, event }) => {
  if (event.type !== 'link.said' || event.message.kind !== 'auth') return
  const auth = event.message
  enqueue(prover(() => ({ type: 'prover.check', auth })))
})

/** The other side's hello is proven. */
export const greet = peer.enqueueActions(({ enqueue, context: { claim } }) => {
  if (claim === null) return
  enqueue(replicator(() => ({ type: 'replicator.greeted', hello: claim })))
  enqueue.assign({ claim: null })
})

export const answerPing = peer.enqueueActions(({ enqueue, event }) => {
  if (event.type !== 'link.said' || event.message.kind !== 'ping') return
  const { id } = event.message
  enqueue(transport(() => ({ type: 'transport.say', message: { kind: 'pong', id } })))
})

/** Hands the signal just received to the transport that was just made for it. */
export const handOver = peer.enqueueActions(({ enqueue, event }) => {
  if (event.type !== 'peer.signaled') return
  const { signal } = event
  enqueue(transport(() => ({ type: 'transport.signal', signal })))
})

/** Asks whether the other side is there; anything it sends is an answer. */
export const ping = peer.enqueueActions(({ enqueue }) => {
  enqueue.assign({ pings: ({ context }) => context.pings + 1 })
  enqueue(transport(({ context }) => ({ type: 'transport.say', message: { kind: 'ping', id: context.pings } })))
})
