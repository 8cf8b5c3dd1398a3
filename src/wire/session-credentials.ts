import { FieldmeshError } from '#model/fault'
import { BytesMalformed, type ByteReader, type ByteWriter } from './bytes.ts'

/** ice-char of RFC 8839, §5.4; each is six bits here. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const DIGITS = new Map(Array.from(ALPHABET, (digit, value) => [digit, value]))
/** Characters of each (RFC 8839, §5.4). */
const UFRAG = { least: 4, most: 256 }
const PWD = { least: 22, most: 256 }

interface Bounds {
  readonly least: number
  readonly most: number
}

const packedLength = (characters: number): number => Math.ceil((characters * 6) / 8)

/** First the length beyond the least, then six bits for each character, zeros at the end. */
const write = (writer: ByteWriter, text: string, { least, most }: Bounds): void => {
  const values = Array.from(text, (character) => DIGITS.get(character))
  if (text.length < least || text.length > most || values.includes(undefined))
    throw new FieldmeshError('wire-malformed', `ICE credentials have ${least} to ${most} letters, digits, + and /.`)
  const bytes = new Uint8Array(packedLength(text.length))
  values.forEach((value = 0, i) => {
    const bit = i * 6
    const pair = value << (10 - (bit & 7))
    const at = bit >> 3
    bytes[at] = (bytes[at] ?? 0) | (pair >> 8)
    if (at + 1 < bytes.length) bytes[at + 1] = (bytes[at + 1] ?? 0) | (pair & 255)
  })
  writer.u8(text.length - least).raw(bytes)
}

const read = (reader: ByteReader, { least, most }: Bounds): string => {
  const length = reader.u8() + least
  if (length > most) throw new BytesMalformed(`ICE credentials of ${length} characters`)
  const bytes = reader.raw(packedLength(length))
  const spare = bytes.length * 8 - length * 6
  if ((bytes.at(-1) ?? 0) & ((1 << spare) - 1)) throw new BytesMalformed('bits after the ICE credentials')
  return Array.from({ length }, (_, i) => {
    const at = (i * 6) >> 3
    const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    return ALPHABET[(pair >> (10 - ((i * 6) & 7))) & 63]
  }).join('')
}

/** @throws FieldmeshError `wire-malformed` */
export const writeUfrag = (writer: ByteWriter, ufrag: string): void => write(writer, ufrag, UFRAG)
/** @throws FieldmeshError `wire-malformed` */
export const writePwd = (writer: ByteWriter, pwd: string): void => write(writer, pwd, PWD)
/** Throws BytesMalformed. */
export const readUfrag = (reader: ByteReader): string => read(reader, UFRAG)
/** Throws BytesMalformed. */
export const readPwd = (reader: ByteReader): string => read(reader, PWD)
