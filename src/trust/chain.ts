import { sha256 } from '@noble/hashes/sha2.js'
import { concat, statement } from './statement.ts'

/** No body begins with it, being JSON: a link is never the hash of an entry. */
const LINK_MARK = Uint8Array.of(1)

/**
 * What the first entry of an author hangs on: SHA-256 over the log's name and the author's. An entry signed for one
 * log is none in another.
 *
 * @param log the room's id
 */
export const firstLink = (log: string, author: string): Uint8Array =>
  sha256(statement('fieldmesh.chain.v1', log, author))

/** What stands for one entry in the chain: SHA-256 of its body, the author's exact bytes. */
export const bodyHash = (body: Uint8Array): Uint8Array => sha256(body)

/** The chain with one more entry: SHA-256(1 ‖ link before ‖ hash of the body). It stands for all entries up to this one. */
export const nextLink = (link: Uint8Array, hash: Uint8Array): Uint8Array => sha256(concat(LINK_MARK, link, hash))

/** The chain with several more, in their order. */
export const linkAfter = (link: Uint8Array, hashes: Iterable<Uint8Array>): Uint8Array => {
  let last = link
  for (const hash of hashes) last = nextLink(last, hash)
  return last
}
