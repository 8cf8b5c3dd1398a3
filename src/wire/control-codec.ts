import { FieldmeshError, type FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { base64url, fromBase64url } from '#model/base64url'
import { ByteReader, BytesMalformed, ByteWriter } from './bytes.ts'
import { kindNumber, kindOf } from './kinds.ts'
import {
  type Auth,
  type ByeReason,
  type ControlMessage,
  type Hello,
  type LockMessage,
  PROTOCOL,
  type VectorMessage,
} from './messages.ts'

/** A control message, or why the bytes are none. */
export type DecodedControl =
  | { readonly ok: true; readonly message: ControlMessage }
  | { readonly ok: false; readonly fault: FaultCode; readonly reason: string }

/** Number of every reason to leave, by its place. */
const BYE_REASONS: readonly ByeReason[] = ['stopped', 'refused', 'redial']
const DIGEST = /^[0-9a-f]{16}$/
const DIGEST_BYTES = 8
const NONCE_BYTES = 16
const KEY_BYTES = 32
const MAC_BYTES = 32
const SIGNATURE_BYTES = 64
/** Bits of a hello's flags. */
const COOKIE = 1
const HEADS = 2
const CERTIFICATE = 4
const LOCKS = 8
const MOST_LOCKS = 4
/** Bits of a vector's flags. */
const PULL = 1
const DELTA = 2
const LOCK = 4
/** The shortest author: one byte of length, one of text, one of seq. */
const AUTHOR_BYTES = 3

/**
 * The bytes of a control message: a hello about 100 and its certificate, a vector 10 and 24 or 25 for each author of 22 characters.
 * Authors are sorted by UTF-16 code units, so equal vectors have equal bytes.
 *
 * @throws FieldmeshError `wire-malformed` or `wire-too-large` on a message that nobody could decode.
 */
export const encodeControl = (message: ControlMessage): Uint8Array => {
  const writer = new ByteWriter().u8(kindNumber(message.kind))
  writeBody(writer, message)
  if (writer.length > LIMITS.controlBytes) throw new FieldmeshError('wire-too-large', `${writer.length} bytes.`)
  return writer.done()
}

/** Parses a control message; the only parser of them. Strict: one encoding for one message, nothing ignored. */
export const decodeControl = (bytes: Uint8Array): DecodedControl => {
  if (bytes.length > LIMITS.controlBytes) return no('wire-too-large', `${bytes.length} bytes`)
  try {
    return readMessage(new ByteReader(bytes))
  } catch (error) {
    if (error instanceof BytesMalformed) return no('wire-malformed', error.message)
    throw error
  }
}

const writeBody = (writer: ByteWriter, message: ControlMessage): void => {
  if (message.kind === 'hello') writeHello(writer, message)
  else if (message.kind === 'auth') writeAuth(writer, message)
  else if (message.kind === 'vector') writeVector(writer, message)
  else if (message.kind === 'credit') writer.u32(message.received)
  else if (message.kind === 'bye') writer.u8(BYE_REASONS.indexOf(message.reason))
  else writer.varint(message.id)
}

const readMessage = (reader: ByteReader): DecodedControl => {
  const number = reader.u8()
  const kind = kindOf(number)
  if (kind === 'hello') return readHello(reader)
  if (kind === 'auth') return finish(reader, readAuth(reader))
  if (kind === 'vector') return finish(reader, readVector(reader))
  if (kind === 'ping' || kind === 'pong') return finish(reader, { kind, id: reader.varint() })
  if (kind === 'credit') return finish(reader, { kind, received: reader.u32() })
  if (kind === 'bye') return finish(reader, { kind, reason: readReason(reader) })
  return no('wire-malformed', `no control message has number ${number}`)
}

const writeHello = (writer: ByteWriter, hello: Hello): void => {
  writer.varint(hello.protocol)
  writeId(writer, hello.peerId)
  writer.varint(hello.epoch)
  const { cookie, heads, certificate, locks } = hello
  const flags = (cookie === '' ? 0 : COOKIE) | (heads === undefined ? 0 : HEADS)
  const more = (certificate === undefined ? 0 : CERTIFICATE) | (locks === undefined ? 0 : LOCKS)
  writer.raw(digestBytes(hello.digest)).u8(flags | more)
  if (cookie !== '') writer.raw(digestBytes(cookie))
  if (heads !== undefined) writer.raw(digestBytes(heads))
  if (certificate !== undefined) writeCertificate(writer, certificate)
  if (locks !== undefined) writeLocks(writer, locks)
  writer.raw(exactly(hello.nonce, NONCE_BYTES)).raw(exactly(hello.pub, KEY_BYTES))
}

const writeCertificate = (writer: ByteWriter, certificate: string): void => {
  const bytes = fromBase64url(certificate)
  if (!bytes || bytes.length === 0 || bytes.length > LIMITS.certificateBytes)
    throw new FieldmeshError('wire-malformed', `A certificate has 1 to ${LIMITS.certificateBytes} bytes.`)
  writer.varint(bytes.length).raw(bytes)
}

const writeLocks = (writer: ByteWriter, locks: readonly string[]): void => {
  if (locks.length === 0 || locks.length > MOST_LOCKS)
    throw new FieldmeshError('wire-malformed', `A hello names 1 to ${MOST_LOCKS} locks.`)
  writer.u8(locks.length)
  for (const lock of locks) writer.raw(digestBytes(lock))
}

const readLocks = (reader: ByteReader): string[] => {
  const count = reader.u8()
  if (count === 0 || count > MOST_LOCKS) throw new BytesMalformed(`${count} locks`)
  return Array.from({ length: count }, () => readDigest(reader))
}

const readCertificate = (reader: ByteReader): string => {
  const length = reader.varint()
  if (length === 0 || length > LIMITS.certificateBytes) throw new BytesMalformed(`a certificate of ${length} bytes`)
  return base64url(reader.raw(length))
}

const writeAuth = (writer: ByteWriter, { mac, signature }: Auth): void => {
  writer.raw(exactly(mac, MAC_BYTES)).raw(exactly(signature, SIGNATURE_BYTES))
}

const readAuth = (reader: ByteReader): Auth => ({
  kind: 'auth',
  mac: base64url(reader.raw(MAC_BYTES)),
  signature: base64url(reader.raw(SIGNATURE_BYTES)),
})

/** The bytes of base64url text that stands for so many. */
const exactly = (text: string, length: number): Uint8Array => {
  const bytes = fromBase64url(text)
  if (bytes?.length === length) return bytes
  throw new FieldmeshError('wire-malformed', `Not ${length} bytes of base64url.`)
}

/** The protocol comes first and alone decides: a later one may change everything behind it. */
const readHello = (reader: ByteReader): DecodedControl => {
  const protocol = reader.varint()
  if (protocol !== PROTOCOL) return no('wire-version', `protocol ${protocol}, ours is ${PROTOCOL}`)
  const [peerId, epoch, digest] = [readId(reader), reader.varint(), readDigest(reader)]
  const flags = readFlags(reader, COOKIE | HEADS | CERTIFICATE | LOCKS)
  return finish(reader, {
    kind: 'hello',
    protocol,
    peerId,
    epoch,
    digest,
    cookie: flags & COOKIE ? readDigest(reader) : '',
    ...(flags & HEADS ? { heads: readDigest(reader) } : {}),
    ...(flags & CERTIFICATE ? { certificate: readCertificate(reader) } : {}),
    ...(flags & LOCKS ? { locks: readLocks(reader) } : {}),
    nonce: base64url(reader.raw(NONCE_BYTES)),
    pub: base64url(reader.raw(KEY_BYTES)),
  })
}

const writeVector = (writer: ByteWriter, { base, clock, pull, lock }: VectorMessage): void => {
  const authors = Object.keys(clock).sort()
  if (authors.length > LIMITS.vectorAuthors) throw new FieldmeshError('wire-too-large', `${authors.length} authors.`)
  writer.u8((pull ? PULL : 0) | (base === '' ? 0 : DELTA) | (lock ? LOCK : 0))
  if (base !== '') writer.raw(digestBytes(base))
  if (lock) writeLock(writer, lock)
  writer.varint(authors.length)
  for (const author of authors) {
    const seq = clock[author] ?? 0
    if (seq === 0) throw new FieldmeshError('wire-malformed', 'A vector names an author of nothing.')
    writeId(writer, author)
    writer.varint(seq)
  }
}

const writeLock = (writer: ByteWriter, { epoch, secret, by, sig }: LockMessage): void => {
  if (epoch === 0) throw new FieldmeshError('wire-malformed', 'The first lock is the room’s own.')
  writer.varint(epoch).raw(exactly(secret, KEY_BYTES)).raw(exactly(by, KEY_BYTES)).raw(exactly(sig, SIGNATURE_BYTES))
}

const readLock = (reader: ByteReader): LockMessage => ({
  epoch: readSeq(reader),
  secret: base64url(reader.raw(KEY_BYTES)),
  by: base64url(reader.raw(KEY_BYTES)),
  sig: base64url(reader.raw(SIGNATURE_BYTES)),
})

const readVector = (reader: ByteReader): VectorMessage => {
  const flags = readFlags(reader, PULL | DELTA | LOCK)
  const base = flags & DELTA ? readDigest(reader) : ''
  const lock = flags & LOCK ? readLock(reader) : undefined
  const count = reader.varint()
  if (count > LIMITS.vectorAuthors) throw new BytesMalformed(`${count} authors`)
  if (count * AUTHOR_BYTES > reader.left) throw new BytesMalformed(`${count} authors in ${reader.left} bytes`)
  const clock: [author: string, seq: number][] = []
  for (let last = ''; clock.length < count; ) {
    const author = readId(reader)
    if (author <= last) throw new BytesMalformed('authors are not in strict order')
    clock.push([author, readSeq(reader)])
    last = author
  }
  // fromEntries defines own properties: an author called `__proto__` stays an author.
  return { kind: 'vector', base, clock: Object.fromEntries(clock), pull: (flags & PULL) !== 0, ...(lock && { lock }) }
}

const writeId = (writer: ByteWriter, id: string): void => {
  if (id.length === 0 || id.length > LIMITS.idLength)
    throw new FieldmeshError('wire-malformed', `An id has 1 to ${LIMITS.idLength} characters.`)
  writer.text(id)
}

const readId = (reader: ByteReader): string => {
  const id = reader.text(LIMITS.idLength)
  if (id === '') throw new BytesMalformed('an id is empty')
  return id
}

const readSeq = (reader: ByteReader): number => {
  const seq = reader.varint()
  if (seq === 0) throw new BytesMalformed('a seq is 0')
  return seq
}

const readFlags = (reader: ByteReader, known: number): number => {
  const flags = reader.u8()
  if (flags & ~known) throw new BytesMalformed('an unknown flag is set')
  return flags
}

const readReason = (reader: ByteReader): ByeReason => {
  const reason = BYE_REASONS[reader.u8()]
  if (reason === undefined) throw new BytesMalformed('an unknown reason to leave')
  return reason
}

const digestBytes = (digest: string): Uint8Array => {
  if (!DIGEST.test(digest)) throw new FieldmeshError('wire-malformed', 'A digest has 16 lowercase hex digits.')
  return Uint8Array.from({ length: DIGEST_BYTES }, (_, i) => Number.parseInt(digest.slice(2 * i, 2 * i + 2), 16))
}

const readDigest = (reader: ByteReader): string =>
  Array.from(reader.raw(DIGEST_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('')

const finish = (reader: ByteReader, message: ControlMessage): DecodedControl => {
  reader.end()
  return { ok: true, message }
}

const no = (fault: FaultCode, reason: string): DecodedControl => ({ ok: false, fault, reason })
