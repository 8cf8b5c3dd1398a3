import type { EventObject, SnapshotFrom } from 'xstate'
import { MAX_ATTEMPTS } from '../../machines/kit/timings.ts'
import { syncPeerLaws, syncPeerMachine, syncPeerView } from '../../machines/sync-peer/index.ts'
import type { Hello } from '../../src/wire/messages.ts'
import { specOf } from '../support/machine-spec.ts'
import { AUTH, HELLO_KEYS, OPENED } from '../support/hello-keys.ts'

type PeerSnapshot = SnapshotFrom<typeof syncPeerMachine>

const hello: Hello = { kind: 'hello', protocol: 1, peerId: 'm', epoch: 5, digest: '00', cookie: '', ...HELLO_KEYS }
/** Names as the two dialers make them: ours to `m`, and that of `m` to `z`. */
const ours = 'a.m.1.0.1'
const theirs = 'm.z.5.0.1'

const SECOND = {
  type: 'peer.signaled',
  signal: { kind: 'offer', connId: 'm.z.5.0.2', epoch: 5, session: 'AQ' },
} as const

const isHealthy = (snapshot: PeerSnapshot) =>
  snapshot.matches({ link: { engaged: { open: { connected: { alive: 'healthy' } } } } })
const isCalm = (snapshot: PeerSnapshot) =>
  snapshot.matches({ outbound: { sharing: 'current' }, inbound: { listening: 'ready' } }) &&
  snapshot.context.receiving.length === 0

const OUTBOUND = /^(replicator\.(news|packed|current)|link\.(sent|writable)|xstate\.after\.relayHold)/
const INBOUND =
  /^(replicator\.(storageFailed|stored)|link\.(message|messageOpened|chunk)|xstate\.(after\.storageRetry|done\.))/
/** What makes a difference while the device has just had its way; the rest is looked at in calm, and in the walks. */
const WHILE_SPENT = /^(peer\.(signaled|absent|present)|link\.(failed|opened)|xstate\.after\.)/
const END = /^(link\.(failed|closed|said)|peer\.(signaled|close))/

/**
 * While connected, one region at a time leaves its calm: the product of all three is large and of one kind. Their
 * interleavings are walked at random in `sync-peer.walk.test.ts`. The end of the link can come at any time.
 */
const isOneAtATime = (snapshot: PeerSnapshot, { type }: EventObject): boolean => {
  if (!snapshot.matches({ link: { engaged: { open: 'connected' } } }) || END.test(type)) return true
  if (!isHealthy(snapshot) || snapshot.matches({ roster: 'unlisted' }))
    return isCalm(snapshot) && !OUTBOUND.test(type) && !INBOUND.test(type)
  if (OUTBOUND.test(type)) return !snapshot.matches({ inbound: { listening: 'storageBlocked' } })
  if (INBOUND.test(type)) return snapshot.matches({ outbound: { sharing: 'current' } })
  return isCalm(snapshot)
}

const JUDGING = /^(link|replicator)\.refused/

/** Of offenses that were committed already, only the next one makes a difference; that they outlive links is walked. */
const isAboutOffenses = (snapshot: PeerSnapshot, { type }: EventObject): boolean =>
  snapshot.context.strikes === 0 || snapshot.matches({ link: 'banned' }) || JUDGING.test(type)

/** A ban out of the blue is the same from everywhere, and a second offer of one life is elsewhere as one of another life. */
const isSeldom = (snapshot: PeerSnapshot, event: EventObject): boolean => {
  const isIn = (...states: ('absent' | 'banned' | 'ended' | 'refused')[]) =>
    states.some((link) => snapshot.matches({ link }))
  if (event.type === 'peer.ban') return !isIn('absent', 'banned', 'ended')
  return event === SECOND && !isIn('refused')
}

const isHeedMinded = (snapshot: PeerSnapshot, { type }: EventObject): boolean =>
  snapshot.matches({ heed: 'ready' }) || WHILE_SPENT.test(type)

/** Between the second and the last attempt only time passes. */
const isWorthTrying = ({ context: { attempt } }: PeerSnapshot, { type }: EventObject): boolean =>
  attempt < 2 || attempt >= MAX_ATTEMPTS.link - 1 || type.startsWith('xstate.after.')

