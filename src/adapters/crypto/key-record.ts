interface PublicPart {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

/** A private key that the platform hands out to nobody. */
export interface KeptRecord extends PublicPart {
  readonly kind: 'kept'
  readonly privateKey: CryptoKey
}

/** The seed of a key under a key that the platform hands out to nobody. */
export interface WrappedRecord extends PublicPart {
  readonly kind: 'wrapped'
  readonly iv: Uint8Array
  readonly box: Uint8Array
  readonly wrapping: CryptoKey
}

/** The seed of a key under a key that is made from a PIN. */
export interface PinRecord extends PublicPart {
  readonly kind: 'pin'
  readonly iv: Uint8Array
  readonly box: Uint8Array
  readonly salt: Uint8Array
  readonly rounds: number
}

/** How the key of a device lies in a vault. */
export type KeyRecord = KeptRecord | WrappedRecord | PinRecord

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array
/** As the property says: the class is missing where a database copied it to another realm. */
const isKey = (value: unknown): value is CryptoKey =>
  typeof value === 'object' && value !== null && 'algorithm' in value && 'usages' in value

/** A record as it was read; undefined for what is none, as after damage. */
export const parseKeyRecord = (value: unknown): KeyRecord | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { kind, publicKey, privateKey, iv, box, wrapping, salt, rounds } = value as Record<string, unknown>
  if (!isBytes(publicKey) || publicKey.length !== 32) return undefined
  if (kind === 'kept') return isKey(privateKey) ? { kind, publicKey, privateKey } : undefined
  if (!isBytes(iv) || !isBytes(box)) return undefined
  if (kind === 'wrapped') return isKey(wrapping) ? { kind, publicKey, iv, box, wrapping } : undefined
  const isPin = kind === 'pin' && isBytes(salt) && Number.isSafeInteger(rounds)
  return isPin ? { kind, publicKey, iv, box, salt, rounds: rounds as number } : undefined
}
