import { LIMITS } from '#model/limits'
import type { Signal } from '#wire/signal'
import type { Facts } from './facts.ts'

export type CandidateSignal = Extract<Signal, { kind: 'candidate' }>

/** The other side's ICE candidates: held back until its description is set, bounded for each description. */
export interface RemoteCandidates {
  /** Hands one to the browser, or keeps it for later. Never rejects. */
  add(signal: CandidateSignal): Promise<void>
  /** The remote description was set: hands over what waited. Never rejects. */
  described(): Promise<void>
  /** True while the last offer was ignored in a glare: its candidates match nothing and may fail unnoticed. */
  ignoring: boolean
}

export const createRemoteCandidates = (pc: RTCPeerConnection, facts: Facts): RemoteCandidates => {
  let waiting: CandidateSignal[] = []
  let seen = 0

  const hand = async ({ candidate, mid, line }: CandidateSignal): Promise<void> => {
    try {
      await pc.addIceCandidate({ candidate, sdpMid: mid, sdpMLineIndex: line })
    } catch {
      if (!remote.ignoring) facts.refuse('wire-malformed')
    }
  }

  const remote: RemoteCandidates = {
    ignoring: false,
    add: async (signal) => {
      seen += 1
      if (seen > LIMITS.candidatesPerDescription) return facts.refuse('wire-limit')
      if (pc.remoteDescription) return hand(signal)
      if (!remote.ignoring) waiting.push(signal)
    },
    described: async () => {
      const early = waiting
      waiting = []
      seen = early.length
      for (const signal of early) await hand(signal)
    },
  }
  return remote
}
