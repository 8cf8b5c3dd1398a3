import type { Signal } from '#wire/signal'
import type { End, UdpRelay } from './relay.ts'

/** A candidate line: foundation, component, transport, priority, address, port, and the rest (RFC 8839, §5.1). */
const CANDIDATE = /^((?:a=)?candidate:\S+ \d+ )(\S+)( \d+ )(\S+) (\d+)( typ host.*)$/i
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/

/** The candidate with the relay's face for its address; undefined for one that cannot go through it (TCP, IPv6, mDNS). */
const faced = async (relay: UdpRelay, end: End, line: string): Promise<string | undefined> => {
  const [, head, transport = '', priority, address = '', port, rest] = CANDIDATE.exec(line) ?? []
  if (transport.toLowerCase() !== 'udp' || !IPV4.test(address)) return undefined
  return `${head}${transport}${priority}${relay.address} ${await relay.face(end, Number(port))}${rest}`
}

const facedSdp = async (relay: UdpRelay, end: End, sdp: string): Promise<string> => {
  const lines = sdp
    .split('\r\n')
    .map((line) => (line.startsWith('a=candidate:') ? faced(relay, end, line) : Promise.resolve(line)))
  return (await Promise.all(lines)).filter((line) => line !== undefined).join('\r\n')
}

/**
 * What the other side may be told of a signal, so that ICE only ever sees the relay; undefined where nothing is left.
 * The browser must give plain addresses (`--disable-features=WebRtcHideLocalIpsWithMdns`).
 */
export const viaRelay = async (relay: UdpRelay, end: End, signal: Signal): Promise<Signal | undefined> => {
  if (signal.kind === 'nudge') return signal
  if (signal.kind !== 'candidate') return { ...signal, sdp: await facedSdp(relay, end, signal.sdp) }
  if (signal.candidate === '') return signal
  const candidate = await faced(relay, end, signal.candidate)
  return candidate === undefined ? undefined : { ...signal, candidate }
}
