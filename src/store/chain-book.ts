import type { Dot, Entry } from '#model/entry'
import { seqOf } from '#model/entry-dot'
import { LIMITS } from '#model/limits'
import type { VectorClock } from '#model/vector-clock'
import { bodyHash, firstLink, nextLink } from '#trust/chain'
import { signCheckpoint } from '#trust/checkpoint'
import type { LogTrust } from '#trust/log-trust.types'
import type { BatchItem, EntryProof, PlacedProof } from '#wire/entry-codec'
import { AuthorChain, type ComingProof } from './author-chain.ts'
import { linksDigest } from '#wire/digest'
import { type AuthorRun, runsOf } from './author-runs.ts'
import { type ChainNews, type ProvenRun, proveRun } from './prove-run.ts'

/** What is proven of a batch, and what not. */
export interface Proven {
  /** Whose author signed them; all of the batch, or some. */
  readonly items: readonly BatchItem[]
  /** Entries that their author did not sign. */
  readonly unsigned: number
  /** Entries of which nothing can be said before others arrive. */
  readonly early: number
  /** Authors whose entries do not continue what is held here: their logs are to be compared from the first entry. */
  readonly doubtful: readonly string[]
  /** Entries of authors that keep two logs, which is known. */
  readonly forked: number
  /** Entries that differ from what their author had signed for their places, where the others are not held. */
  readonly doubles: readonly Entry[]
  /** True where every proof was checked, so that the batch can be kept and shown as it came. */
  readonly isChecked: boolean
}

/** Signatures of what was written here, by the seq of the entry that each comes with. */
export type OwnProofs = ReadonlyMap<number, ComingProof>

/** The chains of all authors: what proves the entries held, taken in, made here and passed on. */
export interface ChainBook {
  /** What is proven of what arrived; of frozen authors nothing is looked at. No chain goes on before `admit`. */
  prove(items: readonly BatchItem[], proofs: readonly EntryProof[], frozen: ReadonlySet<string>): Promise<Proven>
  /** What is taken of what was proven last: the chains of its authors go on by it, and no others. */
  admit(taken: Iterable<Entry>): void
  /** Signs what was written here and is not applied yet: every 64th entry, and the last of each batch. */
  sign(entries: readonly Entry[], batches: readonly (readonly Uint8Array[])[]): Promise<OwnProofs>
  /** What proves entries that are given in the order of a batch, for a receiver that holds the vector. */
  proofsOf(entries: readonly Dot[], held: Pick<VectorClock, 'get'>, own?: OwnProofs): PlacedProof[]
  /** What proves an entry that differs from the one held at its place. */
  proofOfFork(entry: Entry): PlacedProof | undefined
  /** True where the entry can be passed on with a proof. */
  canProve(dot: Dot): boolean
  /** Proofs that came with entries of our own disk. */
  expect(proofs: readonly EntryProof[]): void
  expectOwn(proofs: OwnProofs): void
  /** Entries were applied, each the one after its author's last; with their bodies in the same order. */
  advance(entries: readonly Entry[], bodies: readonly Uint8Array[]): void
  /** Digest of the chains of all authors but some, 16 hex digits: equal where the same entries are applied. */
  digest(but: readonly string[]): string
}

export interface ChainBookOptions {
  readonly peerId: string
  readonly trust: LogTrust
  /** The body of an applied entry. */
  readonly bodyAt: (dot: Dot) => Uint8Array | undefined
}

const NO_BODY = new Uint8Array()
/** Nothing more is taken of an author that keeps two logs. */
const FROZEN: ProvenRun = { proven: 0, rest: 'forked', isChecked: false }

class Chains implements ChainBook {
  readonly #options: ChainBookOptions
  readonly #chains = new Map<string, AuthorChain>()
  /** Of what was proven last: how the chains of its authors go on. */
  #pending = new Map<string, { readonly chain: AuthorChain; readonly key: Uint8Array; readonly news: ChainNews }>()
  readonly #forks = new WeakMap<Entry, ComingProof>()

  constructor(options: ChainBookOptions) {
    this.#options = options
    this.#chainOf(options.peerId).key = options.trust.device.publicKey
  }

  async prove(
    items: readonly BatchItem[],
    proofs: readonly EntryProof[],
    frozen: ReadonlySet<string>,
  ): Promise<Proven> {
    this.#pending = new Map()
    const proven = new Set<Entry>()
    const counts = { unsigned: 0, early: 0, forked: 0 }
    const [doubtful, doubles]: [string[], Entry[]] = [[], []]
    let [inRuns, isChecked] = [0, true]
    for (const run of runsOf(items, proofs)) {
      const verdict = frozen.has(run.author) ? FROZEN : await this.#proveRun(run)
      inRuns += run.items.length
      isChecked &&= verdict.isChecked
      if (verdict.fork) this.#forks.set(verdict.fork.entry, verdict.fork.proof)
      if (verdict.double) doubles.push(verdict.double)
      for (const { entry } of run.items.slice(0, verdict.proven)) proven.add(entry)
      const left = run.items.length - verdict.proven
      if (left > 0 && verdict.rest === 'doubtful') doubtful.push(run.author)
      else if (verdict.rest !== 'doubtful') counts[verdict.rest] += left
    }
    counts.unsigned += items.length - inRuns
    const all = proven.size === items.length
    const taken = all ? items : items.filter(({ entry }) => proven.has(entry))
    return { items: taken, ...counts, doubtful, doubles, isChecked: isChecked && all }
  }

