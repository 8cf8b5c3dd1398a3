import { LIMITS } from '#model/limits'
import type { MessageKind } from './messages.ts'

/** Number of every kind of message on the wire. Never reuse one. */
const NUMBERS = {
  hello: 1,
  vector: 2,
  ping: 3,
  pong: 4,
  credit: 5,
  bye: 6,
  auth: 7,
  entries: 16,
} as const satisfies Record<MessageKind, number>

const KINDS: ReadonlyMap<number, MessageKind> = new Map(
  (Object.keys(NUMBERS) as MessageKind[]).map((kind) => [NUMBERS[kind], kind]),
)

/** The number of a kind on the wire. */
export const kindNumber = (kind: MessageKind): number => NUMBERS[kind]

/** The kind of a number; undefined for one that this version does not know. */
export const kindOf = (number: number): MessageKind | undefined => KINDS.get(number)

/** Bytes that a message of this kind may have, on the wire and inflated alike. */
export const messageLimit = (kind: MessageKind): number =>
  kind === 'entries' ? LIMITS.inflatedBytes : LIMITS.controlBytes
