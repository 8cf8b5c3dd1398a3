import { type EventFrom, type SnapshotFrom, transition } from 'xstate'
import { LIMITS } from '#model/limits'
import type { Law } from '../kit/law.ts'
import { MAX_ATTEMPTS } from '../kit/timings.ts'
import { attemptName } from './sync-peer.attempts.ts'
import { dials } from './sync-peer.guards.ts'
import { syncPeerMachine } from './sync-peer.machine.ts'
import { PEER_STATES } from './sync-peer.view.ts'

type PeerSnapshot = SnapshotFrom<typeof syncPeerMachine>

const isConnected = (snapshot: PeerSnapshot) => snapshot.matches({ link: { engaged: { open: 'connected' } } })
const lives = (snapshot: PeerSnapshot, child: string) => snapshot.children[child] !== undefined
const rests = (snapshot: PeerSnapshot) =>
  (['absent', 'awaitingOffer', 'waiting', 'gaveUp', 'left', 'refused', 'banned', 'ended'] as const).some((link) =>
    snapshot.matches({ link }),
  )

const strayCandidate = { kind: 'candidate', connId: 'of another attempt', candidate: '' } as const
const strayAnswer = { kind: 'answer', connId: 'of another attempt', epoch: 1, session: '' } as const
const strayOffer = { kind: 'offer', connId: 'of another attempt', epoch: 1, session: '' } as const

/** Neither the state changes, nor the context, nor is anything done. */
const ignores = (snapshot: PeerSnapshot, signal: typeof strayAnswer | typeof strayCandidate | typeof strayOffer) => {
  const [next, actions] = transition(syncPeerMachine, snapshot, { type: 'peer.signaled', signal })
  return actions.length === 0 && next.context === snapshot.context
}

/** What the device asks for a link by: an offer where it dials, else a nudge. */
const callOf = ({ selfId, peerId }: PeerSnapshot['context']) => {
  const epoch = 7
  const name = { dialer: peerId, answerer: selfId, epoch, generation: 0, count: 1 }
  return dials({ selfId, peerId })
    ? ({ kind: 'nudge', epoch } as const)
    : ({ kind: 'offer', epoch, connId: attemptName(name), session: '' } as const)
}

/** All that makes us call a device, or answer one, where it is not banned. */
const temptations = (context: PeerSnapshot['context']): EventFrom<typeof syncPeerMachine>[] => [
  { type: 'peer.signaled', signal: callOf(context) },
  { type: 'peer.signaled', signal: strayOffer },
  { type: 'peer.present' },
  { type: 'peer.absent' },
  { type: 'page.online' },
  { type: 'page.visible' },
  { type: 'page.resumed' },
  { type: 'page.woke', gapMs: 1 },
  { type: 'network.changed' },
]

