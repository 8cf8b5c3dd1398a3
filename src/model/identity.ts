import { base64url } from './base64url.ts'
import { FieldmeshError } from './fault.ts'

const PEER_ID = /^[A-Za-z0-9_-]{21}[AQgw]$/

/**
 * A device's id: 16 random bytes as 22 characters of base64url.
 * @throws FieldmeshError `options-invalid` for another number of bytes
 */
export const makePeerId = (random: Uint8Array): string => {
  if (random.length !== 16) throw new FieldmeshError('options-invalid', 'A device’s id is made from 16 random bytes.')
  return base64url(random)
}

/** True for text as `makePeerId` makes it. */
export const isPeerId = (value: unknown): value is string => typeof value === 'string' && PEER_ID.test(value)
