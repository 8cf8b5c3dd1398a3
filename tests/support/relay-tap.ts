import { createDepot } from '#wire/depot'
import type { MessageKind } from '#wire/messages'

/** What a relay has seen of what two devices say to each other. */
export interface RelayTap {
  /** @param stream one channel of one connection, one way */
  readonly note: (stream: string, frame: Uint8Array) => void
  /** Of every whole message, in order. */
  readonly kinds: readonly MessageKind[]
  /** Everything that could be read: each frame as it was, and each message as it is meant. */
  readonly text: () => string
}

/** Reads along: as any device does, it puts messages together and inflates them. */
export const createRelayTap = (): RelayTap => {
  const depot = createDepot()
  const kinds: MessageKind[] = []
  const read: Uint8Array[] = []
  return {
    kinds,
    note: (stream, frame) => {
      read.push(frame.slice())
      const outcome = depot.deposit(stream, frame.slice())
      if (outcome.is !== 'completed') return
      kinds.push(outcome.kind)
      read.push(depot.take(outcome.ticket) ?? new Uint8Array())
    },
    text: () => read.map((bytes) => new TextDecoder('latin1').decode(bytes)).join('\n'),
  }
}
