import { heed } from './heed.region.ts'
import { inbound } from './inbound.region.ts'
import { link } from './link.region.ts'
import { outbound } from './outbound.region.ts'
import { roster } from './roster.region.ts'
import { peer } from './sync-peer.setup.ts'

/** One other device: whether it can be reached, the link to it, and what goes over it in both directions. */
export const syncPeerMachine = peer.createMachine({
  id: 'sync-peer',
  description: 'Keeps a link to one device whenever there is a way, and exchanges entries over it.',
  context: ({ input }) => ({
    ...input,
    attempt: 0,
    dials: 0,
    connId: '',
    remoteEpoch: 0,
    fingerprints: null,
    claim: null,
    fault: null,
    rttMs: null,
    refusals: 0,
    strikes: 0,
    bannedUntil: null,
    pings: 0,
    receiving: [],
    storageFailures: 0,
    batch: '',
  }),
  type: 'parallel',
  states: { roster, link, heed, outbound, inbound },
})
