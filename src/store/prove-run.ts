import type { Dot, Entry } from '#model/entry'
import { LIMITS } from '#model/limits'
import { bodyHash, linkAfter } from '#trust/chain'
import { isCheckpointSigned } from '#trust/checkpoint'
import type { LogTrust } from '#trust/log-trust.types'
import type { AuthorChain, ComingProof, Mark } from './author-chain.ts'
import type { AuthorRun } from './author-runs.ts'
import { isSameBytes } from './same-bytes.ts'

/**
 * Why the rest of a run is not taken. `unsigned`: its author did not sign it. `early`: what comes before it is not here,
 * so that nothing can be said of it yet. `doubtful`: it does not continue the chain that is known here: it is forged, or
 * its author keeps two logs, which shows once the whole of it is compared. `forked`: its author keeps two logs.
 */
export type RestOfRun = 'unsigned' | 'early' | 'doubtful' | 'forked'

/** What came of the proofs of a run. */
export interface ProvenRun {
  /** So many of its entries, from the first, are their author's. */
  readonly proven: number
  readonly rest: RestOfRun
  /** True where every proof of the run was checked: only then may others be shown them as they came. */
  readonly isChecked: boolean
  /** How the chain goes on, for as much of it as is taken. */
  readonly news?: ChainNews
  /** The first entry that differs from the one held here at its place, with what proves that it is its author's. */
  readonly fork?: { readonly entry: Entry; readonly proof: ComingProof }
  /** The first entry that differs from what its author had signed for its place, of which nothing is held here. */
  readonly double?: Entry
}

/** Hashes from the one after the top of a chain, and the signed places among them, of which the last hash is one. */
export interface ChainNews {
  readonly hashes: readonly Uint8Array[]
  readonly marks: readonly Mark[]
}

export interface RunContext {
  readonly trust: Pick<LogTrust, 'log' | 'verify'>
  readonly chain: AuthorChain
  /** The author's public key. */
  readonly key: Uint8Array
  /** The body of an applied entry. */
  readonly bodyAt: (dot: Dot) => Uint8Array | undefined
}

/** A place that a run says its author signed. */
interface Claim extends ComingProof {
  readonly seq: number
}

/** What a run brings or names, entry by entry from its first: each hashed once, and only if need be. */
interface RunHashes {
  readonly length: number
  /** The hash at a place, 0 for the first; only below `length`. */
  readonly at: (place: number) => Uint8Array
  readonly between: (from: number, to: number) => Uint8Array[]
}

const NO_HASH = new Uint8Array()

const hashesOf = ({ items, proofs, first }: AuthorRun): RunHashes => {
  const last = proofs.at(-1)
  const tail = last && last.upTo === first + items.length - 1 ? last.tail : []
  const known: Uint8Array[] = []
  const at = (place: number): Uint8Array => {
    const item = items[place]
    if (!item) return tail[place - items.length] ?? NO_HASH
    const hash = known[place] ?? bodyHash(item.bytes)
    known[place] = hash
    return hash
  }
  const between = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => at(from + i))
  return { length: items.length + tail.length, at, between }
}

const claimsOf = ({ proofs }: AuthorRun): Claim[] =>
  proofs.map(({ upTo, tail, signature }) => ({ seq: upTo + tail.length, tail, signature }))

/** Only the last signature may lie beyond what is sent, and none further from the one before than allowed. */
const isWellSpaced = (claims: readonly Claim[], { signedUpTo }: AuthorChain, lastSent: number): boolean => {
  let before = signedUpTo
  return claims.every(({ seq, tail }) => {
    const isNear = seq > before && seq - before <= LIMITS.checkpointEntries
    before = seq
    return isNear && (tail.length === 0 || seq - tail.length === lastSent)
  })
}

/** The hash of what is known here at a place, applied or not. */
const hashKnown = ({ chain, bodyAt }: RunContext, author: string, seq: number): Uint8Array | undefined => {
  if (seq > chain.head) return chain.hashAhead(seq)
  const body = bodyAt({ peerId: author, seq })
  return body && bodyHash(body)
}

/** The chain up to a place that is known here. */
const linkAt = (context: RunContext, author: string, seq: number): Uint8Array => {
  const place = context.chain.placeBefore(seq)
  const hashes: Uint8Array[] = []
  for (let next = place.seq + 1; next <= seq; next++) {
    const hash = hashKnown(context, author, next)
    if (hash) hashes.push(hash)
  }
  return linkAfter(place.link, hashes)
}

