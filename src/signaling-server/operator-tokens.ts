import { type CryptoKey, importJWK, type JWK, jwtVerify } from 'jose'
import { FieldmeshError } from '#model/fault'
import type { TokenVerdict, VerifyToken } from './join-checks.ts'

export interface OperatorTokenOptions {
  /** A secret of at least 32 bytes for HS256, or a public JWK as JSON: Ed25519 (EdDSA) or P-256 (ES256). */
  readonly key: string
  /** Refuses devices that send none. */
  readonly isRequired: boolean
  /** Tokens are for this audience (`aud`) only; by default `aud` is not looked at. */
  readonly audience?: string
}

interface Key {
  readonly algorithms: string[]
  readonly key: CryptoKey | Uint8Array
}

const SECRET_BYTES = 32
/** Two servers' clocks are never quite the same, s. */
const CLOCK_TOLERANCE_S = 5

const wrongKey = (says: string): FieldmeshError => new FieldmeshError('options-invalid', `operatorKey: ${says}`)

const algorithmsOf = ({ kty, crv }: JWK): string[] => {
  if (kty === 'OKP' && crv === 'Ed25519') return ['EdDSA', 'Ed25519']
  if (kty === 'EC' && crv === 'P-256') return ['ES256']
  throw wrongKey('a public JWK of Ed25519 or P-256 is wanted.')
}

const jwkIn = (text: string): JWK | undefined => {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as JWK
  } catch {
    throw wrongKey('this is not JSON.')
  }
}

const readKey = async (text: string): Promise<Key> => {
  const jwk = jwkIn(text)
  if (jwk === undefined) {
    const secret = new TextEncoder().encode(text)
    if (secret.length < SECRET_BYTES) throw wrongKey(`a secret has at least ${SECRET_BYTES} bytes.`)
    return { algorithms: ['HS256'], key: secret }
  }
  if ('d' in jwk) throw wrongKey('give the public half; the private one belongs to whoever makes the tokens.')
  const algorithms = algorithmsOf(jwk)
  try {
    return { algorithms, key: await importJWK(jwk, algorithms[0] ?? '') }
  } catch (cause) {
    throw new FieldmeshError('options-invalid', 'operatorKey: this JWK cannot be used.', { cause })
  }
}

/** Genuine tokens that are not good now, or not here, are told apart from those that nobody we know has signed. */
const verdictOf = (error: unknown): TokenVerdict => {
  const { code, claim } = error as { readonly code?: unknown; readonly claim?: unknown }
  if (code === 'ERR_JWT_EXPIRED' || claim === 'nbf') return 'token-expired'
  return claim === 'aud' ? 'auth-required' : 'bad-proof'
}

/**
 * Checks tokens (JWT, RFC 7519) by the operator's key: `exp` must be there, `nbf` and `aud` hold, and `room`, where a
 * token names one, is the room's id.
 *
 * @throws FieldmeshError `options-invalid` for a key that is none
 */
export const createTokenVerifier = async (options: OperatorTokenOptions): Promise<VerifyToken> => {
  const { isRequired, audience } = options
  const { key, algorithms } = await readKey(options.key.trim())
  const rules = {
    algorithms,
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_TOLERANCE_S,
    ...(audience !== undefined && { audience }),
  }
  return async (token, { room }) => {
    if (token === undefined) return isRequired ? 'auth-required' : 'ok'
    try {
      const { payload } = await jwtVerify(token, key, rules)
      return payload['room'] === undefined || payload['room'] === room ? 'ok' : 'auth-required'
    } catch (error) {
      return verdictOf(error)
    }
  }
}
