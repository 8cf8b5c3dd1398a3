import { expect, test } from 'vitest'
import { launch } from '../../../tests/support/launched-transport.ts'
import type { TappedLink } from './link-tap.ts'
import { readFigures } from './read-figures.ts'

const ADDRESS = '192.168.7.13'
const STATS = [
  { type: 'transport', id: 'T', selectedCandidatePairId: 'P2', dtlsState: 'connected' },
  { type: 'candidate-pair', id: 'P1', state: 'failed' },
  {
    type: 'candidate-pair',
    id: 'P2',
    state: 'succeeded',
    nominated: true,
    localCandidateId: 'L',
    remoteCandidateId: 'R',
    currentRoundTripTime: 0.0123,
    bytesSent: 900,
    bytesReceived: 800,
    packetsSent: 9,
    requestsSent: 5,
    responsesReceived: 4,
    availableOutgoingBitrate: Number.NaN,
  },
  {
    type: 'local-candidate',
    id: 'L',
    candidateType: 'relay',
    protocol: 'udp',
    relayProtocol: 'tls',
    address: ADDRESS,
    ip: ADDRESS,
    url: `turn:${ADDRESS}`,
  },
  { type: 'local-candidate', id: 'L2', candidateType: 'host', protocol: 'tcp', address: ADDRESS },
  { type: 'remote-candidate', id: 'R', candidateType: ADDRESS, protocol: 'udp', address: ADDRESS },
  { type: 'remote-candidate', id: 'R2', candidateType: 'srflx', address: ADDRESS },
]
const connection = (stats: readonly object[], more: object = {}) =>
  ({
    connectionState: 'connected',
    iceConnectionState: 'completed',
    iceGatheringState: 'complete',
    getStats: async () => new Map(stats.map((stat, at) => [at, stat])),
    ...more,
  }) as unknown as RTCPeerConnection

test('kinds, times, bytes and counts; never an address', async () => {
  const figures = await readFigures(connection(STATS))
  expect(figures).toEqual({
    connection: 'connected',
    ice: 'completed',
    gathering: 'complete',
    dtls: 'connected',
    localType: 'relay',
    protocol: 'udp',
    relayProtocol: 'tls',
    rttMs: 12,
    bytesSent: 900,
    bytesReceived: 800,
    packetsSent: 9,
    checksSent: 5,
    checksAnswered: 4,
    'pairs-failed': 1,
    'pairs-succeeded': 1,
    'local-relay': 1,
    'local-host': 1,
    'remote-srflx': 1,
  })
  expect(JSON.stringify(figures)).not.toContain(ADDRESS)
})

test('where no transport names the pair, the pair says so itself', async () => {
  const figures = await readFigures(connection(STATS.slice(1)))
  expect(figures).toMatchObject({ rttMs: 12, localType: 'relay' })
})

test('a link that is still being made tells what it has', async () => {
  const figures = await readFigures(
    connection(STATS.slice(3), { connectionState: 'connecting', iceConnectionState: 'checking' }),
  )
  expect(figures).toMatchObject({ connection: 'connecting', ice: 'checking', 'local-host': 1 })
  expect(figures).not.toHaveProperty('rttMs')
})

test('a stack without statistics, and one that refuses them, tell nothing', async () => {
  expect(await readFigures(connection([], { getStats: undefined }))).toBeUndefined()
  expect(await readFigures(connection([], { getStats: () => Promise.reject(new Error('closed')) }))).toBeUndefined()
})

test('a transport tells its tap of a link from its beginning to its end, and asks for nothing itself', async () => {
  const heard: string[] = []
  const links: TappedLink[] = []
  const { open, side } = launch({
    tap: (link) => {
      links.push(link)
      return { opened: () => heard.push('opened'), gone: () => heard.push('gone') }
    },
  })
  expect(links).toEqual([{ peerId: 'b', connId: 'conn-1', figures: expect.any(Function) }])
  await open()
  expect(heard).toEqual(['opened'])
  side.stop()
  expect(heard).toEqual(['opened', 'gone'])
})
