import { assign } from 'xstate'
import { connected } from './connected.region.ts'
import { dials } from './sync-peer.guards.ts'
import {
  answerPing,
  checkProof,
  countAttempt,
  countRefusal,
  forgetAttempts,
  greet,
  handOver,
  hearClaim,
  introduce,
  learnEpoch,
  note,
  noteFingerprints,
  noteTold,
  peer,
  report,
  transport,
  whenStirred,
} from './sync-peer.setup.ts'

const greeting = peer.createStateConfig({
  description: 'The channels are open and the hellos cross; nothing else is said before.',
  tags: 'connecting',
  on: {
    'link.said': [
      { guard: 'isHelloOfOtherProtocol', target: 'dismissing', actions: note('wire-version') },
      { guard: 'isHelloOfAnotherDevice', target: 'dismissing', actions: note('peer-mismatch') },
      { guard: 'isHelloOfAnotherLife', target: '#faltering', actions: note('peer-mismatch') },
      { guard: 'isHello', target: 'proving', actions: hearClaim },
      { guard: 'isAuth', target: 'dismissing', actions: note('handshake-broken') },
    ],
    'peer.signaled': { guard: 'isStaleNudge' },
  },
  after: { greeting: { target: '#faltering', actions: note('greeting-timeout') } },
})

const proving = peer.createStateConfig({
  description:
    'Both devices have said who they are; each shows that it belongs to the room and is at the end of this wire.',
  tags: 'connecting',
  on: {
    'prover.auth': { actions: transport(({ event }) => ({ type: 'transport.say', message: event.auth })) },
    'prover.proven': { target: 'connected', actions: greet },
    'prover.refused': { target: 'dismissing', actions: noteTold },
    'link.said': [
      { guard: 'isAuth', actions: checkProof },
      { guard: 'isHello', target: 'dismissing', actions: note('handshake-broken') },
    ],
    'peer.signaled': { guard: 'isStaleNudge' },
  },
  after: { proving: { target: '#faltering', actions: note('handshake-timeout') } },
})

const open = peer.createStateConfig({
  description: 'The channels are open.',
  invoke: [
    {
      id: 'replicator',
      src: 'replicator',
      input: ({ context: { peerId, connId } }) => ({ peerId, connId }),
    },
    {
      id: 'prover',
      src: 'prover',
      input: ({ context }) => ({
        peerId: context.peerId,
        connId: context.connId,
        role: dials(context) ? 'dialer' : 'answerer',
        fingerprints: context.fingerprints ?? { ours: '', theirs: '' },
      }),
    },
  ],
  initial: 'greeting',
  on: {
    'replicator.hello': { actions: introduce },
    'link.said': [
      {
        guard: 'isPing',
        actions: answerPing,
      },
      { guard: 'isByeOfStopped', target: '#left', actions: note('link-closed') },
      { guard: 'isByeToRedial', target: '#choosing', actions: note('link-closed') },
      { guard: 'isByeOfRefused', target: '#refused', actions: note('link-closed') },
    ],
    'link.refused': [
      { guard: 'isOfOtherVersion', target: '.dismissing', actions: [countRefusal, noteTold] },
      {
        guard: 'isLastRefusal',
        target: '.dismissing',
        actions: [countRefusal, noteTold],
      },
      { actions: countRefusal },
    ],
    'replicator.refused': [
      {
        guard: 'isLastRefusal',
        target: '.dismissing',
        actions: [countRefusal, noteTold],
      },
      { actions: countRefusal },
    ],
    'peer.close': { target: '.parting', actions: note('engine-stopped') },
  },
  states: {
    greeting,
    proving,
    connected,
    dismissing: {
      id: 'dismissing',
      description: 'The other side is told that it is refused, while there still is a link to tell it on.',
      tags: 'refused',
      entry: transport(() => ({ type: 'transport.say', message: { kind: 'bye', reason: 'refused' } })),
      always: [{ guard: 'hasOffendedTooOften', target: '#banned' }, { target: '#refused' }],
    },
    parting: {
      description: 'The other side is told goodbye, while there still is a link to tell it on.',
      tags: 'absent',
      entry: transport(() => ({ type: 'transport.say', message: { kind: 'bye', reason: 'stopped' } })),
      always: '#ended',
    },
  },
})

const reaching = peer.createStateConfig({
  description: 'Offer, answer and candidates travel through signaling.',
  tags: 'connecting',
  initial: 'dialing',
  on: {
    'link.opened': { target: 'open', actions: noteFingerprints },
    // The other side waits for our offer and says so; it may be on its way already.
    'peer.signaled': { guard: 'isIdleNudge', actions: learnEpoch },
  },
  after: {
    connecting: [
      { guard: 'isUnanswered', target: '#faltering', actions: note('link-unanswered') },
      { target: '#faltering', actions: note('link-timeout') },
    ],
  },
  states: {
    dialing: {
      description: 'Our offer is out.',
      // What was sent before the device or we came (back) to the roster may be lost.
      on: {
        'peer.present': [
          { guard: 'isWelcome', target: '#welcomed' },
          { target: '#faltering', actions: note('peer-absent') },
        ],
      },
      initial: 'called',
      states: {
        called: {
          description: 'An answer may still be on its way.',
          after: { answering: 'overdue' },
        },
        overdue: {
          description: 'An answer should be here by now; a device that waits to be dialed never got our offer.',
          on: { 'peer.signaled': { guard: 'isNudgeWorthHeeding', target: '#hastened', actions: countAttempt } },
        },
      },
    },
    answering: {
      description: 'The offer of the other side is being answered.',
      entry: handOver,
    },
  },
})

/** One attempt at a link, from its first signal to its end: the transport lives exactly as long. */
export const engaged = peer.createStateConfig({
  id: 'engaged',
  description: 'One attempt at a link is under way or has succeeded.',
  invoke: {
    id: 'transport',
    src: 'transport',
    input: ({ context }) => ({
      peerId: context.peerId,
      connId: context.connId,
      epoch: context.epoch,
      role: dials(context) ? 'dialer' : 'answerer',
    }),
  },
  initial: 'reaching',
  on: {
    // The last attempt may be one that the device asked for; what stirs meanwhile is not lost on us.
    ...whenStirred({ guard: 'isExhausted', actions: forgetAttempts }),
    'link.signal': {
      actions: report(({ context, event }) => ({ type: 'peer.signal', to: context.peerId, signal: event.signal })),
    },
    'link.failed': { target: '#faltering', actions: noteTold },
    'link.closed': { target: '#faltering', actions: note('link-closed') },
    'link.rtt': { actions: assign({ rttMs: ({ event }) => event.ms }) },
    'peer.signaled': [
      {
        guard: 'isOfThisAttempt',
        actions: [learnEpoch, transport(({ event }) => ({ type: 'transport.signal', signal: event.signal }))],
      },
      // The other side has left this attempt or link before we noticed, or even started anew.
      { guard: 'isFreshOffer', target: '#displaced', actions: note('link-failed') },
      { guard: 'isNudge', target: '#displaced', actions: note('link-failed') },
    ],
  },
  states: { reaching, open },
})
