/** What one end of a simulated connection says of itself. */
export interface RtcDescription {
  readonly ufrag: string
  readonly pwd: string
  /** SHA-256 of the certificate, as SDP writes it (RFC 8122, §5). */
  readonly fingerprint: string
  readonly setup: string
  /** Lines without `a=`. */
  readonly candidates: readonly string[]
}

/** Foundation, component, transport, priority, address, port and type (RFC 8839, §5.1). */
const CANDIDATE = /^candidate:\S+ 1 (?:udp|tcp) \d+ \S+ \d+ typ (?:host|srflx|prflx|relay)/
const FINGERPRINT = /^sha-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/
const SETUPS = { offer: ['actpass'], answer: ['active', 'passive'] } as const

export const isCandidateLine = (line: string): boolean => CANDIDATE.test(line)

/** As Chromium writes it. */
export const describeRtc = ({ ufrag, pwd, fingerprint, setup, candidates }: RtcDescription, origin: number): string =>
  [
    'v=0',
    `o=- ${origin} 2 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    ...candidates.map((line) => `a=${line}`),
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${pwd}`,
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=setup:${setup}`,
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    '',
  ].join('\r\n')

const valuesOf = (sdp: string, name: string): readonly string[] =>
  sdp
    .split('\r\n')
    .filter((line) => line.startsWith(`a=${name}:`))
    .map((line) => line.slice(name.length + 3))

/** undefined for what a browser refuses: an attribute that is not there, another kind of media, a setup of another kind. */
export const readRtc = (sdp: string, kind: 'offer' | 'answer'): RtcDescription | undefined => {
  const [ufrag] = valuesOf(sdp, 'ice-ufrag')
  const [pwd] = valuesOf(sdp, 'ice-pwd')
  const [setup] = valuesOf(sdp, 'setup')
  const fingerprint = FINGERPRINT.exec(valuesOf(sdp, 'fingerprint')[0] ?? '')?.[1]
  const candidates = valuesOf(sdp, 'candidate').map((rest) => `candidate:${rest}`)
  if (!sdp.startsWith('v=0\r\n') || !sdp.includes('\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n'))
    return undefined
  if (ufrag === undefined || pwd === undefined || fingerprint === undefined || setup === undefined) return undefined
  if (valuesOf(sdp, 'mid')[0] !== '0' || !SETUPS[kind].some((one) => one === setup)) return undefined
  return candidates.every(isCandidateLine) ? { ufrag, pwd, fingerprint, setup, candidates } : undefined
}
