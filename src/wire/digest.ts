import { ByteWriter } from './bytes.ts'
import { murmur3 } from './murmur3.ts'

/**
 * 64-bit digest of a version vector, as 16 lowercase hex digits: equal vectors have equal digests, whatever the
 * order of their authors; different ones differ but for one chance in 2^64. A seq of 0 counts as absent.
 *
 * Taken by MurmurHash3_x86_128 over the sorted authors, each with its length and seq.
 *
 * @example
 * vectorDigest(new VectorClock(…)) === vectorDigest([['b', 2], ['a', 1]])
 */
export const vectorDigest = (clock: Iterable<readonly [peerId: string, seq: number]>): string => {
  const authors = [...clock].filter(([, seq]) => seq !== 0).sort(byAuthor)
  const writer = new ByteWriter()
  for (const [author, seq] of authors) writer.text(author).varint(seq)
  return murmur3(writer.done()).map(hex).join('')
}

/** The same of authors' chains: author → link, as `#trust/chain` makes it. */
export const linksDigest = (links: Iterable<readonly [peerId: string, link: Uint8Array]>): string => {
  const writer = new ByteWriter()
  for (const [author, link] of [...links].sort(byAuthor)) writer.text(author).raw(link)
  return murmur3(writer.done()).map(hex).join('')
}

const byAuthor = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0
const hex = (word: number): string => word.toString(16).padStart(8, '0')
