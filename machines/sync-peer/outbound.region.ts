import { assign } from 'xstate'
import { peer, replicator, report, transport } from './sync-peer.setup.ts'

const packing = peer.createStateConfig({
  description: 'The replicator packs the next batch of what the device lacks.',
  entry: replicator(() => ({ type: 'replicator.pack' })),
  initial: 'fresh',
  on: {
    'replicator.packed': {
      target: 'sending',
      actions: [
        assign({ batch: ({ event }) => event.ticket }),
        transport(({ event: { ticket, priority } }) => ({
          type: 'transport.send',
          ticket,
          kind: 'entries',
          channel: 'bulk',
          priority,
        })),
      ],
    },
  },
  states: {
    fresh: {
      description: 'Nothing new came since the batch was asked for.',
      tags: 'resting',
      on: { 'replicator.news': 'stale', 'replicator.current': '#current' },
    },
    stale: {
      description: 'Something new came meanwhile, so an answer that nothing is lacking no longer counts.',
      tags: 'resting',
      on: { 'replicator.current': '#packing' },
    },
  },
})

/** What goes to the device. Batches only: hellos, beats and vectors are small and go by the link itself. */
export const outbound = peer.createStateConfig({
  description: 'What goes to the device, one batch after another.',
  initial: 'closed',
  states: {
    closed: {
      description: 'There is no link to send on.',
      tags: 'resting',
      always: {
        guard: 'isConnected',
        target: 'sharing',
        actions: report(({ context: { peerId } }) => ({ type: 'peer.linked', peerId })),
      },
    },
    sharing: {
      description: 'Whatever the device lacks is on its way or will be.',
      initial: 'current',
      always: {
        guard: 'isCut',
        target: 'closed',
        actions: report(({ context: { peerId, fault } }) => ({
          type: 'peer.unlinked',
          peerId,
          fault: fault ?? 'link-closed',
        })),
      },
      exit: peer.assign({ batch: '' }),
      states: {
        current: {
          id: 'current',
          description: 'The device was sent everything it lacks.',
          tags: 'resting',
          on: {
            'replicator.news': [
              { guard: ({ event }) => event.urgency === 'own', target: 'packing' },
              { target: 'holding' },
            ],
          },
        },
        holding: {
          description: 'Others’ entries are held a moment, for their author usually sends them itself.',
          on: { 'replicator.news': { guard: ({ event }) => event.urgency === 'own', target: 'packing' } },
          after: { relayHold: 'packing' },
        },
        packing: { id: 'packing', ...packing },
        sending: {
          description: 'A batch is on its way; the next is packed when there is room for it.',
          tags: 'resting',
          on: { 'link.writable': 'packing', 'link.sent': { guard: 'isBatchSent', target: 'packing' } },
        },
      },
    },
  },
})
