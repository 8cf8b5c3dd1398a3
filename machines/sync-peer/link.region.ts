import { TIMINGS } from '../kit/timings.ts'
import { engaged } from './engaged.region.ts'
import {
  adoptAttempt,
  countAttempt,
  forgetAttempts,
  learnEpoch,
  nameAttempt,
  note,
  noteAbsence,
  noteBan,
  pardon,
  peer,
  report,
  whenStirred,
} from './sync-peer.setup.ts'

/** Whether there is a link to the device, and what is done to get one. */
export const link = peer.createStateConfig({
  description: 'Whether there is a link to the device, and what is done to get one.',
  initial: 'absent',
  on: {
    'peer.signaled': [
      { guard: 'isFreshOfferHeeded', target: '.hastened' },
      { guard: 'isNudgeHeeded', target: '.hastened' },
    ],
    'peer.ban': { target: '.banned', actions: note('peer-banned') },
    'peer.close': { target: '.ended', actions: note('engine-stopped') },
  },
  states: {
    absent: {
      id: 'absent',
      description: 'There is no link, and no way to send the device a signal.',
      tags: ['absent', 'resting'],
      always: [
        { guard: 'isListedAndWelcome', target: 'welcomed' },
        { guard: 'isListed', target: 'waiting', actions: noteAbsence },
      ],
    },
    welcomed: {
      id: 'welcomed',
      description: 'The device shows itself in the roster, and gets an attempt at once.',
      tags: 'connecting',
      always: 'choosing',
    },
    choosing: {
      id: 'choosing',
      description: 'The next attempt begins: we dial, wait to be dialed, or can do neither.',
      tags: 'connecting',
      always: [
        { guard: 'isUnlisted', target: 'absent' },
        { guard: 'isDialer', target: 'engaged', actions: nameAttempt },
        { target: 'awaitingOffer' },
      ],
    },
    awaitingOffer: {
      description: 'The other side dials; it is told that we wait.',
      tags: 'connecting',
      entry: report(({ context: { peerId, epoch } }) => ({
        type: 'peer.signal',
        to: peerId,
        signal: { kind: 'nudge', epoch },
      })),
      on: {
        'peer.present': { guard: 'isWelcome', target: 'welcomed' },
        'peer.signaled': { guard: 'isFreshOffer', target: 'engaged.reaching.answering', actions: adoptAttempt },
      },
      always: { guard: 'isUnlisted', target: 'absent' },
      after: { awaitingOffer: { target: 'faltering', actions: note('link-unanswered') } },
    },
    engaged,
    hastened: {
      id: 'hastened',
      description: 'The device asks for a link out of turn, and gets an attempt at once.',
      tags: 'connecting',
      always: [
        { guard: 'isFreshOffer', target: 'engaged.reaching.answering', actions: adoptAttempt },
        { target: 'choosing' },
      ],
    },
    displaced: {
      id: 'displaced',
      description: 'The device asked for another attempt in the middle of one; the first time it gets it at once.',
      tags: 'recovering',
      always: [
        { guard: 'isFirstFreshOffer', target: 'engaged.reaching.answering', actions: [adoptAttempt, countAttempt] },
        { guard: 'isProven', target: 'choosing', actions: countAttempt },
        { guard: 'isFreshOfferWorthHeeding', target: 'hastened', actions: countAttempt },
        { target: 'faltering' },
      ],
    },
    broken: {
      id: 'broken',
      description: 'A link that was up has broken; the first time it is made anew at once.',
      tags: 'recovering',
      always: [{ guard: 'isProven', target: 'choosing', actions: countAttempt }, { target: 'faltering' }],
    },
    faltering: {
      id: 'faltering',
      description: 'An attempt came to nothing; it is counted.',
      tags: 'waiting',
      entry: countAttempt,
      always: [
        { guard: 'isHopeless', target: 'gaveUp' },
        { guard: 'isExhausted', target: 'gaveUp', actions: note('attempts-exhausted') },
        { guard: 'isUnlisted', target: 'absent' },
        { target: 'waiting' },
      ],
    },
    waiting: {
      description: 'A pause before the next attempt, longer from time to time.',
      tags: 'waiting',
      on: {
        ...whenStirred('choosing'),
        'page.visible': 'choosing',
        'peer.present': { guard: 'isWelcome', target: 'welcomed' },
      },
      always: { guard: 'isUnlisted', target: 'absent' },
      after: { backoff: 'choosing' },
    },
    gaveUp: {
      description:
        'The attempts are used up until somebody or something stirs; the device itself gets one for its signal.',
      tags: ['gaveUp', 'resting'],
      entry: report(({ context: { peerId, fault } }) => ({
        type: 'peer.gaveUp',
        peerId,
        fault: fault ?? 'attempts-exhausted',
      })),
      // Not at a signal of the device: two without a road to each other would wake each other for ever.
      on: {
        ...whenStirred({ target: 'choosing', actions: forgetAttempts }),
        'peer.present': [{ guard: 'isWelcome', target: 'welcomed' }, { target: 'waiting' }],
      },
    },
    left: {
      id: 'left',
      description: 'The device said goodbye; it is left alone until it shows itself.',
      tags: ['absent', 'resting'],
      on: { 'peer.present': 'welcomed', 'peer.retry': 'choosing' },
      always: { guard: 'isUnlisted', target: 'absent' },
    },
    refused: {
      id: 'refused',
      description: 'The device is refused until it starts anew or a person asks for it.',
      tags: ['refused', 'resting'],
      entry: report(({ context: { peerId, fault } }) => ({ type: 'peer.refused', peerId, fault: fault ?? 'internal' })),
      on: {
        'peer.retry': 'choosing',
        'peer.signaled': [
          { guard: 'isFreshOfferOfNewEpochHeeded', target: 'hastened' },
          { guard: 'isNudgeOfNewEpochHeeded', target: 'hastened', actions: learnEpoch },
          { guard: 'isFreshOfferOfRefuserHeeded', target: 'hastened' },
          { guard: 'isNudgeOfRefuserHeeded', target: 'hastened' },
          {},
        ],
      },
      exit: forgetAttempts,
    },
    banned: {
      id: 'banned',
      description:
        'The device offended too often: nothing is said to it nor heard from it until its time is over, or a person lets it off.',
      tags: 'refused',
      entry: report(({ context: { peerId, fault } }) => ({
        type: 'peer.banned',
        peerId,
        fault: fault ?? 'peer-banned',
      })),
      invoke: { id: 'ban', src: 'ban', input: ({ context: { peerId } }) => ({ peerId, forMs: TIMINGS.ban }) },
      on: {
        'ban.set': { actions: noteBan },
        'peer.retry': 'absent',
        'peer.signaled': {},
        'peer.ban': {},
      },
      // The mesh tells it that the device is present, if it is.
      after: { ban: 'absent' },
      exit: [pardon, report(({ context: { peerId } }) => ({ type: 'peer.pardoned', peerId }))],
    },
    ended: {
      id: 'ended',
      description: 'The engine is going, and this link with it.',
      tags: ['absent', 'resting'],
      on: { 'peer.signaled': {}, 'peer.close': {}, 'peer.ban': {} },
    },
  },
})