  async #proveRun(run: AuthorRun): Promise<ProvenRun> {
    const { trust, bodyAt } = this.#options
    const chain = this.#chains.get(run.author) ?? this.#newChain(run.author)
    const key = chain.key ?? this.#keyOf(run)
    // Who believes that we know the author is told that we do not, and sends all of it again.
    if (!key) return { proven: 0, rest: run.first === 1 ? 'unsigned' : 'early', isChecked: false }
    const verdict = await proveRun({ trust, chain, key, bodyAt }, run)
    if (verdict.news) this.#pending.set(run.author, { chain, key, news: verdict.news })
    return verdict
  }

  #keyOf({ author, proofs }: AuthorRun): Uint8Array | undefined {
    return proofs.find(({ key }) => key !== undefined && this.#options.trust.authorOf(key) === author)?.key
  }

  admit(taken: Iterable<Entry>): void {
    const upTo = new Map<string, number>()
    for (const entry of taken) upTo.set(entry.peerId, Math.max(upTo.get(entry.peerId) ?? 0, seqOf(entry)))
    for (const [author, seq] of upTo) {
      const pending = this.#pending.get(author)
      if (!pending) continue
      const { chain, key, news } = pending
      this.#chains.set(author, chain)
      chain.key ??= key.slice()
      chain.extend(news.hashes, news.marks, seq)
    }
    this.#pending = new Map()
  }

  async sign(entries: readonly Entry[], batches: readonly (readonly Uint8Array[])[]): Promise<OwnProofs> {
    const signing: Promise<[number, ComingProof]>[] = []
    let { link } = this.#chainOf(this.#options.peerId)
    let next = 0
    for (const batch of batches) {
      for (const [place, body] of batch.entries()) {
        link = nextLink(link, bodyHash(body))
        const entry = entries[next++]
        const isSigned = (place + 1) % LIMITS.checkpointEntries === 0 || place === batch.length - 1
        if (entry && isSigned) signing.push(this.#signAt(seqOf(entry), link))
      }
    }
    return new Map(await Promise.all(signing))
  }

  async #signAt(seq: number, link: Uint8Array): Promise<[number, ComingProof]> {
    const { peerId: author, trust } = this.#options
    const signature = await signCheckpoint(trust.device, { log: trust.log, author, seq, link })
    return [seq, { tail: [], signature }]
  }

  proofsOf(entries: readonly Dot[], held: Pick<VectorClock, 'get'>, own?: OwnProofs): PlacedProof[] {
    const lastOf = new Map(entries.map(({ peerId }, at) => [peerId, at]))
    const keyed = new Set<string>()
    const proofs: PlacedProof[] = []
    entries.forEach((dot, at) => {
      const { peerId, seq } = dot
      const proof = own?.get(seq) ?? this.#proofAt(dot, lastOf.get(peerId) === at)
      if (!proof) return
      const key = held.get(peerId) === 0 && !keyed.has(peerId) ? this.#chains.get(peerId)?.key : undefined
      keyed.add(peerId)
      proofs.push({ at, ...(key && { key }), ...proof })
    })
    return proofs
  }

  /** The signature at a place, or, for the last of its author that is sent, the next one with what lies between. */
  #proofAt({ peerId, seq }: Dot, isLast: boolean): ComingProof | undefined {
    const mark = this.#chains.get(peerId)?.markFrom(seq)
    if (!mark || (mark.seq !== seq && !isLast)) return undefined
    const tail: Uint8Array[] = []
    for (let next = seq + 1; next <= mark.seq; next++) tail.push(this.#hashOf({ peerId, seq: next }))
    return { tail, signature: mark.signature }
  }

  #hashOf(dot: Dot): Uint8Array {
    const ahead = this.#chains.get(dot.peerId)?.hashAhead(dot.seq)
    return ahead ?? bodyHash(this.#options.bodyAt(dot) ?? NO_BODY)
  }

  proofOfFork(entry: Entry): PlacedProof | undefined {
    const proof = this.#forks.get(entry)
    return proof && { at: 0, ...proof }
  }

  canProve({ peerId, seq }: Dot): boolean {
    return (this.#chains.get(peerId)?.signedUpTo ?? 0) >= seq
  }

  expect(proofs: readonly EntryProof[]): void {
    for (const { last, key, tail, signature } of proofs) {
      const chain = this.#chainOf(last.peerId)
      if (key && this.#options.trust.authorOf(key) === last.peerId) chain.key ??= key.slice()
      chain.expect(seqOf(last), { tail: tail.map((hash) => hash.slice()), signature: signature.slice() })
    }
  }

  expectOwn(proofs: OwnProofs): void {
    const chain = this.#chainOf(this.#options.peerId)
    for (const [seq, proof] of proofs) chain.expect(seq, proof)
  }

  advance(entries: readonly Entry[], bodies: readonly Uint8Array[]): void {
    for (const [i, { peerId }] of entries.entries()) {
      this.#chainOf(peerId).advance(() => bodyHash(bodies[i] ?? NO_BODY))
    }
  }

  digest(but: readonly string[]): string {
    const links = [...this.#chains].filter(([author, { head }]) => head > 0 && !but.includes(author))
    return linksDigest(links.map(([author, { link }]) => [author, link]))
  }

  #chainOf(author: string): AuthorChain {
    const known = this.#chains.get(author)
    if (known) return known
    const chain = this.#newChain(author)
    this.#chains.set(author, chain)
    return chain
  }

  #newChain(author: string): AuthorChain {
    return new AuthorChain(firstLink(this.#options.trust.log, author))
  }
}

/** No chains yet, but for our own. */
export const createChainBook = (options: ChainBookOptions): ChainBook => new Chains(options)
