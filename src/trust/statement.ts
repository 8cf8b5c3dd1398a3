const encoder = new TextEncoder()

/** UTF-8. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text)

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const lengthOf = (part: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, part.length)
  return bytes
}

/**
 * What is signed, as bytes: a label that is used for nothing else, and each part after its length (uint32, big-endian).
 * Two statements are the same bytes only where label and all parts are: nothing signed for one purpose serves another.
 */
export const statement = (label: string, ...parts: readonly (Uint8Array | string)[]): Uint8Array => {
  const each = [label, ...parts].map((part) => (typeof part === 'string' ? utf8(part) : part))
  return concat(...each.flatMap((part) => [lengthOf(part), part]))
}
