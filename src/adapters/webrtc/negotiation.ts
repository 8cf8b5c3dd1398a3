import { base64url } from '#model/base64url'
import { FieldmeshError, type FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import type { Fingerprints, TransportInput } from '#machines/ports'
import { fieldsOfSdp, sdpOf } from '#wire/session-sdp'
import { isSetupOf, readSession, sessionText } from '#wire/session-signal'
import type { DescriptionSignal, Signal } from '#wire/signal'
import { createRemoteCandidates, localCandidateText } from './candidates.ts'
import type { Facts } from './facts.ts'

/**
 * Perfect negotiation (W3C WebRTC 1.0, §10.7): the dialer makes the first offer and is impolite, the answerer
 * is polite and rolls its own offer back in a glare. Signals are worked off one at a time, so that a candidate
 * never overtakes the description it belongs to. The browser is given no text of the other side: descriptions are
 * built here from validated fields, and the other side's fingerprint is that of its first one for good.
 */
export interface Negotiation {
  /** A signal of the other side; those of another attempt are ignored. */
  receive(signal: Signal): void
  /** Looks for a new path under the same channels. */
  restartIce(): void
  /** What both sides said of their certificates; undefined until both have. */
  readonly fingerprints: Fingerprints | undefined
}

interface Options {
  readonly input: TransportInput
  readonly facts: Facts
  /** True once the link was open: it then outlives a description that is refused. */
  readonly isOpen: () => boolean
}

/** What the browser says of itself now. */
const localSession = (pc: RTCPeerConnection) => {
  const { type, sdp } = pc.localDescription ?? {}
  const parsed = sdp === undefined ? undefined : fieldsOfSdp(sdp)
  if ((type !== 'offer' && type !== 'answer') || !parsed?.ok || !isSetupOf(type, parsed.session)) return undefined
  return { kind: type, session: parsed.session }
}

export const createNegotiation = (pc: RTCPeerConnection, { input, facts, isOpen }: Options): Negotiation => {
  const { connId, epoch, role } = input
  const candidates = createRemoteCandidates(pc, facts)
  let makingOffer = false
  // Both sides make channels beforehand, so the browser asks both to offer: only the dialer may begin.
  let mayOffer = role === 'dialer'
  let queued = 0
  let queue = Promise.resolve()
  let ours: string | undefined
  let theirs: string | undefined

  const failed = (fault: FaultCode): void => {
    if (isOpen()) facts.refuse(fault)
    else facts.end({ type: 'link.failed', fault: 'link-failed' })
  }

  const describe = async (): Promise<void> => {
    await pc.setLocalDescription()
    const local = localSession(pc)
    if (!local) throw new FieldmeshError('link-failed', 'The browser describes itself in an unknown way.')
    const { kind, session } = local
    ours = base64url(session.fingerprint)
    facts.tell({ type: 'link.signal', signal: { kind, connId, epoch, session: sessionText(session) } })
  }

  const offer = async (): Promise<void> => {
    if (!mayOffer || makingOffer || facts.over) return
    makingOffer = true
    try {
      await describe()
    } catch {
      facts.end({ type: 'link.failed', fault: 'link-failed' })
    } finally {
      makingOffer = false
    }
  }

  const isGlare = (kind: DescriptionSignal['kind']): boolean =>
    kind === 'offer' && (makingOffer || pc.signalingState !== 'stable')

  const accept = async ({ kind, session: text }: DescriptionSignal): Promise<void> => {
    const parsed = readSession(kind, text)
    if (!parsed.ok) return failed(parsed.fault)
    // An answer without an offer of ours is a late or repeated one.
    if (kind === 'answer' && pc.signalingState !== 'have-local-offer') return
    const { session } = parsed
    const fingerprint = base64url(session.fingerprint)
    // Whoever proved to be at the other end had the first certificate: another one is another device.
    if (theirs !== undefined && theirs !== fingerprint)
      return facts.end({ type: 'link.failed', fault: 'fingerprint-changed' })
    if (role === 'dialer' && isGlare(kind)) return
    theirs = fingerprint
    await pc.setRemoteDescription({ type: kind, sdp: sdpOf(session, kind) })
    mayOffer = true
    await candidates.described(session.ufrag)
    if (kind === 'offer') await describe()
  }

  const work = async (signal: Signal): Promise<void> => {
    if (facts.over || signal.kind === 'nudge') return
    if (signal.kind === 'candidate') return candidates.add(signal.candidate)
    await accept(signal).catch(() => failed('wire-malformed'))
  }

  pc.onicecandidate = ({ candidate }) => {
    const text = candidate?.candidate && localCandidateText(candidate, localSession(pc)?.session.ufrag)
    if (text) facts.tell({ type: 'link.signal', signal: { kind: 'candidate', connId, candidate: text } })
  }
  pc.onnegotiationneeded = () => void offer()
  void offer()

  return {
    receive: (signal) => {
      if (signal.kind === 'nudge' || signal.connId !== connId) return
      if (queued >= LIMITS.signalsQueued) return facts.refuse('wire-limit')
      queued += 1
      queue = queue
        .then(() => work(signal))
        .finally(() => {
          queued -= 1
        })
    },
    restartIce: () => {
      // Stacks without it (some in Node) have nothing to restart: the chart then makes a fresh link.
      if (typeof pc.restartIce === 'function') pc.restartIce()
      else facts.end({ type: 'link.failed', fault: 'link-failed' })
    },
    get fingerprints() {
      return ours !== undefined && theirs !== undefined ? { ours, theirs } : undefined
    },
  }
}
