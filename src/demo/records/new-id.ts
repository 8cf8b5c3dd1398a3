const ALPHABET = '0123456789abcdefghijkmnpqrstuvwxyz'
const LENGTH = 14

/** An id for a new record: 14 characters that can be read out; 70 random bits, so devices never meet. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
