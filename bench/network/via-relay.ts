import type { Candidate } from '#wire/candidate'
import { decodeCandidate, encodeCandidate } from '#wire/candidate-signal'
import { readSession, sessionText } from '#wire/session-signal'
import type { Signal } from '#wire/signal'
import type { End, UdpRelay } from './relay.ts'

type Description = Extract<Signal, { session: string }>
type Told = Extract<Signal, { candidate: string }>

const IPV4 = /^[\d.]+$/

/** The candidate with the relay's face for its address; none for one that cannot go through it (TCP, IPv6, mDNS). */
const faced = async (relay: UdpRelay, end: End, candidate: Candidate): Promise<readonly Candidate[]> => {
  const { type, transport, address, port } = candidate
  if (type !== 'host' || transport !== 'udp' || !IPV4.test(address)) return []
  return [{ ...candidate, address: relay.address, port: await relay.face(end, port) }]
}

const describeFaced = async (relay: UdpRelay, end: End, signal: Description): Promise<Signal | undefined> => {
  const parsed = readSession(signal.kind, signal.session)
  if (!parsed.ok) return undefined
  const candidates = await Promise.all(parsed.session.candidates.map((one) => faced(relay, end, one)))
  return { ...signal, session: sessionText({ ...parsed.session, candidates: candidates.flat() }) }
}

const tellFaced = async (relay: UdpRelay, end: End, signal: Told): Promise<Signal | undefined> => {
  const parsed = decodeCandidate(signal.candidate)
  if (!parsed.ok) return undefined
  const { ufrag, candidate: own } = parsed
  if (own === undefined) return signal
  const [candidate] = await faced(relay, end, own)
  return candidate && { ...signal, candidate: encodeCandidate({ ufrag, candidate }) }
}

/**
 * What the other side may be told of a signal, so that ICE only ever sees the relay; undefined where nothing is left.
 * The browser must give plain addresses (`--disable-features=WebRtcHideLocalIpsWithMdns`).
 */
export const viaRelay = async (relay: UdpRelay, end: End, signal: Signal): Promise<Signal | undefined> => {
  if (signal.kind === 'nudge') return signal
  return signal.kind === 'candidate' ? tellFaced(relay, end, signal) : describeFaced(relay, end, signal)
}
