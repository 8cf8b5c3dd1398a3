import { base64url } from '#model/base64url'
import type { SimulatedPeerConnection } from '#sim/peer-connection'
import type { Random } from '#sim/random'
import { candidateLine, parseCandidateLine } from '#wire/candidate-line'
import { decodeCandidate, encodeCandidate } from '#wire/candidate-signal'
import type { SessionFields } from '#wire/session'
import { fieldsOfSdp, sdpOf } from '#wire/session-sdp'
import { readSession, sessionText } from '#wire/session-signal'
import type { Signal } from '#wire/signal'

const localSession = (pc: SimulatedPeerConnection): SessionFields => {
  const parsed = fieldsOfSdp(pc.localDescription?.sdp ?? '')
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.session
}

/** What a connection says of itself. */
export const describedBy = (pc: SimulatedPeerConnection, kind: 'offer' | 'answer', connId: string): Signal => ({
  kind,
  connId,
  epoch: 1,
  session: sessionText(localSession(pc)),
})

/** A candidate that a connection found; undefined after the last. */
export const toldBy = (line: string | undefined, connId: string): Signal | undefined => {
  const { candidate, ufrag = '' } = parseCandidateLine(line ?? '') ?? {}
  return candidate && { kind: 'candidate', connId, candidate: encodeCandidate({ ufrag, candidate }) }
}

/** Believes whatever it is told. */
export const believe = async (pc: SimulatedPeerConnection, signal: Signal): Promise<void> => {
  if (signal.kind === 'nudge') return
  if (signal.kind === 'candidate') {
    const told = decodeCandidate(signal.candidate)
    if (told.ok && told.candidate) await pc.addIceCandidate({ candidate: candidateLine(told.candidate, told.ufrag) })
    return
  }
  const parsed = readSession(signal.kind, signal.session)
  if (parsed.ok) await pc.setRemoteDescription({ type: signal.kind, sdp: sdpOf(parsed.session, signal.kind) })
}

/** A description that no honest device gives: nonsense, that of nobody, or the own one with another’s certificate. */
export const hostileDescription = (random: Random, pc: SimulatedPeerConnection, connId: string): Signal => {
  const own = localSession(pc)
  const fingerprint = random.bytes(32)
  const setup = random.pick(['actpass', 'active', 'passive'] as const)
  const session = random.pick([
    'v=0 nonsense',
    base64url(random.bytes(random.int(1, 120))),
    sessionText({ ...own, ufrag: 'nobody', setup }),
    sessionText({ ...own, fingerprint, setup }),
  ])
  return { kind: random.pick(['offer', 'answer'] as const), connId, epoch: 1, session }
}
