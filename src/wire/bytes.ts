import { FieldmeshError } from '#model/fault'

const utf8 = new TextEncoder()
// ignoreBOM keeps a leading U+FEFF, which a decoder otherwise drops: the text would silently differ.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The internal signal of `ByteReader`: the bytes are not what they should be. Never leaves a codec. */
export class BytesMalformed extends Error {}

/** UTF-8 of well-formed text; a lone surrogate is refused with `wire-malformed`, where TextEncoder would alter it. */
export const toUtf8 = (text: string): Uint8Array => {
  if (!text.isWellFormed()) throw new FieldmeshError('wire-malformed', 'A lone surrogate has no UTF-8.')
  return utf8.encode(text)
}

/** Strict UTF-8: throws BytesMalformed on anything that is not, changes nothing else. */
export const fromUtf8 = (bytes: Uint8Array): string => {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    throw new BytesMalformed('text is not UTF-8')
  }
}

const FIRST_CAPACITY = 64

/** Writes big-endian numbers, varints, text and bytes into a buffer that grows; numbers out of range throw `wire-malformed`. */
export class ByteWriter {
  #bytes: Uint8Array
  #view: DataView
  #length = 0

  /** @param capacity bytes expected: no more need be moved when they come */
  constructor(capacity = FIRST_CAPACITY) {
    this.#bytes = new Uint8Array(capacity)
    this.#view = new DataView(this.#bytes.buffer)
  }

  get length(): number {
    return this.#length
  }

  u8(value: number): this {
    inRange(value, 0xff)
    return this.#put8(value)
  }

  u16(value: number): this {
    inRange(value, 0xffff)
    const at = this.#room(2)
    this.#view.setUint16(at, value)
    return this
  }

  u32(value: number): this {
    inRange(value, 0xffffffff)
    const at = this.#room(4)
    this.#view.setUint32(at, value)
    return this
  }

  /** LEB128 of a whole number from 0 to 2^53−1: 1 to 8 bytes. */
  varint(value: number): this {
    inRange(value, Number.MAX_SAFE_INTEGER)
    let rest = value
    while (rest >= 0x80) {
      this.#put8((rest % 0x80) | 0x80)
      rest = Math.floor(rest / 0x80)
    }
    return this.#put8(rest)
  }

  raw(bytes: Uint8Array): this {
    const at = this.#room(bytes.length)
    this.#bytes.set(bytes, at)
    return this
  }

  /**
   * Text with its length. Well-formed text goes as UTF-8; text with a lone surrogate goes as UTF-16, so that an
   * id that only JSON can carry arrives unaltered. The lowest bit of the length tells which.
   */
  text(value: string): this {
    if (!value.isWellFormed()) return this.#units(value)
    const bytes = utf8.encode(value)
    return this.varint(bytes.length * 2).raw(bytes)
  }

  /** What was written, without a copy: the writer is not to be used afterwards. */
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #put8(value: number): this {
    // First make room: it may put another view in place.
    const at = this.#room(1)
    this.#view.setUint8(at, value)
    return this
  }

  #units(value: string): this {
    this.varint(value.length * 4 + 1)
    for (let i = 0; i < value.length; i++) this.u16(value.charCodeAt(i))
    return this
  }

  #room(size: number): number {
    const at = this.#length
    this.#length += size
    if (this.#length > this.#bytes.length) this.#grow()
    return at
  }

  #grow(): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length))
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}

/** Reads what `ByteWriter` wrote and nothing else: one encoding per value, never beyond the end. Throws BytesMalformed. */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.#bytes.length - this.#at
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2))
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4))
  }

  /** 0 to 2^53−1; a longer form of a number that has a shorter one is malformed. */
  varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.u8()
      value += (byte & 0x7f) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new BytesMalformed('a number is beyond 2^53−1')
      if (byte < 0x80) {
        if (byte === 0 && scale > 1) throw new BytesMalformed('a number is padded')
        return value
      }
      if (scale > MAX_SCALE) throw new BytesMalformed('a number is too long')
    }
  }

  /** The next bytes, as a view of the input. */
  raw(length: number): Uint8Array {
    const at = this.#take(length)
    return this.#bytes.subarray(at, at + length)
  }

  /** Text of at most `maxUnits` UTF-16 code units. */
  text(maxUnits: number): string {
    const header = this.varint()
    const length = Math.floor(header / 2)
    // UTF-8 takes at most three bytes for one code unit: refused before anything is decoded.
    if (length > maxUnits * 3) throw new BytesMalformed('a text is too long')
    const value = header % 2 === 0 ? fromUtf8(this.raw(length)) : this.#units(length)
    if (value.length > maxUnits) throw new BytesMalformed('a text is too long')
    return value
  }

  /** Nothing may follow. */
  end(): void {
    if (this.left > 0) throw new BytesMalformed(`${this.left} bytes too many`)
  }

  #units(length: number): string {
    if (length % 2 !== 0) throw new BytesMalformed('half a code unit')
    const units: number[] = []
    for (let i = 0; i < length; i += 2) units.push(this.u16())
    const value = String.fromCharCode(...units)
    if (value.isWellFormed()) throw new BytesMalformed('well-formed text in the form for other text')
    return value
  }

  #take(size: number): number {
    const at = this.#at
    if (size > this.left) throw new BytesMalformed(`ends ${size - this.left} bytes early`)
    this.#at = at + size
    return at
  }
}

/** 2^49 is the scale of the eighth byte, the last that a number below 2^53 may have. */
const MAX_SCALE = 2 ** 42

const inRange = (value: number, max: number): void => {
  if (!Number.isSafeInteger(value) || value < 0 || value > max)
    throw new FieldmeshError('wire-malformed', `${value} is not a whole number from 0 to ${max}.`)
}
