import { PRIORITY } from '#model/protocol'
import { TIMINGS } from '../kit/timings.ts'
import {
  countStrike,
  forgetAttempts,
  forgetFault,
  note,
  noteTold,
  peer,
  ping,
  spareAttempt,
  transport,
} from './sync-peer.setup.ts'

const alive = peer.createStateConfig({
  description: 'The link has a path, and the heartbeat watches it.',
  initial: 'healthy',
  // On this whole state: the beats go to and fro below, and the link ages all the while.
  after: { proven: { actions: forgetAttempts } },
  on: {
    'link.disconnected': 'disconnected',
    'network.changed': 'awaitingSignaling',
    // If the other side really lost the link, we are about to notice too; a repeated nudge must not cost a good one.
    'peer.signaled': { guard: 'isStaleNudge' },
    'pulse.late': { target: '.healthy', actions: ping },
    'page.resumed': { target: '.healthy', actions: ping },
    'page.woke': { target: '.healthy', actions: ping },
  },
  states: {
    healthy: {
      description: 'The device was heard since the last beat.',
      tags: 'connected',
      on: {
        'pulse.beat': { target: 'probing', actions: ping },
        'peer.signaled': { guard: 'isStaleNudge', target: 'probing', actions: ping },
      },
    },
    probing: {
      description: 'A ping is on its way and nothing was heard since, which is usual for a moment.',
      tags: 'connected',
      on: { 'link.heard': 'healthy', 'pulse.beat': { target: 'suspect', actions: ping } },
    },
    suspect: {
      description: 'Two beats went by without a word; a third, and the link counts as dead.',
      tags: 'recovering',
      on: {
        'link.heard': 'healthy',
        'pulse.beat': [
          { guard: 'isListed', target: '#broken', actions: note('link-silent') },
          { target: '#silent', actions: [note('link-silent'), ping] },
        ],
      },
    },
  },
})

/** From now on it is known who offends. */
const judging = [
  { guard: 'isLastOffense', target: '#dismissing', actions: [countStrike, noteTold] },
  { guard: 'isOffense', actions: countStrike },
] as const

/** From the proven hello to the loss of the link. */
export const connected = peer.createStateConfig({
  description: 'Both devices have proven who they are; entries may flow.',
  entry: [forgetFault, spareAttempt],
  invoke: { id: 'pulse', src: 'pulse', input: { everyMs: TIMINGS.beat } },
  initial: 'alive',
  on: {
    'pulse.beat': { actions: ping },
    // Said once, before: whoever says it again wants to be taken for somebody else.
    'link.said': { guard: 'isOfTheHandshake', target: '#dismissing', actions: [countStrike, note('handshake-broken')] },
    'link.refused': [...judging, { guard: 'isOfFullDepot' }],
    'replicator.refused': [...judging],
    // It was removed from the room in the middle of a link.
    'prover.refused': { target: '#dismissing', actions: noteTold },
    'link.failed': { target: '#broken', actions: noteTold },
    'link.closed': { target: '#broken', actions: note('link-closed') },
    'replicator.announce': {
      actions: transport(({ event: { ticket } }) => ({
        type: 'transport.send',
        ticket,
        kind: 'vector',
        channel: 'ctl',
        priority: PRIORITY.control,
      })),
    },
  },
  states: {
    alive,
    disconnected: {
      description: 'The path was lost; it often comes back by itself within moments.',
      tags: 'recovering',
      on: { 'link.restored': 'alive', 'link.heard': 'alive', 'network.changed': 'awaitingSignaling' },
      after: {
        disconnectedGrace: [
          { guard: 'isListed', target: 'restartingIce' },
          { target: 'silent', actions: [note('link-silent'), ping] },
        ],
      },
    },
    silent: {
      id: 'silent',
      description:
        'The device fell silent where signaling cannot reach it; the link is kept, since no other can be made.',
      tags: 'recovering',
      on: {
        'link.heard': { target: 'alive', actions: forgetFault },
        'link.restored': { target: 'alive', actions: [forgetFault, ping] },
        'link.failed': '#broken',
        'peer.present': '#broken',
      },
      after: { silentHold: '#broken' },
    },
    awaitingSignaling: {
      description: 'The path is in doubt, and another can only be sought when signaling reaches the device again.',
      tags: 'recovering',
      // Signaling dials anew on another network: an offer made before would be lost, and block every later one.
      entry: ping,
      // A word heard is proof enough: a changed network need not have broken the old path.
      on: { 'link.restored': 'alive', 'link.heard': 'alive', 'peer.present': 'restartingIce' },
      after: { iceRestart: { target: '#broken', actions: note('link-failed') } },
    },
    restartingIce: {
      description: 'Another path is sought for the same connection, once.',
      tags: 'recovering',
      entry: [transport(() => ({ type: 'transport.restartIce' })), ping],
      on: { 'link.restored': 'alive', 'link.heard': 'alive' },
      after: { iceRestart: { target: '#broken', actions: note('link-failed') } },
    },
  },
})
