import { fromBase64url } from '#model/base64url'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import type { Policy } from './membership.types.ts'

/** A room's secret text, taken apart. */
export interface RoomSecret {
  /** 43 characters of base64url, or words that people made up: those are of `secret-only` rooms alone. */
  readonly secret: string
  readonly policy: Policy
  /** The founder's public key (Ed25519), base64url: what certificates begin at. With `certified`, and only with it. */
  readonly root?: string
}

const KEY_BYTES = 32
const SUFFIXED = /^([A-Za-z0-9_-]{43})\.(.*)$/s

const isKey = (text: string): boolean => fromBase64url(text)?.length === KEY_BYTES

const refused = (detail: string): FieldmeshError => new FieldmeshError('room-invalid', detail)

const checkText = (text: unknown): string => {
  if (typeof text === 'string' && text.length > 0 && text.length <= LIMITS.idLength && text.isWellFormed()) return text
  throw refused(`A room’s secret has 1 to ${LIMITS.idLength} characters.`)
}

/**
 * Takes a room's secret text apart. The policy stands in it, behind a dot after the 43 characters, and the room's keys
 * are made from all of it: whoever takes the policy away, or changes the founder's key, is in another room.
 *
 * @throws FieldmeshError `room-invalid`, also for 43 characters and a dot that no policy follows: a room with less
 *   protection than was meant must not open by a typing error
 * @example
 * parseRoomSecret('AAEC…Hh8') // { secret: 'AAEC…Hh8', policy: 'secret-only' }
 * parseRoomSecret('AAEC…Hh8.t').policy // 'tofu'
 * parseRoomSecret('AAEC…Hh8.c11qY…URo') // { secret: 'AAEC…Hh8', policy: 'certified', root: '11qY…URo' }
 */
export const parseRoomSecret = (text: string): RoomSecret => {
  const [, secret, suffix] = SUFFIXED.exec(checkText(text)) ?? []
  if (secret === undefined || suffix === undefined) return { secret: text, policy: 'secret-only' }
  if (!isKey(secret)) throw refused('What stands before the dot is not 32 bytes.')
  if (suffix === 't') return { secret, policy: 'tofu' }
  const root = suffix.slice(1)
  if (!suffix.startsWith('c') || !isKey(root)) throw refused('What stands behind the dot is no policy.')
  return { secret, policy: 'certified', root }
}

/** What follows the secret: nothing, `.t`, or `.c` and the founder's key. */
export const suffixOf = ({ policy, root = '' }: RoomSecret): string => {
  if (policy === 'secret-only') return ''
  return policy === 'tofu' ? '.t' : `.c${root}`
}

/**
 * The text of a room's secret: what `parseRoomSecret` reads.
 *
 * @throws FieldmeshError `room-invalid` where no text means this: a policy with words for a secret, a founder's key
 *   that is none, or is given without `certified`
 */
export const formatRoomSecret = (room: RoomSecret): string => {
  const text = checkText(`${room.secret}${suffixOf(room)}`)
  const read = parseRoomSecret(text)
  if (read.secret === room.secret && read.policy === room.policy && read.root === room.root) return text
  throw refused('A policy needs a secret of 32 bytes, and a founder’s key stands with certificates alone.')
}
