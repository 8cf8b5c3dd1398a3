import { LIMITS } from '#model/limits'
import type { TransportInput } from '#machines/ports'
import type { DescriptionSignal, Signal } from '#wire/signal'
import { createRemoteCandidates } from './candidates.ts'
import type { Facts } from './facts.ts'

/**
 * Perfect negotiation (W3C WebRTC 1.0, §10.7): the dialer makes the first offer and is impolite, the answerer
 * is polite and rolls its own offer back in a glare. Signals are worked off one at a time, so that a candidate
 * never overtakes the description it belongs to.
 */
export interface Negotiation {
  /** A signal of the other side; those of another attempt are ignored. */
  receive(signal: Signal): void
  /** Looks for a new path under the same channels. */
  restartIce(): void
}

interface Options {
  readonly input: TransportInput
  readonly facts: Facts
  /** True once the link was open: it then outlives a description that the browser refuses. */
  readonly isOpen: () => boolean
}

export const createNegotiation = (pc: RTCPeerConnection, { input, facts, isOpen }: Options): Negotiation => {
  const { connId, epoch, role } = input
  const candidates = createRemoteCandidates(pc, facts)
  let makingOffer = false
  // Both sides make channels beforehand, so the browser asks both to offer: only the dialer may begin.
  let mayOffer = role === 'dialer'
  let queued = 0
  let queue = Promise.resolve()

  const failed = (): void => {
    if (isOpen()) facts.refuse('wire-malformed')
    else facts.end({ type: 'link.failed', fault: 'link-failed' })
  }

  const describe = async (): Promise<void> => {
    await pc.setLocalDescription()
    const local = pc.localDescription
    if (local?.type !== 'offer' && local?.type !== 'answer') return
    facts.tell({ type: 'link.signal', signal: { kind: local.type, connId, epoch, sdp: local.sdp } })
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

  const accept = async ({ kind, sdp }: DescriptionSignal): Promise<void> => {
    // An answer without an offer of ours is a late or repeated one.
    if (kind === 'answer' && pc.signalingState !== 'have-local-offer') return
    candidates.ignoring = role === 'dialer' && isGlare(kind)
    if (candidates.ignoring) return
    await pc.setRemoteDescription({ type: kind, sdp })
    mayOffer = true
    await candidates.described()
    if (kind === 'offer') await describe()
  }

  const work = async (signal: Signal): Promise<void> => {
    if (facts.over || signal.kind === 'nudge') return
    if (signal.kind === 'candidate') return candidates.add(signal)
    if (signal.sdp.length > LIMITS.signalBytes) return facts.refuse('wire-too-large')
    await accept(signal).catch(failed)
  }

  pc.onicecandidate = ({ candidate }) => {
    if (!candidate?.candidate) return
    const { candidate: line, sdpMid, sdpMLineIndex } = candidate
    const signal: Signal = { kind: 'candidate', connId, candidate: line, mid: sdpMid ?? '0', line: sdpMLineIndex ?? 0 }
    facts.tell({ type: 'link.signal', signal })
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
  }
}
