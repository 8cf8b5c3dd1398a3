import type { TransportCommand, TransportFact } from '#machines/ports'
import { createDepot } from '#wire/depot'
import type { Depot } from '#wire/depot-types'
import { type ChannelName, type MessageKind, PRIORITY, type Priority, type Ticket } from '#wire/messages'
import { present } from '../insist.ts'
import { type Listened, listen } from '../listen.ts'
import type { LinkPlaces, LinkRole } from './link-harness.ts'

export const CONN_ID = 'attempt-1'
/** Epochs of the two ends: told in offers and answers. */
export const EPOCHS = { dialer: 7, answerer: 11 } as const

/** A whole message as it came out of the depot. */
export interface Received {
  readonly kind: MessageKind
  readonly bytes: Uint8Array | undefined
}

/** One end of an attempt under test, which digests what arrives, as the charts do. */
export interface LinkEnd extends Listened<TransportCommand, TransportFact> {
  readonly role: LinkRole
  readonly depot: Depot
  readonly received: readonly Received[]
  /** Bytes of all frames that came out of the channels. */
  readonly arrived: number
  /** False: whole messages stay in the depot, as with a slow disk; true again: they are digested at once. */
  readonly digest: (on: boolean) => void
  /** Rests bytes and orders them sent. */
  readonly transmit: (
    bytes: Uint8Array,
    options?: { readonly priority?: Priority; readonly channel?: ChannelName },
  ) => Ticket
}

/** Takes whole messages out of the depot: of one chunk at once, of several when the last one came. */
const createDigester = (depot: Depot) => {
  const open = new Map<number, { readonly ticket: Ticket; readonly kind: MessageKind; missing: number }>()
  const waiting: { readonly ticket: Ticket; readonly kind: MessageKind }[] = []
  const received: Received[] = []
  let isOn = true
  const take = (message: { readonly ticket: Ticket; readonly kind: MessageKind }): void => {
    if (isOn) received.push({ kind: message.kind, bytes: depot.take(message.ticket) })
    else waiting.push(message)
  }
  const grow = (msgId: number): void => {
    const message = open.get(msgId)
    if (!message) return
    message.missing -= 1
    if (message.missing > 0) return
    open.delete(msgId)
    take(message)
  }
  return {
    received,
    hear: (fact: TransportFact): void => {
      if (fact.type === 'link.message') take(fact)
      if (fact.type === 'link.messageOpened') open.set(fact.msgId, { ...fact, missing: fact.total - 1 })
      if (fact.type === 'link.chunk') grow(fact.msgId)
    },
    turn: (on: boolean): void => {
      isOn = on
      if (on) for (const message of waiting.splice(0)) take(message)
    },
  }
}

/** The depot of an end, which counts what arrives. */
const createCountingDepot = (counted: { bytes: number }, onArrival: () => void): Depot => {
  const depot = createDepot()
  const deposit = depot.deposit.bind(depot)
  return Object.assign(depot, {
    deposit: (owner: string, frame: Uint8Array) => {
      counted.bytes += frame.length
      onArrival()
      return deposit(owner, frame)
    },
  })
}

export interface LinkEndOptions {
  readonly places: LinkPlaces
  readonly role: LinkRole
  readonly onFact: (fact: TransportFact) => void
  /** A frame came out of a channel of this end. */
  readonly onArrival?: () => void
}

export const createLinkEnd = ({ places, role, onFact, onArrival = () => {} }: LinkEndOptions): LinkEnd => {
  const counted = { bytes: 0 }
  const depot = createCountingDepot(counted, onArrival)
  const digester = createDigester(depot)
  const other = role === 'dialer' ? 'answerer' : 'dialer'
  const listened = listen<
    TransportCommand,
    TransportFact,
    { peerId: string; connId: string; epoch: number; role: LinkRole }
  >(places.transport(role, depot), { peerId: other, connId: CONN_ID, epoch: EPOCHS[role], role }, (fact) => {
    digester.hear(fact)
    onFact(fact)
  })
  return {
    ...listened,
    role,
    depot,
    received: digester.received,
    get arrived() {
      return counted.bytes
    },
    digest: digester.turn,
    transmit: (bytes, { priority = PRIORITY.live, channel = 'bulk' } = {}) => {
      const ticket = present(depot.put(CONN_ID, bytes), 'room in the depot')
      listened.send({ type: 'transport.send', ticket, kind: 'entries', channel, priority })
      return ticket
    },
  }
}
