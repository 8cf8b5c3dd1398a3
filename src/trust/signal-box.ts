import { base64url, fromBase64url } from '#model/base64url'
import { concat } from './statement.ts'

/** First byte of every box. */
const VERSION = 1
export const SESSION_BYTES = 16
const SEQ_BYTES = 6
export const IV_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + SESSION_BYTES + SEQ_BYTES + IV_BYTES

/** What a box is made of: version ‖ session ‖ seq ‖ iv ‖ ciphertext and tag, as base64url. */
export interface SignalBox {
  /** Of the sender's run, 16 bytes. */
  readonly session: Uint8Array
  /** Number within the session, below 2⁴⁸. */
  readonly seq: number
  /** 12 bytes. */
  readonly iv: Uint8Array
  readonly sealed: Uint8Array
}

/** A number below 2⁴⁸ as 6 bytes, big-endian. */
export const uint48 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(SEQ_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(value / 2 ** 32))
  view.setUint32(2, value % 2 ** 32)
  return bytes
}

const numberOf = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2)
}

export const writeBox = ({ session, seq, iv, sealed }: SignalBox): string =>
  base64url(concat(Uint8Array.of(VERSION), session, uint48(seq), iv, sealed))

/** undefined for what is no box at all. */
export const readBox = (text: string): SignalBox | undefined => {
  const bytes = fromBase64url(text)
  if (bytes === undefined || bytes.length < HEAD_BYTES + TAG_BYTES || bytes[0] !== VERSION) return undefined
  const seqAt = 1 + SESSION_BYTES
  const ivAt = seqAt + SEQ_BYTES
  return {
    session: bytes.slice(1, seqAt),
    seq: numberOf(bytes.subarray(seqAt, ivAt)),
    iv: bytes.slice(ivAt, HEAD_BYTES),
    sealed: bytes.slice(HEAD_BYTES),
  }
}
