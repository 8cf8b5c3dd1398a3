import { sha256 } from '@noble/hashes/sha2.js'
import type { Entry } from '#model/entry'
import { seqOf } from '#model/entry-dot'
import { LIMITS } from '#model/limits'
import { bodyHash, firstLink, linkAfter } from '#trust/chain'
import { signCheckpoint } from '#trust/checkpoint'
import type { LogTrust } from '#trust/log-trust.types'
import { concat, utf8 } from '#trust/statement'
import { encodeBatch, encodeEntry, type PlacedProof } from '#wire/entry-codec'
import { entryOf } from './batches.testing.ts'

const LOG = 'room-of-tests'

/** The name with its length, in 32 bytes. */
const keyOf = (author: string): Uint8Array => {
  const key = new Uint8Array(32)
  key.set([author.length, ...utf8(author)])
  return key
}
const authorOf = (key: Uint8Array): string => new TextDecoder().decode(key.subarray(1, 1 + (key[0] ?? 0)))
const signatureOf = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  concat(sha256(concat(key, message)), sha256(concat(message, key)))

/** Anybody may sign for anybody here: a test speaks for all authors. Names of at most 31 letters. */
export const trustOf = (author: string): LogTrust => ({
  log: LOG,
  device: { publicKey: keyOf(author), sign: async (message) => signatureOf(keyOf(author), message) },
  verify: async (key, signature, message) => signatureOf(key, message).every((byte, i) => byte === signature[i]),
  authorOf,
})

export interface SignedOptions {
  /** What the author wrote before the entries given; `entryOf` by default. */
  readonly before?: (author: string, seq: number) => Entry
  /** Leaves out the keys of authors. */
  readonly keyless?: boolean
  /** Whoever signs for all of them, with his own key. */
  readonly signer?: string
}

/** The entries in one batch, signed by their authors, as many times as they must and no more. */
export const signedBatch = async (entries: readonly Entry[], options: SignedOptions = {}): Promise<Uint8Array> => {
  const { before = entryOf, keyless = false, signer } = options
  const links = new Map<string, Uint8Array>()
  const proofs: PlacedProof[] = []
  for (const [at, entry] of entries.entries()) {
    const [author, seq] = [entry.peerId, seqOf(entry)]
    const known = links.get(author)
    const link = linkAfter(known ?? linkBefore(author, seq, before), [bodyHash(encodeEntry(entry))])
    links.set(author, link)
    const isLast = !entries.slice(at + 1).some(({ peerId }) => peerId === author)
    if (!isLast && seq % LIMITS.checkpointEntries !== 0) continue
    const signature = await signCheckpoint(trustOf(signer ?? author).device, { log: LOG, author, seq, link })
    proofs.push({ at, ...(!keyless && { key: keyOf(signer ?? author) }), tail: [], signature })
  }
  return encodeBatch(entries.map(encodeEntry), proofs)
}

const linkBefore = (author: string, seq: number, entryAt: (author: string, seq: number) => Entry): Uint8Array => {
  const hashes = Array.from({ length: seq - 1 }, (_, i) => bodyHash(encodeEntry(entryAt(author, i + 1))))
  return linkAfter(firstLink(LOG, author), hashes)
}
