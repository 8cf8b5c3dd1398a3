/**
 * Every bound that keeps one peer, code or server message from growing memory, CPU or storage (promise G7),
 * each with its reason. Sizes in bytes, times in milliseconds (durations of the charts: machines/kit/timings.ts).
 */
const KiB = 1024
const MiB = 1024 * KiB

export const LIMITS = {
  /** Canonical UTF-8 body of one entry: a form with remarks fits a hundred times over. */
  entryBytes: 1 * MiB,
  /** Nesting of `data`: deeper is a recursion attack, not a record. */
  entryDepth: 32,
  /** Authors in one entry's clock: devices that ever wrote one record. */
  clockAuthors: 1_024,
  /** UTF-16 code units of ids, resource types, peer ids and field names. */
  idLength: 256,
  /** Entries held back by the causal gate: two batches of a joining device and its neighbors. */
  waitingEntries: 10_000,
  /** Canonical bytes of entries held back by the causal gate. */
  waitingBytes: 16 * MiB,
  /** Authors in one version vector: every device ever seen in a room. */
  vectorAuthors: 16_384,
  /** The vector of all authors in bytes: with room for its envelope it must fit one control message. */
  vectorBytes: 528 * KiB,
  /** A remote clock further ahead than this is never adopted; its author is flagged. */
  clockAheadMs: 5 * 60_000,
  /** Devices remembered with their vectors; beyond, those heard of longest ago are forgotten. */
  ledgerPeers: 1_024,
  /** Pairs of device and author in all remembered vectors together: some 64 MB. */
  ledgerPairs: 1_048_576,

  /** A chunk with its header: the same throughput as 64 KB, a quarter of the latency. */
  chunkBytes: 14_000,
  /** Header of a chunk. */
  chunkHeaderBytes: 16,
  /** Messages from one peer that may be half received at once: one per priority lane, twice. */
  openMessagesPerPeer: 8,
  /** Bytes of messages from one peer that are half received: the largest there is; ours have a sixth of it under way. */
  openBytesPerPeer: 8 * MiB,
  /** Whole messages of one peer that may wait to be digested: what a small message costs beside its bytes. */
  restingMessagesPerPeer: 4_096,
  /** Undigested bytes of one peer. */
  peerBytes: 32 * MiB,
  /** Undigested bytes of all peers. */
  depotBytes: 128 * MiB,
  /** One control message (hello, vector, credit …): a vector of 16,384 authors with ids of 22 characters. */
  controlBytes: 532 * KiB,
  /** A message of entries after inflating. */
  inflatedBytes: 8 * MiB,
  /** Uncompressed target of one batch of entries: about ten chunks once deflated, 0.1 s on a slow link. */
  batchBytes: 256 * KiB,
  /** Entries in one batch, so that tiny entries do not make a batch slow to digest. */
  batchEntries: 2_048,
  /** Entries of one author that one signature stands for: half a second of verifying for 100,000, a byte for each. */
  checkpointEntries: 64,
  /** A device’s certificate with those of its issuers: four links with the longest names. */
  certificateBytes: 1_536,
  /** Bodies refused in one batch before the rest of it is not even looked at: a refusal costs more than a parse. */
  refusedPerBatch: 64,
  /** Deflate pays from here: a single edit comes to half of its size by the dictionary that both ends know. */
  deflateFromBytes: 128,
  /** Receiver credit: unacknowledged bulk bytes at the start, at least and at most. */
  creditStartBytes: 56_000,
  creditMinBytes: 2 * 14_000,
  creditMaxBytes: 64 * 14_000,
  /** Second brake: no more is handed to a channel that buffers this much … */
  channelHighBytes: 128 * KiB,
  /** … until it is down to this: enough to keep the path busy, too little to delay a ping by much. */
  channelLowBytes: 64 * KiB,
  /** The queue that credit lets build up on the way: below what a plain router buffers (100 ms), above a timer's jitter. */
  creditDelayMs: 60,
  /** Refusals from one peer before its link is closed. */
  refusalsPerLink: 3,
  /** Offenses of a proven device, over all of its links, before it is banned: ours commit none, and a slip is no attack. */
  strikesPerDevice: 3,
  /** Bans remembered at once; beyond, the oldest ends early. As many devices as the ledger remembers. */
  bannedPeers: 1_024,
  /** Hellos, proofs, pings, pongs and goodbyes of one link: ours say one ping in two seconds … */
  saidPerSecond: 20,
  /** … and no more than this at once, after a minute in which our page or the path stood still. */
  saidBurst: 200,
  /** Credits of one link: one for each chunk at 280 MB/s. */
  creditsPerSecond: 20_000,
  creditsBurst: 20_000,
  /**
   * Vectors of one link, in units: one for each vector and each 256 bytes of it, which take 50 to 150 µs to look at. A
   * device that tells its vector after each of a thousand batches a second keeps us busy for a tenth of the time …
   */
  vectorUnitsPerSecond: 1_000,
  /** … and this at once: what gathers while a page stands still, or four vectors of the largest room. */
  vectorUnitsBurst: 10_000,
  /** Messages of entries of one link, whatever is in them: credit slows down their bytes, but not empty ones. */
  batchesPerSecond: 2_000,
  /** The same at once: as many single edits. */
  batchesBurst: 20_000,
  /** How far ahead another device is shown to be, entries: it can claim any figure, and more than this says no more. */
  aheadShown: 1_000_000,

  /** A signal (session description or candidate) on its way through the server. */
  signalBytes: 12 * KiB,
  /** Signals of one attempt waiting for the browser: a description and its candidates, four times over. */
  signalsQueued: 256,
  /** ICE candidates belonging to one description: a dozen interfaces with STUN and TURN, and room to spare. */
  candidatesPerDescription: 64,
  /** A frame of the signaling protocol. */
  signalingFrameBytes: 16 * KiB,
  /** Frames of one socket that are not the protocol, before it is given up. */
  malformedPerSocket: 3,
  /** Devices in one signaling room. */
  roomPeers: 64,
  /** Devices never linked before that we try in a minute: four full rooms, and half of the connections a page may have. */
  strangersPerMinute: 256,
  /** Most devices a server may be told to put in one room, and a device will believe: every one may link to every other. */
  signalingRoster: 1_024,
  /** Proofs, tokens and ICE addresses in signaling frames: a certificate chain fits. */
  signalingProofLength: 4_096,
  /** ICE servers, and addresses of one: more only slow gathering down. */
  iceServers: 16,
  /** One ICE candidate line: an mDNS name with all its extensions is a quarter of it. */
  candidateLength: 1_024,
  /** A frame from the server, UTF-16 units: the largest roster with the longest ids. */
  signalingServerFrameLength: 512 * KiB,
  /** Signals that wait for the server's rate to allow them: half a minute's worth. */
  signalsPaced: 1_024,
  /** Direct links of the full mesh (DESIGN §6). */
  directPeers: 20,
} as const
