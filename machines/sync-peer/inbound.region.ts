import { countStorageFailure, forgetStorageFailures, peer, replicator, transport } from './sync-peer.setup.ts'
import type { SyncPeerContext, SyncPeerEvent } from './sync-peer.types.ts'

type Opening = Extract<SyncPeerEvent, { type: 'link.message' | 'link.messageOpened' }>

const childOf = (msgId: number): string => `reassembly:${msgId}`

const receive = peer.enqueueActions(({ enqueue, event }) => {
  if (event.type !== 'link.messageOpened') return
  const { msgId, ticket, kind, total } = event
  enqueue.spawnChild('reassembly', { id: childOf(msgId), input: { msgId, ticket, kind, total } })
  enqueue.assign({ receiving: ({ context }) => [...context.receiving, msgId] })
})

const countChunk = peer.enqueueActions(({ enqueue, event }) => {
  if (event.type === 'link.chunk') enqueue.sendTo(childOf(event.msgId), { type: 'chunk.received' })
})

/** Whole messages go to the replicator, given up ones are asked for again. */
const conclude = peer.enqueueActions(({ enqueue, event }) => {
  if (!('output' in event)) return
  const { actorId, output } = event
  enqueue.stopChild(actorId)
  enqueue.assign({ receiving: ({ context }) => context.receiving.filter((msgId) => childOf(msgId) !== actorId) })
  const { ticket, kind } = output
  enqueue(
    replicator(() =>
      output.outcome === 'complete'
        ? { type: 'replicator.take', ticket, kind }
        : { type: 'replicator.askAgain', abandoned: ticket },
    ),
  )
})

const dropAll = peer.enqueueActions(({ enqueue, context }) => {
  for (const msgId of context.receiving) enqueue.stopChild(childOf(msgId))
  enqueue.assign({ receiving: [] })
})

/** Nobody listens yet: the bytes must not rest in the depot for as long as the link lives. */
const drop = transport<SyncPeerContext, Opening, SyncPeerEvent>(({ event: { ticket } }) => ({
  type: 'transport.drop',
  ticket,
}))

/** What comes from the device. */
export const inbound = peer.createStateConfig({
  description: 'What comes from the device, and whether our storage takes it.',
  initial: 'closed',
  states: {
    closed: {
      description: 'There is no link to listen on.',
      initial: 'quiet',
      states: {
        quiet: {
          description: 'Nothing came before its time.',
          tags: 'resting',
          always: { guard: 'isConnected', target: '#listening' },
          // The channels are ordered each by itself: entries can overtake a hello that was lost and sent again.
          on: {
            'link.message': { target: 'overtaken', actions: drop },
            'link.messageOpened': { target: 'overtaken', actions: drop },
          },
        },
        overtaken: {
          description: 'Entries came before the hello and were not taken; once it is here they are asked for again.',
          tags: 'resting',
          on: { 'link.message': { actions: drop }, 'link.messageOpened': { actions: drop } },
          always: [
            {
              guard: 'isConnected',
              target: '#listening',
              actions: replicator(() => ({ type: 'replicator.askAgain' })),
            },
            { guard: 'isApart', target: 'quiet' },
          ],
        },
      },
    },
    listening: {
      id: 'listening',
      description: 'Whatever arrives is gathered and handed to the replicator.',
      initial: 'ready',
      always: { guard: 'isCut', target: 'closed' },
      exit: dropAll,
      on: {
        'link.message': {
          actions: replicator(({ event: { ticket, kind } }) => ({ type: 'replicator.take', ticket, kind })),
        },
        'replicator.stored': { guard: 'isOfEntries', actions: forgetStorageFailures },
        'link.messageOpened': { guard: 'isNewMessage', actions: receive },
        'link.chunk': { guard: 'isMessageUnderWay', actions: countChunk },
        'xstate.done.actor.*': { actions: conclude },
      },
      states: {
        ready: {
          description: 'Our storage takes what it is given.',
          tags: 'resting',
          on: {
            'replicator.storageFailed': { target: 'storageBlocked', actions: countStorageFailure },
            'link.refused': { guard: 'isOfFullDepot', target: 'storageBlocked', actions: countStorageFailure },
          },
        },
        storageBlocked: {
          description:
            'Our storage refused a message, or there was no room for it in memory; it was not acknowledged and is asked for again after a pause, longer from time to time.',
          // What arrives meanwhile is tried all the same: its bytes must leave the depot.
          after: {
            storageRetry: { target: 'ready', actions: replicator(() => ({ type: 'replicator.askAgain' })) },
          },
        },
      },
    },
  },
})
