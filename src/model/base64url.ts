const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Bytes as unpadded base64url text (RFC 4648 §5). */
export const base64url = (bytes: Uint8Array): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const digits = Math.min(4, Math.ceil(((bytes.length - i) * 8) / 6))
    for (let d = 0; d < digits; d++) text += ALPHABET[(triple >> (18 - 6 * d)) & 63]
  }
  return text
}

const DIGITS = new Map(Array.from(ALPHABET, (digit, value) => [digit, value]))

/**
 * The bytes of unpadded base64url text; undefined for text that `base64url` does not make: another alphabet, padding,
 * a lone digit, or bits beyond the last byte.
 */
export const fromBase64url = (text: string): Uint8Array | undefined => {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8))
  let bits = 0
  let held = 0
  let at = 0
  for (const character of text) {
    const digit = DIGITS.get(character)
    if (digit === undefined) return undefined
    held = ((held << 6) | digit) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 255
    }
  }
  const rest = held & ((1 << bits) - 1)
  return bits < 6 && rest === 0 ? bytes : undefined
}
