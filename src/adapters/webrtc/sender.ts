import { LIMITS } from '#model/limits'
import type { TransportCommand } from '#machines/ports'
import { encodeControl } from '#wire/control-codec'
import { createCreditWindow } from '#wire/credit'
import { packBytes } from '#wire/deflate'
import type { Depot } from '#wire/depot-types'
import { type ChannelName, type Credit, PRIORITY, type Ticket } from '#wire/messages'
import { createSendQueue, messageIds } from '#wire/send-queue'
import type { SteadyClock } from '../steady-clock.ts'
import type { Channels } from './connection.ts'
import type { Facts } from './facts.ts'
import { createOutlet, type Outlet } from './outlet.ts'
import type { SmallMessage } from './receiver.ts'

export type SendCommand = Extract<TransportCommand, { type: 'transport.send' }>

/** What leaves by both channels: small messages, and bytes by ticket. */
export interface Sender {
  readonly say: (message: SmallMessage) => void
  /**
   * Takes the bytes of a ticket out of the depot and queues them. A ticket without bytes, or a queue that is full
   * although it said when it was writable, is a fault of ours: the link fails as `internal`, and the next one
   * starts from the other side's vector, so that nothing counts as sent that was not.
   */
  readonly send: (command: SendCommand) => void
  /** The other side took bulk bytes. */
  readonly credited: (credit: Credit) => void
  /** The channels are open. */
  readonly pump: () => void
  readonly stop: () => void
}

interface Options {
  readonly channels: Channels
  readonly depot: Depot
  readonly clock: SteadyClock
  readonly facts: Facts
}

/** Small messages have no ticket: nobody waits to hear that they went. */
const NO_TICKET: Ticket = ''

export const createSender = ({ channels, depot, clock, facts }: Options): Sender => {
  const nextMsgId = messageIds()
  const credit = createCreditWindow()

  const finished = (ticket: Ticket): void => {
    if (ticket !== NO_TICKET) facts.tell({ type: 'link.sent', ticket })
  }
  const writable = (): void => facts.tell({ type: 'link.writable' })
  const shared = { clock, facts, onFinished: finished }
  const outlets: Readonly<Record<ChannelName, Outlet>> = {
    ctl: createOutlet({
      ...shared,
      channel: channels.ctl,
      queue: createSendQueue({ nextMsgId }),
      budget: () => Number.POSITIVE_INFINITY,
      onSent: () => {},
      onLow: () => {},
    }),
    bulk: createOutlet({
      ...shared,
      channel: channels.bulk,
      queue: createSendQueue({ nextMsgId }),
      budget: () => credit.budget(),
      onSent: (bytes) => credit.sent(bytes, clock.now()),
      onLow: writable,
    }),
  }

  const fail = (): void => facts.end({ type: 'link.failed', fault: 'internal' })

  return {
    say: (message) => {
      const bytes = encodeControl(message)
      const queued = { ticket: NO_TICKET, kind: message.kind, priority: PRIORITY.control, bytes, deflated: false }
      // Only a side that takes nothing any more lets thousands of small messages pile up.
      if (!outlets.ctl.queue.push(queued)) facts.end({ type: 'link.failed', fault: 'link-silent' })
      outlets.ctl.pump()
    },
    send: ({ ticket, kind, channel, priority }) => {
      const raw = depot.take(ticket)
      const { queue, pump } = outlets[channel]
      if (!raw || !queue.push({ ticket, kind, priority, ...packBytes(raw) })) return fail()
      // The queue tells when it becomes low; where it never stopped being so, nobody else would.
      const isLow = queue.bytes < LIMITS.batchBytes
      pump()
      if (isLow && channel === 'bulk') writable()
    },
    credited: ({ received }) => {
      const fault = credit.acked(received, clock.now())
      if (fault) facts.refuse(fault, 'link')
      outlets.bulk.pump()
    },
    pump: () => {
      outlets.ctl.pump()
      outlets.bulk.pump()
    },
    stop: () => {
      outlets.ctl.stop()
      outlets.bulk.stop()
    },
  }
}
