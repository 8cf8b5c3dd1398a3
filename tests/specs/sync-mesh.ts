import type { Signal } from '#wire/signal'
import { syncMeshLaws, syncMeshMachine, syncMeshView } from '../../machines/sync-mesh/index.ts'
import { specOf } from '../support/machine-spec.ts'

const url = 'wss://signal.example.org'
const nudge: Signal = { kind: 'nudge', epoch: 5 }
const self = { selfId: 'm', epoch: 1, generation: 0, room: 'room', seed: 7, maxDirectPeers: 1 }

/** What makes a difference while an actor is being mended; the rest is looked at in calm. */
const WHILE_MENDING =
  /^(xstate\.after\.mending|signaling\.(online|received|down)|peer\.(linked|unlinked|pardoned)|mesh\.(forget|close))/

/** Nothing of it concerns who is banned and who is not. */
const BESIDE_BANS = /^(page\.|network\.|mesh\.setSignaling)/

/** Explored with a server and without; one device was met before. One link is the limit. */
export const spec = specOf<typeof syncMeshMachine>({
  machine: syncMeshMachine,
  inputs: [
    { ...self, signalingUrl: url, knownPeers: ['a'] },
    { ...self, signalingUrl: null, knownPeers: ['a'] },
  ],
  systemId: 'mesh',
  samples: {
    'mesh.setSignaling': [url, null].map((each) => ({ type: 'mesh.setSignaling', url: each })),
    'mesh.retry': [{ type: 'mesh.retry' }, { type: 'mesh.retry', peerId: 'a' }],
    'mesh.forget': [{ type: 'mesh.forget', peerId: 'a' }],
    'signaling.online': [
      { type: 'signaling.online', peers: [] },
      { type: 'signaling.online', peers: ['b', 'm', 'a'] },
    ],
    'signaling.peerJoined': [{ type: 'signaling.peerJoined', peerId: 'a' }],
    'signaling.peerLeft': [{ type: 'signaling.peerLeft', peerId: 'a', why: 'left' }],
    'signaling.peerGone': [{ type: 'signaling.peerGone', peerId: 'b' }],
    'signaling.received': [
      { type: 'signaling.received', from: 'a', signal: nudge },
      { type: 'signaling.received', from: 'm', signal: nudge },
    ],
    'signaling.undelivered': [],
    'signaling.down': [{ type: 'signaling.down', fault: 'signaling-unreachable' }],
    'signaling.gaveUp': [{ type: 'signaling.gaveUp', fault: 'signaling-exhausted' }],
    'signaling.refused': [{ type: 'signaling.refused', fault: 'signaling-refused' }],
    'peer.signal': [{ type: 'peer.signal', to: 'a', signal: nudge }],
    'peer.linked': [{ type: 'peer.linked', peerId: 'a' }],
    'peer.unlinked': [{ type: 'peer.unlinked', peerId: 'a', fault: 'link-failed' }],
    'peer.gaveUp': [],
    'peer.refused': [],
    'peer.banned': [{ type: 'peer.banned', peerId: 'a', fault: 'wire-malformed' }],
    'peer.pardoned': [{ type: 'peer.pardoned', peerId: 'a' }],
    'page.woke': [{ type: 'page.woke', gapMs: 9_000 }],
    'xstate.error.actor.*': [{ type: 'xstate.error.actor.peer:a', actorId: 'peer:a', error: 'a bug' }],
    'xstate.error.actor.signaling': [{ type: 'xstate.error.actor.signaling', actorId: 'signaling', error: 'a bug' }],
  },
  laws: syncMeshLaws,
  view: syncMeshView,
  focus: ({ context: { crashed, banned } }, { type }) =>
    (crashed.length === 0 || WHILE_MENDING.test(type)) && (banned.length === 0 || !BESIDE_BANS.test(type)),
  rarely: /^mesh\.close/,
  identify: ({ context: { signalingUrl, met, listed, linked, banned, crashed, admitted } }) => ({
    signalingUrl,
    met: [...met].sort(),
    listed: [...listed].sort(),
    linked,
    crashed: [...crashed].sort(),
    banned,
    admitted: [...admitted].sort(),
  }),
  limit: 20_000,
})
