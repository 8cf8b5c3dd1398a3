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
 * What a batch holds: its entries in order, with their bytes and by themselves (to be merged without another check),
 * and a fault for each body that is none. Or why it is no batch.
 */
export type DecodedBatch =
  | {
      readonly ok: true
      readonly items: BatchItem[]
      readonly entries: ParsedEntries
      readonly refused: FaultCode[]
    }
  | { readonly ok: false; readonly fault: FaultCode; readonly reason: string }

/** The letters FMB, then the version. */
const MAGIC = [0x46, 0x4d, 0x42] as const
const VERSION = 1
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
 * Bodies (see `encodeEntry`) in one envelope, which is a message on the wire and a segment on disk:
 * `F M B version`, MurmurHash3 (32 bits) of the rest, count, and each body with its length.
 *
 * @throws FieldmeshError `entry-malformed` on a body that is too short or too long to be one.
 */
export const encodeBatch = (bodies: readonly Uint8Array[]): Uint8Array => {
  const writer = new ByteWriter(capacityFor(bodies))
  for (const byte of MAGIC) writer.u8(byte)
  writer.u8(VERSION).u32(0).varint(bodies.length)
  for (const body of bodies) {
    if (body.length < BODY_BYTES || body.length > LIMITS.entryBytes)
      throw new FieldmeshError('entry-malformed', `A body of ${body.length} bytes.`)
    writer.varint(body.length).raw(body)
  }
  const bytes = writer.done()
  viewOf(bytes).setUint32(4, checksum(bytes))
  return bytes
}

/** A body of the size of a batch has a length of three bytes; longer ones make room by themselves. */
const capacityFor = (bodies: readonly Uint8Array[]): number =>
  bodies.reduce((bytes, body) => bytes + body.length + 3, PREFIX_BYTES + 8)

/**
 * Parses a batch; the only parser of them. Never throws: an envelope that is damaged anywhere is refused whole; in a
 * sound one each body that is not the canonical text of a valid entry is refused alone. More than `refusedPerBatch`
 * of those, and the batch is refused too.
 */
export const decodeBatch = (bytes: Uint8Array): DecodedBatch => {
  try {
    const bodies = readEnvelope(bytes)
    return typeof bodies === 'string' ? no(bodies, `batch version ${bytes[3]}`) : readBodies(bodies)
  } catch (error) {
    if (error instanceof BytesMalformed) return no('wire-malformed', error.message)
    throw error
  }
}

const readEnvelope = (bytes: Uint8Array): Uint8Array[] | FaultCode => {
  const reader = new ByteReader(bytes)
  for (const byte of MAGIC) if (reader.u8() !== byte) throw new BytesMalformed('this is no batch')
  if (reader.u8() !== VERSION) return 'wire-version'
  if (reader.u32() !== checksum(bytes)) throw new BytesMalformed('the batch is damaged: its checksum differs')
  const count = reader.varint()
  if (count * BODY_BYTES > reader.left) throw new BytesMalformed(`${count} bodies in ${reader.left} bytes`)
  const bodies: Uint8Array[] = []
  while (bodies.length < count) bodies.push(readBody(reader))
  reader.end()
  return bodies
}

const readBody = (reader: ByteReader): Uint8Array => {
  const length = reader.varint()
  if (length < BODY_BYTES) throw new BytesMalformed(`a body of ${length} bytes`)
  return reader.raw(length)
}

const readBodies = (bodies: readonly Uint8Array[]): DecodedBatch => {
  const items: BatchItem[] = []
  const entries = new ParsedEntries()
  const refused: FaultCode[] = []
  for (const bytes of bodies) {
    const entry = readEntry(bytes, entries)
    if (typeof entry !== 'string') items.push({ entry, bytes })
    else if (refused.push(entry) > LIMITS.refusedPerBatch) return no(entry, `${refused.length} bodies are no entries`)
  }
  return { ok: true, items, entries, refused }
}

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