/** Whether what a run brings at a place is what is known there: by the bytes where both are at hand. */
const isKnown = (
  context: RunContext,
  { author, first, items }: AuthorRun,
  hashes: RunHashes,
  place: number,
): boolean => {
  const seq = first + place
  const given = items[place]?.bytes
  const held = seq <= context.chain.head ? context.bodyAt({ peerId: author, seq }) : undefined
  if (given && held) return isSameBytes(given, held)
  const hash = hashKnown(context, author, seq)
  return hash !== undefined && isSameBytes(hash, hashes.at(place))
}

/** The first place where a run brings something else than is known there. */
const firstDifference = (context: RunContext, run: AuthorRun, hashes: RunHashes): number | undefined => {
  const both = Math.min(hashes.length, context.chain.top - run.first + 1)
  for (let place = 0; place < both; place++) if (!isKnown(context, run, hashes, place)) return place
  return undefined
}

const isSigned = ({ trust, key }: RunContext, author: string, { seq, link, signature }: Mark): Promise<boolean> =>
  isCheckpointSigned(trust, key, signature, { log: trust.log, author, seq, link })

/** What is not proven though all before it is here: from the very first entry on there is no other chain. */
const restOf = ({ first }: AuthorRun): RestOfRun => (first === 1 ? 'unsigned' : 'doubtful')

/** A run that brings something else than is known here: whether its author signed that too. */
const proveFork = async (context: RunContext, run: AuthorRun, hashes: RunHashes, at: number): Promise<ProvenRun> => {
  const { author, first, items } = run
  const claim = claimsOf(run).find(({ seq }) => seq >= first + at)
  const entry = items[at]?.entry
  if (!claim || !entry) return unproven(restOf(run))
  const signed = claim.seq - first + 1
  // A signature further on could not be kept: no author of ours gives one.
  if (signed - at > LIMITS.checkpointEntries) return unproven('unsigned')
  const link = linkAfter(linkAt(context, author, first - 1), hashes.between(0, signed))
  if (!(await isSigned(context, author, { ...claim, link }))) return unproven(restOf(run))
  // Of the other branch nothing is held but hashes: to take this one would mix the two.
  if (first + at > context.chain.head) return { proven: at, rest: 'forked', isChecked: false, double: entry }
  const proof = { tail: hashes.between(at + 1, signed).map((hash) => hash.slice()), signature: claim.signature.slice() }
  return { proven: Math.min(items.length, signed), rest: 'forked', isChecked: false, fork: { entry, proof } }
}

const unproven = (rest: RestOfRun): ProvenRun => ({ proven: 0, rest, isChecked: false })

/** The signed places beyond what is known, with the chain as the run continues it. */
const marksOf = (context: RunContext, { first }: AuthorRun, claims: readonly Claim[], hashes: RunHashes): Mark[] => {
  let { top: seq, topLink: link } = context.chain
  return claims.map((claim) => {
    link = linkAfter(link, hashes.between(seq + 1 - first, claim.seq + 1 - first))
    ;({ seq } = claim)
    return { seq, link, signature: claim.signature.slice() }
  })
}

/** A run that goes on where what is known here ends: up to the last place that its author signed, one after another. */
const proveNews = async (context: RunContext, run: AuthorRun, hashes: RunHashes): Promise<ProvenRun> => {
  const { chain } = context
  const { author, first, items } = run
  const all = claimsOf(run)
  const claims = all.filter(({ seq }) => seq > chain.top)
  const isSound = isWellSpaced(claims, chain, first + items.length - 1)
  const marks = isSound ? marksOf(context, run, claims, hashes) : []
  const verdicts = await Promise.all(marks.map((mark) => isSigned(context, author, mark)))
  const genuine = marks.slice(0, verdicts.includes(false) ? verdicts.indexOf(false) : undefined)
  const end = genuine.at(-1)?.seq ?? chain.top
  // Copies: what is kept must not keep the whole message.
  const news = hashes.between(Math.max(0, chain.top + 1 - first), end + 1 - first).map((hash) => hash.slice())
  const isForged = !isSound || genuine.length < marks.length
  return {
    proven: Math.max(0, Math.min(items.length, end - first + 1)),
    rest: isForged ? restOf(run) : 'unsigned',
    isChecked: genuine.length === all.length,
    news: { hashes: news, marks: genuine },
  }
}

/**
 * Checks what a run brings against the chain that is known here, and says how the chain goes on by what its author
 * signed. Changes nothing, and never rejects for bytes of strangers.
 */
export const proveRun = async (context: RunContext, run: AuthorRun): Promise<ProvenRun> => {
  if (run.first > context.chain.top + 1) return unproven('early')
  const hashes = hashesOf(run)
  const difference = firstDifference(context, run, hashes)
  if (difference !== undefined) return proveFork(context, run, hashes, difference)
  return proveNews(context, run, hashes)
}
