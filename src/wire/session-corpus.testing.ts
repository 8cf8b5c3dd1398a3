import type { Candidate } from './candidate.ts'
import { hostCandidate } from './session.testing.ts'
import type { SessionFields } from './session.ts'

/** A description as a stack writes it, and what it says; addresses and keys are made up. */
export interface CorpusEntry {
  readonly stack: string
  readonly kind: 'offer' | 'answer'
  readonly sdp: string
  readonly says: SessionFields
}

const HEX = '5D:1B:58:32:D5:5D:1B:FE:CD:24:7B:17:C5:B6:9B:1F:D2:AB:B6:B5:36:6D:76:43:5F:A6:0B:8A:14:61:02:46'
const fingerprint = Uint8Array.from(HEX.split(':'), (pair) => Number.parseInt(pair, 16))
const MDNS = 'c17ad899-fc88-4380-9152-8a02ba055a45.local'
const crlf = (...lines: readonly (string | readonly string[])[]): string =>
  lines
    .flat()
    .map((line) => `${line}\r\n`)
    .join('')
const fields = (some: Partial<SessionFields>): SessionFields => ({
  ufrag: 'qZ+3',
  pwd: 'aB3dEfGh1jKlMnOpQrStUvW/',
  fingerprint,
  setup: 'actpass',
  candidates: [],
  complete: false,
  ...some,
})

/** libwebrtc: Chromium, Edge, Safari, @roamhq/wrtc. */
const libwebrtc = (setup: string, candidates: readonly string[] = [], port = '9', address = '0.0.0.0'): string =>
  crlf(
    'v=0',
    'o=- 4640010796743273391 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS',
    `m=application ${port} UDP/DTLS/SCTP webrtc-datachannel`,
    `c=IN IP4 ${address}`,
    candidates.map((line) => `a=${line}`),
    'a=ice-ufrag:qZ+3',
    'a=ice-pwd:aB3dEfGh1jKlMnOpQrStUvW/',
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${HEX}`,
    `a=setup:${setup}`,
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
  )

const CHROMIUM_TURN = [
  'candidate:3317362580 1 udp 2122260223 192.0.2.7 61015 typ host generation 0 network-id 1 network-cost 10',
  'candidate:842163049 1 udp 1686052607 198.51.100.3 61015 typ srflx raddr 192.0.2.7 rport 61015 generation 0 network-id 1 network-cost 10',
  'candidate:2157334355 1 udp 41885439 203.0.113.9 49152 typ relay raddr 198.51.100.3 rport 61015 generation 0 network-id 1 network-cost 10',
  'candidate:3617263456 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active generation 0 network-id 1 network-cost 10',
]
const host: Candidate = { ...hostCandidate, priority: 2_122_260_223, port: 61_015 }
const chromiumTurn: readonly Candidate[] = [
  host,
  {
    ...host,
    type: 'srflx',
    priority: 1_686_052_607,
    address: '198.51.100.3',
    related: { address: '192.0.2.7', port: 61_015 },
  },
  {
    ...host,
    type: 'relay',
    priority: 41_885_439,
    address: '203.0.113.9',
    port: 49_152,
    related: { address: '198.51.100.3', port: 61_015 },
  },
  { ...host, transport: 'tcp-active', priority: 1_518_280_447, port: 9 },
]

const firefoxFields = { ufrag: '25549086', pwd: '7d6fa8fd92707c1f8b62be23c447ffc2' }
/** Fingerprint at the top, credentials in alphabetical order, TCP and UDP in capitals, messages up to a gigabyte. */
const firefox = (setup: string, candidates: readonly string[] = []): string =>
  crlf(
    'v=0',
    'o=mozilla...THIS_IS_SDPARTA-99.0 4189360314203899506 0 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=sendrecv',
    `a=fingerprint:sha-256 ${HEX}`,
    'a=group:BUNDLE 0',
    'a=ice-options:trickle',
    'a=msid-semantic:WMS *',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    candidates.map((line) => `a=${line}`),
    'a=sendrecv',
    candidates.length > 0 ? ['a=end-of-candidates'] : [],
    `a=ice-pwd:${firefoxFields.pwd}`,
    `a=ice-ufrag:${firefoxFields.ufrag}`,
    'a=mid:0',
    `a=setup:${setup}`,
    'a=sctp-port:5000',
    'a=max-message-size:1073741823',
  )
const FIREFOX_GATHERED = [
  `candidate:0 1 UDP 2122252543 ${MDNS} 52465 typ host`,
  `candidate:4 1 TCP 2105524479 ${MDNS} 9 typ host tcptype active`,
  'candidate:1 1 UDP 1686052863 198.51.100.3 52465 typ srflx raddr 0.0.0.0 rport 0',
]
const firefoxGathered: readonly Candidate[] = [
  { ...host, priority: 2_122_252_543, address: MDNS, port: 52_465 },
  { ...host, transport: 'tcp-active', priority: 2_105_524_479, address: MDNS, port: 9 },
  {
    ...host,
    type: 'srflx',
    priority: 1_686_052_863,
    address: '198.51.100.3',
    port: 52_465,
    related: { address: '0.0.0.0', port: 0 },
  },
]

const nodeFields = { ufrag: 'ZxUi', pwd: 'JSkpP5oS0Qu/eUzGtGwhtK', complete: true }
/** libdatachannel: has gathered before it describes, the fingerprint at the top, options with a comma. */
const nodeDatachannel = (setup: string): string =>
  crlf(
    'v=0',
    'o=rtc 2262192186 0 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=msid-semantic:WMS *',
    'a=ice-options:ice2,trickle',
    `a=fingerprint:sha-256 ${HEX}`,
    'm=application 40381 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 192.0.2.7',
    'a=mid:0',
    'a=sendrecv',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    `a=setup:${setup}`,
    `a=ice-ufrag:${nodeFields.ufrag}`,
    `a=ice-pwd:${nodeFields.pwd}`,
    'a=candidate:2 1 UDP 2116026111 fd00::2 40381 typ host',
    'a=candidate:1 1 UDP 2114977791 192.0.2.7 40381 typ host',
    'a=end-of-candidates',
  )
const nodeCandidates: readonly Candidate[] = [
  { ...host, priority: 2_116_026_111, address: 'fd00::2', port: 40_381 },
  { ...host, priority: 2_114_977_791, port: 40_381 },
]

const weriftFields = { ufrag: 'ab12', pwd: 'abcdefghijklmnopqrstuv', complete: true }
const werift = (setup: string): string =>
  crlf(
    'v=0',
    'o=- 30834821 0 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=extmap-allow-mixed',
    'a=msid-semantic:WMS *',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=candidate:62cc1fcd32b09fc7f0a4a3bd6af2c3ce 1 udp 2130706431 192.0.2.7 40381 typ host generation 0 ufrag ab12',
    'a=end-of-candidates',
    `a=ice-ufrag:${weriftFields.ufrag}`,
    `a=ice-pwd:${weriftFields.pwd}`,
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${HEX}`,
    `a=setup:${setup}`,
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:65536',
  )

