const DIGITS = [10, 100, 1_000, 10_000, 100_000, 1_000_000]
/** Such as `-0.0000010000000323455512`: sign, zeros, and 17 digits. */
const LONGEST_NUMBER = 25

const numberBytes = (number: number): number => {
  if (!Number.isInteger(number) || number < 0) return LONGEST_NUMBER
  for (let at = 0; at < DIGITS.length; at++) if (number < (DIGITS[at] ?? 0)) return at + 1
  return number < 1e13 ? 13 : LONGEST_NUMBER
}

/** UTF-8 bytes of the text as JSON writes it; more rather than fewer: a lone surrogate, escaped, is the dearest. */
const textBytes = (text: string): number => {
  let bytes = text.length + 2
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x20) bytes += 5
    else if (unit === 0x22 || unit === 0x5c) bytes += 1
    else if (unit >= 0x7f) bytes += unit >= 0xd800 && unit < 0xe000 ? 5 : 2
  }
  return bytes
}

/** Bytes of something that is JSON, written without spaces: never fewer than it takes, and few more. */
export const jsonBytes = (value: unknown): number => {
  switch (typeof value) {
    case 'string':
      return textBytes(value)
    case 'number':
      return numberBytes(value)
    case 'object':
      return value === null ? 4 : containerBytes(value)
    default:
      return 5
  }
}

const containerBytes = (value: object): number => {
  let bytes = 2
  if (Array.isArray(value)) {
    for (const item of value) bytes += jsonBytes(item) + 1
    return bytes
  }
  const fields = value as Readonly<Record<string, unknown>>
  for (const key in fields) {
    const field = fields[key]
    if (field !== undefined) bytes += textBytes(key) + 2 + jsonBytes(field)
  }
  return bytes
}
