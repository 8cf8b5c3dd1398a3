import type { LinkFigures } from './link-tap.ts'

type Stat = Readonly<Record<string, unknown>>
type Figure = string | number | boolean

/** Words of the specification, such as `srflx`: nothing that could be an address or a name. */
const WORD = /^[a-z][a-z0-9-]{0,23}$/

const wordsOf = (stat: Stat | undefined, names: Readonly<Record<string, string>>): [string, Figure][] =>
  Object.entries(names).flatMap(([name, field]): [string, Figure][] => {
    const value = stat?.[field]
    return typeof value === 'string' && WORD.test(value) ? [[name, value]] : []
  })

const numbersOf = (stat: Stat | undefined, names: Readonly<Record<string, string>>, scale = 1): [string, Figure][] =>
  Object.entries(names).flatMap(([name, field]): [string, Figure][] => {
    const value = stat?.[field]
    return typeof value === 'number' && Number.isFinite(value) ? [[name, Math.round(value * scale)]] : []
  })

/** The pair in use: the transport names it; where there is no such statistic, the pair says so itself. */
const pairInUse = (stats: readonly Stat[]): Stat | undefined => {
  const pairs = stats.filter(({ type }) => type === 'candidate-pair')
  const named = stats.find(({ type }) => type === 'transport')?.['selectedCandidatePairId']
  const inUse = (pair: Stat) =>
    pair['selected'] === true || (pair['nominated'] === true && pair['state'] === 'succeeded')
  return pairs.find(({ id }) => id === named && named !== undefined) ?? pairs.find(inUse)
}

/** How many candidates of each kind either side has: what a link that does not come up is lacking. */
const countsOf = (stats: readonly Stat[]): [string, Figure][] => {
  const counts = new Map<string, number>()
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  for (const stat of stats) {
    const { type, candidateType, state } = stat
    if (type === 'local-candidate' || type === 'remote-candidate') {
      const side = type === 'local-candidate' ? 'local' : 'remote'
      if (typeof candidateType === 'string' && WORD.test(candidateType)) count(`${side}-${candidateType}`)
    }
    if (type === 'candidate-pair' && typeof state === 'string' && WORD.test(state)) count(`pairs-${state}`)
  }
  return [...counts]
}

const pairFigures = (stats: readonly Stat[], pair: Stat): [string, Figure][] => {
  const byId = (id: unknown) => stats.find((stat) => stat['id'] === id)
  const [local, remote] = [byId(pair['localCandidateId']), byId(pair['remoteCandidateId'])]
  return [
    ...wordsOf(local, { localType: 'candidateType', protocol: 'protocol', relayProtocol: 'relayProtocol' }),
    ...wordsOf(remote, { remoteType: 'candidateType' }),
    ...numbersOf(pair, { rttMs: 'currentRoundTripTime' }, 1_000),
    ...numbersOf(pair, {
      bytesSent: 'bytesSent',
      bytesReceived: 'bytesReceived',
      packetsSent: 'packetsSent',
      packetsReceived: 'packetsReceived',
      packetsDiscarded: 'packetsDiscardedOnSend',
      checksSent: 'requestsSent',
      checksAnswered: 'responsesReceived',
      bitsPerSecondOut: 'availableOutgoingBitrate',
    }),
  ]
}

/**
 * The figures of an RTCPeerConnection (W3C WebRTC Statistics): its states, the kinds of the candidate pair in use,
 * round trip, bytes, packets, and how many candidates and pairs there are. Data channels know no lost packets: of
 * those, the checks of connectivity sent and answered tell. Undefined where the stack has no statistics.
 */
export const readFigures = async (pc: RTCPeerConnection): Promise<LinkFigures | undefined> => {
  if (typeof pc.getStats !== 'function') return undefined
  try {
    const stats: Stat[] = []
    const report = await pc.getStats()
    // biome-ignore lint/suspicious/useIterableCallbackReturn: a report is no array, and has only this in older browsers
    report.forEach((stat: Stat) => stats.push(stat))
    const pair = pairInUse(stats)
    const states: Stat = { connection: pc.connectionState, ice: pc.iceConnectionState, gathering: pc.iceGatheringState }
    return Object.fromEntries([
      ...wordsOf(states, { connection: 'connection', ice: 'ice', gathering: 'gathering' }),
      ...wordsOf(
        stats.find(({ type }) => type === 'transport'),
        { dtls: 'dtlsState' },
      ),
      ...(pair ? pairFigures(stats, pair) : []),
      ...countsOf(stats),
    ])
  } catch {
    return undefined
  }
}