export const syncPeerLaws: readonly Law<PeerSnapshot>[] = [
  {
    id: 'PEER-1',
    says: 'a transport lives exactly while an attempt is under way, never while we wait, gave up or the device is absent',
    holds: (snapshot) =>
      lives(snapshot, 'transport') === snapshot.matches({ link: 'engaged' }) &&
      lives(snapshot, 'transport') !== rests(snapshot),
  },
  {
    id: 'PEER-2',
    says: 'we send only while the link is open',
    holds: (snapshot) => snapshot.matches({ outbound: 'sharing' }) === isConnected(snapshot),
  },
  {
    id: 'PEER-3',
    says: 'we listen only while the link is open',
    holds: (snapshot) => snapshot.matches({ inbound: 'listening' }) === isConnected(snapshot),
  },
  {
    id: 'PEER-4',
    says: 'messages are gathered only while we listen, and each by one child of its own',
    holds: (snapshot) => {
      const children = Object.keys(snapshot.children).filter((id) => id.startsWith('reassembly:'))
      const { receiving } = snapshot.context
      const known = receiving.every((msgId) => lives(snapshot, `reassembly:${msgId}`))
      return known && children.length === receiving.length && (isConnected(snapshot) || children.length === 0)
    },
  },
  {
    id: 'PEER-5',
    says: 'the replicator lives exactly while the channels are open',
    holds: (snapshot) => lives(snapshot, 'replicator') === snapshot.matches({ link: { engaged: 'open' } }),
  },
  {
    id: 'PEER-6',
    says: 'the heart beats exactly while the devices know each other',
    holds: (snapshot) => lives(snapshot, 'pulse') === isConnected(snapshot),
  },
  {
    id: 'PEER-7',
    says: 'a signal of another attempt changes nothing',
    tried: true,
    holds: (snapshot) => [strayOffer, strayAnswer, strayCandidate].every((signal) => ignores(snapshot, signal)),
  },
  {
    id: 'PEER-8',
    says: 'the lower id dials and the other one waits for it',
    holds: (snapshot) =>
      dials(snapshot.context)
        ? !snapshot.matches({ link: 'awaitingOffer' }) &&
          !snapshot.matches({ link: { engaged: { reaching: 'answering' } } })
        : !snapshot.matches({ link: { engaged: { reaching: 'dialing' } } }),
  },
  {
    id: 'PEER-9',
    says: 'a device out of reach is not waited for',
    holds: (snapshot) =>
      snapshot.matches({ roster: 'listed' }) ||
      !(snapshot.matches({ link: 'waiting' }) || snapshot.matches({ link: 'awaitingOffer' })),
  },
  {
    id: 'PEER-10',
    says: 'a device that is not tried any more has a fault to say why, and one whose link is well has none',
    holds: (snapshot) => {
      const { fault } = snapshot.context
      if (snapshot.hasTag('connected')) return fault === null
      const resigned = (['gaveUp', 'refused', 'banned'] as const).some((link) => snapshot.matches({ link }))
      return !(resigned || snapshot.matches({ link: 'waiting' })) || fault !== null
    },
  },
  {
    id: 'PEER-11',
    says: 'attempts and refusals are bounded',
    holds: (snapshot) =>
      snapshot.context.refusals <= LIMITS.refusalsPerLink &&
      snapshot.context.strikes <= LIMITS.strikesPerDevice &&
      snapshot.context.attempt <= MAX_ATTEMPTS.link &&
      (snapshot.context.attempt < MAX_ATTEMPTS.link || !snapshot.matches({ link: 'waiting' })),
  },
  {
    id: 'PEER-12',
    says: 'the link is in exactly one of the states that people know',
    holds: (snapshot) => PEER_STATES.filter((state) => snapshot.hasTag(state)).length === 1,
  },
  {
    id: 'PEER-14',
    says: 'whoever is at the other end is asked to prove it while the channels are open, and a claim is believed only then',
    holds: (snapshot) => {
      const isOpen = snapshot.matches({ link: { engaged: 'open' } })
      const isProving = snapshot.matches({ link: { engaged: { open: 'proving' } } })
      const { claim } = snapshot.context
      return (
        lives(snapshot, 'prover') === isOpen && (isProving ? claim !== null : !isConnected(snapshot) || claim === null)
      )
    },
  },
  {
    id: 'PEER-15',
    says: 'a banned device is spoken to by nobody before its time: whatever it does, from wherever it comes, and whatever becomes of the network',
    tried: true,
    holds: (snapshot) => {
      if (!snapshot.matches({ link: 'banned' })) return true
      return temptations(snapshot.context).every((event) => {
        const [next, actions] = transition(syncPeerMachine, snapshot, event)
        return actions.length === 0 && next.matches({ link: 'banned' }) && !lives(next, 'transport')
      })
    },
  },
  {
    id: 'PEER-16',
    says: 'no device goes free that offended as often as anybody may, and the clock of a ban runs exactly while there is one',
    holds: (snapshot) => {
      const { strikes, bannedUntil } = snapshot.context
      const isBanned = snapshot.matches({ link: 'banned' })
      return (
        lives(snapshot, 'ban') === isBanned && (isBanned || (strikes < LIMITS.strikesPerDevice && bannedUntil === null))
      )
    },
  },
  {
    id: 'PEER-13',
    says: 'a device that was given up gets one attempt for a signal, and no further ones after it',
    tried: true,
    holds: (snapshot) => {
      if (!snapshot.matches({ link: 'gaveUp' })) return true
      const signal = callOf(snapshot.context)
      const [next] = transition(syncPeerMachine, snapshot, { type: 'peer.signaled', signal })
      return next.context.attempt >= snapshot.context.attempt
    },
  },
]
