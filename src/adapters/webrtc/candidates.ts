import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { candidateLine, parseCandidateLine } from '#wire/candidate-line'
import { decodeCandidate, encodeCandidate, type TrickledCandidate } from '#wire/candidate-signal'
import { DATA_MID } from '#wire/session-sdp'
import type { Facts } from './facts.ts'

/** The other side's ICE candidates: each held back until the session that it belongs to is in force, and bounded. */
export interface RemoteCandidates {
  /** Hands one to the browser, keeps it for a session to come, or refuses it. Never rejects. */
  add(text: string): Promise<void>
  /** The session of this ufrag is in force: hands over what waited for it, forgets what waited for another. Never rejects. */
  described(ufrag: string): Promise<void>
}

export const createRemoteCandidates = (pc: RTCPeerConnection, facts: Facts): RemoteCandidates => {
  let waiting: TrickledCandidate[] = []
  let current: string | undefined
  let seen = 0

  const hand = async ({ ufrag, candidate }: TrickledCandidate): Promise<void> => {
    try {
      // No candidate is the last word: `end-of-candidates` (W3C WebRTC 1.0, §4.8.1.1).
      const line = candidate ? candidateLine(candidate, ufrag) : ''
      await pc.addIceCandidate({ candidate: line, sdpMid: DATA_MID, sdpMLineIndex: 0, usernameFragment: ufrag })
    } catch {
      facts.refuse('wire-malformed')
    }
  }

  return {
    add: async (text) => {
      seen += 1
      if (seen > LIMITS.candidatesPerDescription) return facts.refuse('wire-limit')
      const parsed = decodeCandidate(text)
      if (!parsed.ok) return facts.refuse(parsed.fault)
      if (parsed.ufrag === current) return hand(parsed)
      // Ahead of its session, behind it, or of an offer that was ignored in a glare.
      waiting.push(parsed)
    },
    described: async (ufrag) => {
      const early = waiting.filter((one) => one.ufrag === ufrag)
      waiting = []
      current = ufrag
      seen = early.length
      for (const one of early) await hand(one)
    },
  }
}

/**
 * What a `candidate` signal carries of a candidate that the browser found; undefined for one that cannot be told on.
 *
 * @param ufrag of the local description, for stacks that do not say it with each candidate
 */
export const localCandidateText = (
  { candidate, usernameFragment }: RTCIceCandidateInit,
  ufrag: string | undefined,
): string | undefined => {
  const line = parseCandidateLine(candidate ?? '')
  const session = line?.ufrag ?? usernameFragment ?? ufrag
  if (!line || session === undefined) return undefined
  try {
    return encodeCandidate({ ufrag: session, candidate: line.candidate })
  } catch (error) {
    if (error instanceof FieldmeshError) return undefined
    throw error
  }
}
