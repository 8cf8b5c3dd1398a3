import type { MessageKind, Ticket } from '#wire/messages'

/** One message of several chunks. JSON; its bytes rest in the depot under the ticket. */
export interface ReassemblyInput {
  readonly msgId: number
  readonly ticket: Ticket
  readonly kind: MessageKind
  /** Chunks it is made of, from 2 up. The depot has checked that no chunk comes twice or out of turn. */
  readonly total: number
}

export interface ReassemblyContext extends ReassemblyInput {
  /** Chunks that rest in the depot. */
  readonly received: number
  /** How many there were at the last look. */
  readonly seen: number
}

/** A further chunk of the message rests in the depot. The one that opened it is counted already. */
export type ReassemblyEvent = { readonly type: 'chunk.received' }

/** How it ended: `complete`, take the bytes by the ticket; `abandoned`, drop the ticket and ask for the message again. */
export type ReassemblyOutput =
  | { readonly outcome: 'complete'; readonly ticket: Ticket; readonly kind: MessageKind }
  | {
      readonly outcome: 'abandoned'
      readonly ticket: Ticket
      readonly kind: MessageKind
      readonly fault: 'message-stalled'
    }
