import { setup } from 'xstate'
import { backoff } from '../kit/backoff.ts'
import { commander } from '../kit/command.ts'
import { seedOf } from '../kit/seed.ts'
import type { RestingTag } from '../kit/tags.ts'
import { TIMINGS } from '../kit/timings.ts'
import type { SignalingCommand } from '../signaling/index.ts'
import type { SyncPeerCommand } from '../sync-peer/index.ts'
import { type MembershipChange, settle, withId, withoutId } from './membership.ts'
import { syncMeshPorts } from './sync-mesh.ports.ts'
import type { Membership, SyncMeshContext, SyncMeshEvent, SyncMeshInput } from './sync-mesh.types.ts'

/** Name of a peer's actor. */
export const childOf = (peerId: string): string => `peer:${peerId}`

const isPeerCrash = (event: SyncMeshEvent) => 'actorId' in event && event.actorId.startsWith('peer:')

export const mesh = setup({
  types: {
    context: {} as SyncMeshContext,
    events: {} as SyncMeshEvent,
    input: {} as SyncMeshInput,
    tags: {} as RestingTag,
  },
  actors: syncMeshPorts,
  guards: {
    hasNoUrl: ({ context }) => context.signalingUrl === null,
    hasLinks: ({ context }) => context.linked.length > 0,
    hasNoLinks: ({ context }) => context.linked.length === 0,
    isSameUrl: ({ context, event }) => event.type === 'mesh.setSignaling' && event.url === context.signalingUrl,
    isPeerCrash: ({ event }) => isPeerCrash(event),
    isForAll: ({ event }) => event.type === 'mesh.retry' && event.peerId === undefined,
    isOutOfReach: ({ context, event }) =>
      event.type === 'signaling.received' &&
      (context.crashed.includes(event.from) || context.banned.includes(event.from) || event.from === context.selfId),
  },
  delays: {
    proven: TIMINGS.proven,
    strangers: TIMINGS.strangers,
    mending: ({ context: { seed, crashes } }) => backoff({ seed, attempt: Math.max(0, crashes - 1) }),
  },
})

export const signaling = commander<SignalingCommand>('signaling')

/** The same for each fact of the page or the network that may have cleared a way. */
export const onStir = <Actions>(actions: Actions) => ({
  'page.online': { actions },
  'page.visible': { actions },
  'page.resumed': { actions },
  'page.woke': { actions },
  'network.changed': { actions },
})

interface Telling {
  /** Devices to be told that they are present, even if they were told before. */
  readonly again?: readonly string[]
}

/** What a peer is to be told of its place in the roster, if anything. */
const tidings = (
  peerId: string,
  before: Membership,
  now: Membership,
  again: readonly string[],
): SyncPeerCommand | undefined => {
  if (now.banned.includes(peerId) && !before.peers.includes(peerId)) return { type: 'peer.ban' }
  const knew = before.peers.includes(peerId) && before.admitted.includes(peerId)
  if (!now.admitted.includes(peerId)) return knew ? { type: 'peer.absent' } : undefined
  return !knew || again.includes(peerId) ? { type: 'peer.present' } : undefined
}

/** Actors that one mesh may make before their generations could meet those of the next: one a second for a century. */
const ACTORS_PER_MESH = 2 ** 32

/** Settles a change: makes and ends actors, and tells those concerned whether they are in reach. */
export const settled = (changeOf: (context: SyncMeshContext, event: SyncMeshEvent) => MembershipChange & Telling) =>
  mesh.enqueueActions(({ enqueue, context, event }) => {
    const { again = [], ...change } = changeOf(context, event)
    const { selfId, epoch, seed, peers: before } = context
    const next = settle(context, change)
    let generation = context.generation * ACTORS_PER_MESH + context.spawned

    for (const peerId of before) if (!next.peers.includes(peerId)) enqueue.stopChild(childOf(peerId))
    for (const peerId of next.peers) {
      const input = { selfId, peerId, epoch, generation, seed: seedOf(`${seed}:${peerId}`) }
      if (!before.includes(peerId)) {
        enqueue.spawnChild('peer', { id: childOf(peerId), input })
        generation += 1
      }
      const command = tidings(peerId, context, next, again)
      if (command) enqueue.sendTo(childOf(peerId), command)
    }
    enqueue.assign({ ...next, spawned: generation - context.generation * ACTORS_PER_MESH })
  })

/** Strangers are counted from the start again. */
export const beginMinute = mesh.assign({ spawnedBefore: ({ context }) => context.spawned })

/** The roster is out of reach. */
export const unlistAll = settled(() => ({ listed: [] }))

export const unlist = settled(({ listed }, event) =>
  'peerId' in event ? { listed: withoutId(listed, event.peerId ?? '') } : {},
)

/** A peer's actor is gone by a bug of ours: its remains are cleared away, and it is made anew after a pause. */
export const loseCrashed = mesh.enqueueActions(({ enqueue, context, event }) => {
  if (!('actorId' in event)) return
  const peerId = event.actorId.slice(childOf('').length)
  enqueue.stopChild(event.actorId)
  enqueue.assign({
    crashed: withId(context.crashed, peerId),
    peers: withoutId(context.peers, peerId),
    linked: withoutId(context.linked, peerId),
    crashes: context.crashes + 1,
  })
})

/** Passes the event on to every peer. */
export const tellPeers = mesh.enqueueActions(({ enqueue, context, event }) => {
  for (const peerId of context.peers) enqueue.sendTo(childOf(peerId), event)
})

/** Passes the event on to signaling. */
export const tellSignaling = mesh.enqueueActions(({ enqueue, event }) => enqueue.sendTo('signaling', event))

export const sayGoodbye = mesh.enqueueActions(({ enqueue, context }) => {
  for (const peerId of context.peers) enqueue.sendTo(childOf(peerId), { type: 'peer.close' })
})

export const retryPeers = mesh.enqueueActions(({ enqueue, context, event }) => {
  if (event.type !== 'mesh.retry') return
  const { peers, banned } = context
  const meant = peers.filter((id) => (event.peerId === undefined ? !banned.includes(id) : event.peerId === id))
  for (const peerId of meant) enqueue.sendTo(childOf(peerId), { type: 'peer.retry' })
})

/** Hands a signal to the peer that it is from, unless the roster was too full to take that one in. */
export const deliver = mesh.enqueueActions(({ enqueue, context, event }) => {
  if (event.type !== 'signaling.received' || !context.peers.includes(event.from)) return
  enqueue.sendTo(childOf(event.from), { type: 'peer.signaled', signal: event.signal })
})
