import type { TransportCommand, TransportFact, TransportInput } from '#machines/ports'
import type { Depot } from '#wire/depot-types'
import type { MessageKind, Ticket } from '#wire/messages'
import { type CallbackActorLogic, createActor, setup } from 'xstate'

/** A whole message as it came out of the depot. */
export interface Received {
  readonly kind: MessageKind
  readonly bytes: Uint8Array | undefined
}

/** One transport under a parent that records its facts and digests what arrives, as the charts do. */
export interface Side {
  readonly input: TransportInput
  readonly depot: Depot
  readonly facts: TransportFact[]
  readonly received: Received[]
  send(command: TransportCommand): void
  /** All facts of one type so far. */
  of<T extends TransportFact['type']>(type: T): Extract<TransportFact, { type: T }>[]
  stop(): void
}

interface Options {
  readonly logic: CallbackActorLogic<TransportCommand, TransportInput>
  readonly input: TransportInput
  readonly depot: Depot
  /** Called for every fact after it was recorded. */
  readonly onFact?: (fact: TransportFact, side: Side) => void
  /** False leaves whole messages in the depot, as a slow disk would. */
  readonly digests?: () => boolean
}

const parentOf = (logic: Options['logic'], input: TransportInput, hear: (fact: TransportFact) => void) =>
  setup({ actors: { transport: logic }, types: { events: {} as TransportFact } }).createMachine({
    invoke: { id: 'transport', src: 'transport', input },
    on: { '*': { actions: ({ event }) => hear(event) } },
  })

/** Takes whole messages out of the depot: of one chunk at once, of several when the last one came. */
const createDigester = (depot: Depot, received: Received[]) => {
  const open = new Map<number, { ticket: Ticket; kind: MessageKind; missing: number }>()
  const take = (ticket: Ticket, kind: MessageKind) => received.push({ kind, bytes: depot.take(ticket) })
  return (fact: TransportFact): void => {
    if (fact.type === 'link.message') take(fact.ticket, fact.kind)
    if (fact.type === 'link.messageOpened') open.set(fact.msgId, { ...fact, missing: fact.total - 1 })
    const message = fact.type === 'link.chunk' ? open.get(fact.msgId) : undefined
    if (fact.type !== 'link.chunk' || !message) return
    message.missing -= 1
    if (message.missing > 0) return
    open.delete(fact.msgId)
    take(message.ticket, message.kind)
  }
}

export const createSide = ({ logic, input, depot, onFact, digests = () => true }: Options): Side => {
  const received: Received[] = []
  const digest = createDigester(depot, received)
  const facts: TransportFact[] = []
  const actor = createActor(
    parentOf(logic, input, (fact) => {
      facts.push(fact)
      if (digests()) digest(fact)
      onFact?.(fact, side)
    }),
  )
  const side: Side = {
    input,
    depot,
    facts,
    received,
    send: (command) => actor.getSnapshot().children.transport?.send(command),
    of: <T extends TransportFact['type']>(type: T) =>
      facts.filter((fact): fact is Extract<TransportFact, { type: T }> => fact.type === type),
    stop: () => actor.stop(),
  }
  actor.start()
  return side
}