const MDNS_LINE = `candidate:3091073559 1 udp 2113937151 ${MDNS} 58111 typ host generation 0 network-cost 999`
const mdns: Candidate = { ...hostCandidate, address: MDNS }

export const corpus: readonly CorpusEntry[] = [
  { stack: 'Chromium', kind: 'offer', sdp: libwebrtc('actpass'), says: fields({}) },
  {
    stack: 'Chromium, gathered, addresses hidden',
    kind: 'offer',
    sdp: libwebrtc('actpass', [MDNS_LINE]),
    says: fields({ candidates: [mdns] }),
  },
  {
    stack: 'Chromium with STUN and TURN',
    kind: 'answer',
    sdp: libwebrtc('active', CHROMIUM_TURN, '49152', '203.0.113.9'),
    says: fields({ setup: 'active', candidates: chromiumTurn }),
  },
  {
    stack: 'Safari',
    kind: 'answer',
    sdp: libwebrtc('active', [MDNS_LINE]).replace('a=extmap-allow-mixed\r\n', ''),
    says: fields({ setup: 'active', candidates: [mdns] }),
  },
  { stack: 'Firefox', kind: 'offer', sdp: firefox('actpass'), says: fields(firefoxFields) },
  {
    stack: 'Firefox, gathered',
    kind: 'answer',
    sdp: firefox('active', FIREFOX_GATHERED),
    says: fields({ ...firefoxFields, setup: 'active', candidates: firefoxGathered, complete: true }),
  },
  {
    stack: 'node-datachannel',
    kind: 'offer',
    sdp: nodeDatachannel('actpass'),
    says: fields({ ...nodeFields, candidates: nodeCandidates }),
  },
  {
    stack: 'node-datachannel',
    kind: 'answer',
    sdp: nodeDatachannel('active'),
    says: fields({ ...nodeFields, setup: 'active', candidates: nodeCandidates }),
  },
  {
    stack: 'werift',
    kind: 'answer',
    sdp: werift('passive'),
    says: fields({
      ...weriftFields,
      setup: 'passive',
      candidates: [{ ...host, priority: 2_130_706_431, port: 40_381 }],
    }),
  },
]
