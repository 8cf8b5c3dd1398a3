import { createHmac } from 'node:crypto'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import type { IceServer } from '#wire/signaling'

/** A TURN server that shares a secret with us, such as coturn with `use-auth-secret` and `static-auth-secret`. */
export interface TurnOptions {
  /** Its addresses, such as `turn:turn.example.org:3478?transport=udp`. */
  readonly urls: string | readonly string[]
  /** Known to us and to it, never to a device. */
  readonly secret: string
  /** How long credentials are good for, s; 24 hours by default, for devices that stay connected for a day. */
  readonly ttlSeconds?: number
}

const DEFAULT_TTL_S = 86_400
/** A year: longer is no limit in time. */
const MOST_TTL_S = 31_622_400

const isTurnUrl = (url: unknown): boolean =>
  typeof url === 'string' && /^turns?:[^\s]+$/.test(url) && url.length <= LIMITS.signalingProofLength

/** @throws FieldmeshError `options-invalid` */
export const checkTurn = ({ urls, secret, ttlSeconds = DEFAULT_TTL_S }: TurnOptions): void => {
  const all = [urls].flat()
  if (all.length === 0 || all.length > LIMITS.iceServers || !all.every(isTurnUrl))
    throw new FieldmeshError('options-invalid', 'turn.urls takes addresses such as turn:turn.example.org:3478.')
  if (typeof secret !== 'string' || secret === '')
    throw new FieldmeshError('options-invalid', 'turn.secret takes the secret that the TURN server knows.')
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > MOST_TTL_S)
    throw new FieldmeshError('options-invalid', `turn.ttlSeconds takes a whole number from 1 to ${MOST_TTL_S}.`)
}

/**
 * Credentials that end by themselves, by the TURN REST convention (draft-uberti-behave-turn-rest-00): the username is
 * the time of the end (s since 1970) and the device, the password its HMAC-SHA1 by the shared secret. The TURN server
 * works both out again, so nothing is kept anywhere.
 *
 * @param now ms since 1970
 */
export const turnCredentials = (
  { urls, secret, ttlSeconds = DEFAULT_TTL_S }: TurnOptions,
  peer: string,
  now: number,
): Required<IceServer> => {
  const username = `${Math.floor(now / 1000) + ttlSeconds}:${peer}`
  return { urls, username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}
