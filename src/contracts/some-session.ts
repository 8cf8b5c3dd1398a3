import type { Candidate } from '#wire/candidate'
import type { SessionFields } from '#wire/session'

/** A way to a device that is nowhere. */
export const SOME_CANDIDATE: Candidate = {
  type: 'host',
  transport: 'udp',
  priority: 2_113_937_151,
  address: '192.0.2.7',
  port: 58_111,
}

/** What a device might say of itself in an offer; well made, and nobody's. */
export const SOME_SESSION: SessionFields = {
  ufrag: 'some',
  pwd: 'aPasswordThatNobodyHas00',
  fingerprint: new Uint8Array(32).fill(7),
  setup: 'actpass',
  candidates: [SOME_CANDIDATE],
  complete: false,
}
