import type { FaultCode } from '#model/fault'
import type { MessageKind, Ticket } from './messages.ts'

/** What a chunk was to the depot. `opened` and `grew`: more is to come; `completed`: the message is whole. */
export type DepositOutcome =
  | {
      readonly is: 'opened' | 'grew' | 'completed'
      readonly msgId: number
      readonly ticket: Ticket
      readonly kind: MessageKind
      readonly total: number
      readonly index: number
    }
  | { readonly is: 'refused'; readonly fault: FaultCode; readonly reason: string }

/**
 * Bytes by ticket (claim check): actors carry tickets, the depot carries bytes.
 * An owner is a link attempt; its limits are `peerBytes`, `openMessagesPerPeer`; all together `depotBytes`.
 */
export interface Depot {
  /** Rests a whole message of ours; undefined when the depot is full. */
  put(owner: string, bytes: Uint8Array): Ticket | undefined
  /** One received frame: checked, stored, never thrown at. */
  deposit(owner: string, frame: Uint8Array): DepositOutcome
  /** Takes the bytes out (inflated if they were deflated: then at most `inflatedBytes`); undefined if absent or damaged. */
  take(ticket: Ticket): Uint8Array | undefined
  /** Forgets one message, whole or half received. */
  drop(ticket: Ticket): void
  /** Forgets everything of an owner. */
  dropAll(owner: string): void
  /** For status, metrics and tests of the bounds. */
  readonly bytes: number
  bytesOf(owner: string): number
  openMessages(owner: string): number
}
