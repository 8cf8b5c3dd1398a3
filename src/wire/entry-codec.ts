import { canonical } from '#model/canonical'
import type { Entry } from '#model/entry'
import { FieldmeshError, type FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { ParsedEntries } from '#model/parsed-entries'
import { ByteReader, BytesMalformed, ByteWriter, fromUtf8, toUtf8 } from './bytes.ts'
import { murmur3 } from './murmur3.ts'

/** One entry and its author's exact bytes: a view of the batch, to be copied by whoever keeps it without the batch. */
export interface BatchItem {
  readonly entry: Entry
  readonly bytes: Uint8Array
}

/**
 * What shows that entries are their author's: its signature over its chain (`#trust/checkpoint`). It covers the entries
 * of that author in the batch after the proof before, up to the one named. All parts are views of the batch.
 */
export interface Proof {
  /** The author's public key, 32 bytes, where the receiver may not know it. */
  readonly key?: Uint8Array
  /** Where the author signed further on: the hashes of the bodies that follow, up to the signed one; 32 bytes each. */
  readonly tail: readonly Uint8Array[]
  /** 64 bytes. */
  readonly signature: Uint8Array
}

/** A proof and the place of the last body that it covers, 0 for the first in the batch. */
export interface PlacedProof extends Proof {
  readonly at: number
}

/** A proof and the last entry that it covers. */
export interface EntryProof extends Proof {
  readonly last: Entry
}

/**
 * What a batch holds: its entries in order, with their bytes and by themselves (to be merged without another check),
 * what proves them, and a fault for each body that is no entry. Or why it is no batch.
 */
export type DecodedBatch =
  | {
      readonly ok: true
      readonly items: BatchItem[]
      readonly entries: ParsedEntries
      /** In the order of the entries that they name. Not checked: whether they prove anything is not for a codec to say. */
      readonly proofs: EntryProof[]
      readonly refused: FaultCode[]
    }
  | { readonly ok: false; readonly fault: FaultCode; readonly reason: string }

/** The letters FMB, then the version: 1 had no proofs. */
const MAGIC = [0x46, 0x4d, 0x42] as const
const VERSION = 2
const KEY_BYTES = 32
const HASH_BYTES = 32
const SIGNATURE_BYTES = 64
const PREFIX_BYTES = 8
/** The shortest entry has more than a hundred bytes: a batch can't claim more bodies than it could hold. */
const BODY_BYTES = 64

/**
 * The exact bytes of an entry, as its author writes them and everybody keeps them: canonical JSON in UTF-8.
 *
 * @throws FieldmeshError `entry-too-large` beyond 1 MiB.
 */
export const encodeEntry = (entry: Entry): Uint8Array => {
  const bytes = toUtf8(canonical(entry))
  if (bytes.length > LIMITS.entryBytes) throw new FieldmeshError('entry-too-large', `${bytes.length} bytes.`)
  return bytes
}

/**
 * Bodies (see `encodeEntry`) and what proves them in one envelope, which is a message on the wire and a segment on disk:
 * `F M B version`, MurmurHash3 (32 bits) of the rest; count, and each body with its length; count, and each proof: place
 * of the last body it covers, length of the tail doubled and one more where there is a key, key, tail, signature.
 *
 * @param proofs in the order of their places
 * @throws FieldmeshError `entry-malformed` on a body that is too short or too long to be one.
 */
export const encodeBatch = (bodies: readonly Uint8Array[], proofs: readonly PlacedProof[] = []): Uint8Array => {
  const writer = new ByteWriter(capacityFor(bodies, proofs))
  for (const byte of MAGIC) writer.u8(byte)
  writer.u8(VERSION).u32(0).varint(bodies.length)
  for (const body of bodies) {
    if (body.length < BODY_BYTES || body.length > LIMITS.entryBytes)
      throw new FieldmeshError('entry-malformed', `A body of ${body.length} bytes.`)
    writer.varint(body.length).raw(body)
  }
  writer.varint(proofs.length)
  for (const proof of proofs) writeProof(writer, proof)
  const bytes = writer.done()
  viewOf(bytes).setUint32(4, checksum(bytes))
  return bytes
}

const writeProof = (writer: ByteWriter, { at, key, tail, signature }: PlacedProof): void => {
  if (tail.length >= LIMITS.checkpointEntries)
    throw new FieldmeshError('entry-malformed', `A signature ${tail.length} entries further on.`)
  writer.varint(at).varint(tail.length * 2 + (key ? 1 : 0))
  for (const part of [...(key ? [key] : []), ...tail, signature]) writer.raw(part)
}

/** A body of the size of a batch has a length of three bytes; longer ones make room by themselves. */
const capacityFor = (bodies: readonly Uint8Array[], proofs: readonly PlacedProof[]): number => {
  const withBodies = bodies.reduce((bytes, body) => bytes + body.length + 3, PREFIX_BYTES + 12)
  return proofs.reduce((bytes, { tail }) => bytes + proofBytes(tail.length, true) + 4, withBodies)
}

const proofBytes = (tail: number, hasKey: boolean): number =>
  (hasKey ? KEY_BYTES : 0) + tail * HASH_BYTES + SIGNATURE_BYTES

/**
 * Parses a batch; the only parser of them. Never throws: an envelope that is damaged anywhere is refused whole; in a
 * sound one each body that is not the canonical text of a valid entry is refused alone. More than `refusedPerBatch`
 * of those, and the batch is refused too.
 */
export const decodeBatch = (bytes: Uint8Array): DecodedBatch => {
  try {
    const envelope = readEnvelope(bytes)
    return typeof envelope === 'string' ? no(envelope, `batch version ${bytes[3]}`) : readParts(envelope)
  } catch (error) {
    if (error instanceof BytesMalformed) return no('wire-malformed', error.message)
    throw error
  }
}

/** True for a batch from before entries were signed. */
export const isUnsignedBatch = (bytes: Uint8Array): boolean =>
  MAGIC.every((byte, i) => bytes[i] === byte) && bytes[MAGIC.length] === 1

interface Envelope {
  readonly bodies: readonly Uint8Array[]
  readonly proofs: readonly PlacedProof[]
}

const readEnvelope = (bytes: Uint8Array): Envelope | FaultCode => {
  const reader = new ByteReader(bytes)
  for (const byte of MAGIC) if (reader.u8() !== byte) throw new BytesMalformed('this is no batch')
  if (reader.u8() !== VERSION) return 'wire-version'
  if (reader.u32() !== checksum(bytes)) throw new BytesMalformed('the batch is damaged: its checksum differs')
  const count = reader.varint()
  if (count * BODY_BYTES > reader.left) throw new BytesMalformed(`${count} bodies in ${reader.left} bytes`)
  const bodies: Uint8Array[] = []
  while (bodies.length < count) bodies.push(readBody(reader))
  const proofs = readProofs(reader, count)
  reader.end()
  return { bodies, proofs }
}

const readProofs = (reader: ByteReader, bodies: number): PlacedProof[] => {
  const count = reader.varint()
  if (count > bodies) throw new BytesMalformed(`${count} proofs of ${bodies} bodies`)
  const proofs: PlacedProof[] = []
  let next = 0
  while (proofs.length < count) {
    const proof = readProof(reader)
    if (proof.at < next || proof.at >= bodies) throw new BytesMalformed(`a proof of body ${proof.at}`)
    next = proof.at + 1
    proofs.push(proof)
  }
  return proofs
}

const readProof = (reader: ByteReader): PlacedProof => {
  const at = reader.varint()
  const head = reader.varint()
  const length = Math.floor(head / 2)
  if (length >= LIMITS.checkpointEntries) throw new BytesMalformed(`a signature ${length} entries further on`)
  const key = head % 2 === 1 ? reader.raw(KEY_BYTES) : undefined
  const tail = Array.from({ length }, () => reader.raw(HASH_BYTES))
  return { at, ...(key && { key }), tail, signature: reader.raw(SIGNATURE_BYTES) }
}

const readBody = (reader: ByteReader): Uint8Array => {
  const length = reader.varint()
  if (length < BODY_BYTES) throw new BytesMalformed(`a body of ${length} bytes`)
  return reader.raw(length)
}

const readParts = ({ bodies, proofs: placed }: Envelope): DecodedBatch => {
  const items: BatchItem[] = []
  const entries = new ParsedEntries()
  const refused: FaultCode[] = []
  const proofs: EntryProof[] = []
  let next = 0
  for (const [place, bytes] of bodies.entries()) {
    const entry = readEntry(bytes, entries)
    const proof = placed[next]?.at === place ? placed[next++] : undefined
    if (typeof entry !== 'string') {
      items.push({ entry, bytes })
      if (proof) proofs.push(proofOf(entry, proof))
    } else if (refused.push(entry) > LIMITS.refusedPerBatch) return no(entry, `${refused.length} bodies are no entries`)
  }
  return { ok: true, items, entries, proofs, refused }
}

const proofOf = (last: Entry, { key, tail, signature }: PlacedProof): EntryProof => ({
  last,
  ...(key && { key }),
  tail,
  signature,
})

const readEntry = (bytes: Uint8Array, entries: ParsedEntries): Entry | FaultCode => {
  if (bytes.length > LIMITS.entryBytes) return 'entry-too-large'
  const body = textOf(bytes)
  return body === undefined ? 'entry-malformed' : entries.read(body)
}

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return fromUtf8(bytes)
  } catch {
    return undefined
  }
}

const checksum = (bytes: Uint8Array): number => murmur3(bytes.subarray(PREFIX_BYTES))[0]
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const no = (fault: FaultCode, reason: string): DecodedBatch => ({ ok: false, fault, reason })