/** Explored as the dialer (`a` to `m`) and as the answerer (`z` from `m`). */
export const spec = specOf<typeof syncPeerMachine>({
  machine: syncPeerMachine,
  inputs: [
    { selfId: 'a', peerId: 'm', epoch: 1, generation: 0, seed: 7 },
    { selfId: 'z', peerId: 'm', epoch: 1, generation: 0, seed: 7 },
  ],
  samples: {
    'peer.signaled': [
      { type: 'peer.signaled', signal: { kind: 'offer', connId: theirs, epoch: 5, session: 'AQ' } },
      { type: 'peer.signaled', signal: { kind: 'offer', connId: 'm.z.6.0.1', epoch: 6, session: 'AQ' } },
      SECOND,
      { type: 'peer.signaled', signal: { kind: 'answer', connId: ours, epoch: 5, session: 'AQ' } },
      { type: 'peer.signaled', signal: { kind: 'nudge', epoch: 5 } },
      { type: 'peer.signaled', signal: { kind: 'nudge', epoch: 6 } },
    ],
    'link.signal': [{ type: 'link.signal', signal: { kind: 'offer', connId: ours, epoch: 1, session: 'AQ' } }],
    'link.opened': [OPENED],
    'link.failed': [
      { type: 'link.failed', fault: 'link-failed' },
      { type: 'link.failed', fault: 'webrtc-missing' },
    ],
    'link.said': [
      { type: 'link.said', message: hello },
      { type: 'link.said', message: { ...hello, protocol: 2 } },
      { type: 'link.said', message: { ...hello, peerId: 'mallory' } },
      { type: 'link.said', message: { ...hello, epoch: 4 } },
      { type: 'link.said', message: AUTH },
      { type: 'link.said', message: { kind: 'ping', id: 3 } },
      { type: 'link.said', message: { kind: 'bye', reason: 'stopped' } },
      { type: 'link.said', message: { kind: 'bye', reason: 'redial' } },
      { type: 'link.said', message: { kind: 'bye', reason: 'refused' } },
    ],
    'link.messageOpened': [{ type: 'link.messageOpened', msgId: 9, ticket: 't-9', kind: 'entries', total: 4 }],
    'link.chunk': [{ type: 'link.chunk', msgId: 9 }],
    'link.message': [{ type: 'link.message', ticket: 't-8', kind: 'vector' }],
    'link.sent': [{ type: 'link.sent', ticket: 't-1' }],
    'link.refused': [
      { type: 'link.refused', fault: 'wire-malformed', count: 1, over: 'link' },
      { type: 'link.refused', fault: 'wire-malformed', count: 1 },
      { type: 'link.refused', fault: 'depot-full', count: 1 },
      { type: 'link.refused', fault: 'wire-version', count: 1, over: 'link' },
    ],
    'ban.set': [{ type: 'ban.set', until: 1_700_000_600_000 }],
    'link.rtt': [{ type: 'link.rtt', ms: 12 }],
    'replicator.hello': [{ type: 'replicator.hello', hello: { ...hello, peerId: 'a', epoch: 1 } }],
    'replicator.news': [
      { type: 'replicator.news', urgency: 'own' },
      { type: 'replicator.news', urgency: 'relayed' },
    ],
    'replicator.packed': [{ type: 'replicator.packed', ticket: 't-1', priority: 1 }],
    'prover.auth': [{ type: 'prover.auth', auth: AUTH }],
    'prover.refused': [{ type: 'prover.refused', fault: 'handshake-foreign' }],
    'replicator.announce': [{ type: 'replicator.announce', ticket: 't-2' }],
    'replicator.refused': [{ type: 'replicator.refused', fault: 'entry-malformed' }],
    'replicator.stored': [{ type: 'replicator.stored', kind: 'entries' }],
    'replicator.storageFailed': [{ type: 'replicator.storageFailed', fault: 'storage-full' }],
    'pulse.late': [{ type: 'pulse.late', lateMs: 60_000 }],
    'page.woke': [{ type: 'page.woke', gapMs: 60_000 }],
    'xstate.done.actor.*': [
      {
        type: 'xstate.done.actor.reassembly:9',
        actorId: 'reassembly:9',
        output: { outcome: 'complete', ticket: 't-9', kind: 'entries' },
      },
      {
        type: 'xstate.done.actor.reassembly:9',
        actorId: 'reassembly:9',
        output: { outcome: 'abandoned', ticket: 't-9', kind: 'entries', fault: 'message-stalled' },
      },
    ],
  },
  // A broken chart may have half as many edges again, and must be walked to the end to be told so.
  limit: 30_000,
  laws: syncPeerLaws,
  view: syncPeerView,
  focus: (snapshot, event) =>
    [isOneAtATime, isHeedMinded, isWorthTrying, isAboutOffenses].every((minds) => minds(snapshot, event)) &&
    !isSeldom(snapshot, event),
  rarely:
    /^(link\.(failed|closed|refused)|replicator\.refused|peer\.(close|absent|ban)|xstate\.after\.(connecting|greeting|iceRestart))/,
  identify: (snapshot) => {
    const { attempt, remoteEpoch, fault, refusals, receiving, strikes, bannedUntil } = snapshot.context
    if (snapshot.matches({ link: { engaged: { open: 'connected' } } }))
      return { proven: attempt === 0, receiving, strikes }
    if (snapshot.matches({ link: 'banned' })) return { bannedUntil, strikes }
    if (snapshot.matches({ link: { engaged: 'open' } })) return { proven: attempt === 0, refusals, remoteEpoch }
    const minds = snapshot.matches({ link: 'engaged' }) || snapshot.matches({ link: 'refused' })
    const isTurnedAway = snapshot.matches({ link: 'refused' }) && fault === 'link-closed'
    return { attempt, isTurnedAway, hopeless: fault === 'webrtc-missing', ...(minds && { remoteEpoch }) }
  },
})
