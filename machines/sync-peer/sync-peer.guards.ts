import { LIMITS } from '#model/limits'
import { PROTOCOL } from '#model/protocol'
import { MAX_ATTEMPTS } from '../kit/timings.ts'
import { isLaterAttempt } from './sync-peer.attempts.ts'
import type { SyncPeerContext, SyncPeerEvent } from './sync-peer.types.ts'

interface Args {
  readonly context: SyncPeerContext
  readonly event: SyncPeerEvent
}

/** The lower id dials: known to both without a word. Compared by UTF-16 code units. */
export const dials = ({ selfId, peerId }: Pick<SyncPeerContext, 'selfId' | 'peerId'>): boolean => selfId < peerId

const signalOf = (event: SyncPeerEvent) => (event.type === 'peer.signaled' ? event.signal : undefined)
const saidBy = (event: SyncPeerEvent) => (event.type === 'link.said' ? event.message : undefined)
const helloOf = (event: SyncPeerEvent) => {
  const message = saidBy(event)
  return message?.kind === 'hello' ? message : undefined
}
const byeOf = (event: SyncPeerEvent) => {
  const message = saidBy(event)
  return message?.kind === 'bye' ? message.reason : undefined
}

const faultOf = (event: SyncPeerEvent) => {
  if (event.type === 'link.refused') return event.over === 'link' ? event.fault : undefined
  return event.type === 'replicator.refused' ? event.fault : undefined
}

/**
 * Laid to the device by its key: it has proven on this link who it is, nobody else can have sent this over it, and no
 * honest device does. Not laid to it: what comes by signals (every member can seal them in another’s name), what comes
 * before the proof, another version, a full depot or disk of ours, a fork it passes on, an attempt that fails.
 */
const isOffense = ({ event }: Args): boolean => {
  const fault = faultOf(event)
  return fault !== undefined && fault !== 'wire-version' && /^(wire|entry)-/.test(fault)
}

const isFreshOffer = ({ context, event }: Args): boolean => {
  const signal = signalOf(event)
  const devices = { dialer: context.peerId, answerer: context.selfId }
  return signal?.kind === 'offer' && !dials(context) && isLaterAttempt(signal.connId, context.connId, devices)
}
const isNudge = ({ context, event }: Args): boolean => dials(context) && signalOf(event)?.kind === 'nudge'
/** The sender tells another epoch than the one known. */
const isOfNewEpoch = ({ context, event }: Args): boolean => {
  const signal = signalOf(event)
  return signal !== undefined && 'epoch' in signal && signal.epoch !== context.remoteEpoch
}

export const signalGuards = {
  isDialer: ({ context }: Args) => dials(context),
  isFreshOffer,
  isNudge,
  isFreshOfferOfNewEpoch: (args: Args) => isFreshOffer(args) && isOfNewEpoch(args),
  isNudgeOfNewEpoch: (args: Args) => isNudge(args) && isOfNewEpoch(args),
  /** While we are dialing, a nudge of a device that did not restart since says nothing new. */
  isIdleNudge: (args: Args) => isNudge(args) && (args.context.remoteEpoch === 0 || !isOfNewEpoch(args)),
  /** Asks for what there is, and may be as old as the link: a server can say it once more at any time. */
  isStaleNudge: (args: Args) => isNudge(args) && !isOfNewEpoch(args),
  /** It refused us, and thinks better of it: it is the one that calls. */
  isFreshOfferOfRefuser: (args: Args) => isFreshOffer(args) && args.context.fault === 'link-closed',
  isNudgeOfRefuser: (args: Args) => isNudge(args) && args.context.fault === 'link-closed',
  isOfThisAttempt: ({ context, event }: Args) => {
    const signal = signalOf(event)
    return signal !== undefined && signal.kind !== 'nudge' && signal.connId === context.connId
  },
}

export const saidGuards = {
  isHello: ({ event }: Args) => helloOf(event) !== undefined,
  isHelloOfOtherProtocol: ({ event }: Args) => (helloOf(event)?.protocol ?? PROTOCOL) !== PROTOCOL,
  isHelloOfAnotherDevice: ({ context, event }: Args) => (helloOf(event)?.peerId ?? context.peerId) !== context.peerId,
  /** The device restarted between its signals and its hello. */
  isHelloOfAnotherLife: ({ context, event }: Args) =>
    (helloOf(event)?.epoch ?? context.remoteEpoch) !== context.remoteEpoch,
  isAuth: ({ event }: Args) => saidBy(event)?.kind === 'auth',
  /** What is said once on a link, and in its turn. */
  isOfTheHandshake: ({ event }: Args) => ['hello', 'auth'].includes(saidBy(event)?.kind ?? ''),
  isPing: ({ event }: Args) => saidBy(event)?.kind === 'ping',
  isByeOfStopped: ({ event }: Args) => byeOf(event) === 'stopped',
  isByeToRedial: ({ event }: Args) => byeOf(event) === 'redial',
  isByeOfRefused: ({ event }: Args) => byeOf(event) === 'refused',
}

export const countGuards = {
  /** Nothing failed since the last link that proved itself. */
  isProven: ({ context }: Args) => context.attempt === 0,
  isExhausted: ({ context }: Args) => context.attempt >= MAX_ATTEMPTS.link,
  /** Of the other device nothing was heard in this attempt: our offer found no answer. */
  isUnanswered: ({ context }: Args) => context.remoteEpoch === 0,
  /** If the present attempt comes to nothing too, we give up. */
  isLastAttempt: ({ context }: Args) => context.attempt + 1 >= MAX_ATTEMPTS.link,
  /** No further attempt can help. */
  isHopeless: ({ context }: Args) => context.fault === 'webrtc-missing',
  isOffense,
  isLastOffense: (args: Args) => isOffense(args) && args.context.strikes + 1 >= LIMITS.strikesPerDevice,
  hasOffendedTooOften: ({ context }: Args) => context.strikes >= LIMITS.strikesPerDevice,
  /** All devices together sent more than can be kept in mind: nobody in particular is to blame. */
  isOfFullDepot: ({ event }: Args) => event.type === 'link.refused' && event.fault === 'depot-full',
  isLastRefusal: ({ context }: Args) => context.refusals + 1 >= LIMITS.refusalsPerLink,
  /** What it says cannot be read here, and asking twice does not change that. */
  isOfOtherVersion: ({ event }: Args) => event.type === 'link.refused' && event.fault === 'wire-version',
  /** Vectors are not written down: only entries show that our storage takes something again. */
  isOfEntries: ({ event }: Args) => event.type === 'replicator.stored' && event.kind === 'entries',
  isNewMessage: ({ context, event }: Args) =>
    event.type === 'link.messageOpened' && !context.receiving.includes(event.msgId),
  isMessageUnderWay: ({ context, event }: Args) =>
    event.type === 'link.chunk' && context.receiving.includes(event.msgId),
  isBatchSent: ({ context, event }: Args) => event.type === 'link.sent' && event.ticket === context.batch,
}
