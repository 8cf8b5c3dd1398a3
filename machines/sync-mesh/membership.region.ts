import { withId, withoutId } from './membership.ts'
import {
  beginMinute,
  deliver,
  loseCrashed,
  mesh,
  onStir,
  retryPeers,
  settled,
  tellPeers,
  unlist,
  unlistAll,
} from './sync-mesh.setup.ts'

/** Who the other devices are: an actor for each that was met before, is to be linked, or is linked. */
export const membership = mesh.createStateConfig({
  description: 'Who the other devices are, and an actor for each of them that matters.',
  entry: settled(() => ({})),
  initial: 'tending',
  on: {
    'signaling.online': {
      actions: [
        beginMinute,
        settled((_, event) => (event.type === 'signaling.online' ? { listed: event.peers, again: event.peers } : {})),
      ],
    },
    'signaling.peerJoined': {
      actions: settled(({ listed }, event) =>
        event.type === 'signaling.peerJoined' ? { listed: withId(listed, event.peerId), again: [event.peerId] } : {},
      ),
    },
    'signaling.peerLeft': { actions: unlist },
    'signaling.peerGone': { actions: unlist },
    'signaling.down': { actions: unlistAll },
    'signaling.refused': { actions: unlistAll },
    'xstate.error.actor.signaling': { actions: unlistAll },
    'signaling.received': [
      // What an actor that crashed was to hear is lost with it; the two sides find each other again by themselves.
      { guard: 'isOutOfReach' },
      {
        actions: [
          settled(({ listed }, event) =>
            event.type === 'signaling.received' ? { listed: withId(listed, event.from), asked: [event.from] } : {},
          ),
          deliver,
        ],
      },
    ],
    'peer.linked': {
      actions: settled(({ met, linked }, event) =>
        event.type === 'peer.linked'
          ? { met: [...withoutId(met, event.peerId), event.peerId], linked: withId(linked, event.peerId) }
          : {},
      ),
    },
    'peer.unlinked': {
      actions: settled(({ linked }, event) =>
        event.type === 'peer.unlinked' ? { linked: withoutId(linked, event.peerId) } : {},
      ),
    },
    'peer.banned': {
      actions: settled(({ banned }, event) =>
        event.type === 'peer.banned' ? { banned: withId(banned, event.peerId) } : {},
      ),
    },
    'peer.pardoned': {
      actions: settled(({ banned }, event) =>
        event.type === 'peer.pardoned' ? { banned: withoutId(banned, event.peerId) } : {},
      ),
    },
    'mesh.setSignaling': [{ guard: 'isSameUrl' }, { actions: unlistAll }],
    'mesh.retry': { actions: retryPeers },
    // Who is forgotten stays banned: that is a wish to be rid of it, not to hear it again.
    'mesh.forget': {
      actions: settled(({ met, listed, linked, crashed }, event) =>
        event.type === 'mesh.forget'
          ? {
              met: withoutId(met, event.peerId),
              listed: withoutId(listed, event.peerId),
              linked: withoutId(linked, event.peerId),
              crashed: withoutId(crashed, event.peerId),
            }
          : {},
      ),
    },
    ...onStir(tellPeers),
    'xstate.error.actor.*': { guard: 'isPeerCrash', target: '.mending', actions: loseCrashed },
  },
  states: {
    tending: {
      description: 'Every actor that should live does.',
      tags: 'resting',
      after: { proven: { actions: mesh.assign({ crashes: 0 }) } },
    },
    mending: {
      description: 'An actor crashed; it is made anew after a pause.',
      after: { mending: { target: 'tending', actions: settled(() => ({ crashed: [] })) } },
    },
  },
})
