import type { FaultCode } from '#model/fault'
import { decodeControl } from '#wire/control-codec'
import type { Depot, DepositOutcome } from '#wire/depot-types'
import { createIntake } from '#wire/intake'
import type { Credit, ChannelName, ControlMessage, MessageKind } from '#wire/messages'
import type { SteadyClock } from '../steady-clock.ts'
import type { Facts } from './facts.ts'

type Deposited = Exclude<DepositOutcome, { is: 'refused' }>
/** What travels as a fact, and the credit that never leaves the adapter. */
export type SmallMessage = Exclude<ControlMessage, { kind: 'vector' }>

interface Options {
  readonly connId: string
  readonly depot: Depot
  readonly facts: Facts
  readonly clock: Pick<SteadyClock, 'now'>
  /** Something arrived, whatever it was. */
  readonly onHeard: () => void
  /** Bytes arrived on `bulk`, refused or not: they left the sender's window. */
  readonly onBulk: (bytes: number) => void
  readonly onCredit: (credit: Credit) => void
  readonly onPong: (id: number) => void
}

const SMALL: ReadonlySet<MessageKind> = new Set<SmallMessage['kind']>([
  'hello',
  'auth',
  'ping',
  'pong',
  'credit',
  'bye',
])

/** The bytes of a channel's message; undefined for text or a Blob, which no device of ours sends. */
const frameOf = (data: unknown): Uint8Array | undefined => {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return undefined
}

/** Turns frames into facts: the depot keeps the bytes, small messages travel whole, refusals are counted. */
export const createReceiver = (options: Options): ((channel: ChannelName, data: unknown) => void) => {
  const { connId, depot, facts } = options
  const intake = createIntake(() => options.clock.now())

  const tell = (message: SmallMessage): void => {
    if (message.kind === 'pong') options.onPong(message.id)
    if (message.kind === 'credit') options.onCredit(message)
    else facts.tell({ type: 'link.said', message })
  }

  /** The message of a chunk, or why there is none: a small message fits one chunk, and is what its header says. */
  const read = ({ ticket, kind, total }: Deposited): SmallMessage | FaultCode => {
    if (total !== 1) {
      depot.drop(ticket)
      return 'wire-malformed'
    }
    const bytes = depot.take(ticket)
    const decoded = bytes && decodeControl(bytes)
    if (!decoded?.ok) return decoded?.fault ?? 'wire-malformed'
    const { message } = decoded
    return message.kind === kind && message.kind !== 'vector' ? message : 'wire-malformed'
  }

  const announce = ({ is, msgId, ticket, kind, total }: Deposited): void => {
    if (is === 'opened') facts.tell({ type: 'link.messageOpened', msgId, ticket, kind, total })
    else if (total === 1) facts.tell({ type: 'link.message', ticket, kind })
    else facts.tell({ type: 'link.chunk', msgId })
  }

  const settle = (outcome: Deposited): void => {
    if (!SMALL.has(outcome.kind)) {
      announce(outcome)
      return
    }
    const small = read(outcome)
    if (typeof small === 'string') facts.refuse(small, 'link')
    else tell(small)
  }

  /** More than anybody has to say: not looked at, and laid to whoever says it. */
  const admit = (outcome: Deposited, bytes: number): void => {
    if (intake.admits({ ...outcome, bytes })) {
      settle(outcome)
      return
    }
    depot.drop(outcome.ticket)
    facts.refuse('wire-limit', 'link')
  }

  return (channel, data) => {
    if (facts.over) return
    options.onHeard()
    const frame = frameOf(data)
    if (!frame) {
      facts.refuse('wire-malformed', 'link')
      return
    }
    const outcome = depot.deposit(connId, frame)
    if (channel === 'bulk') options.onBulk(frame.length)
    if (outcome.is !== 'refused') admit(outcome, frame.length)
    else if (outcome.fault === 'depot-full') facts.refuse(outcome.fault)
    // Late chunks of a message that our side gave up are no offense of the other's.
    else if (outcome.fault !== 'message-stalled') facts.refuse(outcome.fault, 'link')
  }
}
