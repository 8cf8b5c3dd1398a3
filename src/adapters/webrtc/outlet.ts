import { LIMITS } from '#model/limits'
import type { Ticket } from '#wire/messages'
import type { Outgoing, SendQueue } from '#wire/send-queue'
import type { SteadyClock } from '../steady-clock.ts'
import type { Facts } from './facts.ts'

/** `bufferedamountlow` never fired in one stack: a channel that waits is looked at again this often, ms. */
const POLL_MS = 50
/** A channel that throws on an open link is full or broken; after this many tries in a row (1 s) it is broken. */
const MAX_THROWS = 20

interface Options {
  readonly channel: RTCDataChannel
  readonly queue: SendQueue
  readonly clock: SteadyClock
  readonly facts: Facts
  /** Bytes that the other side still takes. */
  readonly budget: () => number
  readonly onSent: (bytes: number) => void
  readonly onFinished: (ticket: Ticket) => void
  /** The queue fell below one batch. */
  readonly onLow: () => void
}

/** The way out of one channel: its queue, emptied under the receiver's budget and the channel's own buffer. */
export interface Outlet {
  readonly queue: SendQueue
  /** Hands over as many frames as may go now. */
  readonly pump: () => void
  /** Lets go of the timer and of everything queued. */
  readonly stop: () => void
}

export const createOutlet = (options: Options): Outlet => {
  const { channel, queue, clock, facts } = options
  /** A frame that left the queue and that the channel would not take. */
  let held: Outgoing | undefined
  let throws = 0
  let poll: unknown

  const rest = (): void => {
    if (poll === undefined) poll = clock.setTimeout(wake, POLL_MS)
  }

  const wake = (): void => {
    clock.clearTimeout(poll)
    poll = undefined
    pump()
  }

  const hand = (outgoing: Outgoing): boolean => {
    try {
      // A copy of its own by construction (chunkAt), so never a view of shared memory.
      channel.send(outgoing.frame as Uint8Array<ArrayBuffer>)
      throws = 0
      return true
    } catch {
      held = outgoing
      throws += 1
      if (throws >= MAX_THROWS) facts.end({ type: 'link.failed', fault: 'link-failed' })
      else rest()
      return false
    }
  }

  const account = ({ frame, finished, becameLow }: Outgoing): void => {
    options.onSent(frame.length)
    if (finished !== undefined) options.onFinished(finished)
    if (becameLow) options.onLow()
  }

  const take = (): Outgoing | undefined => {
    const again = held
    held = undefined
    return again ?? queue.next(options.budget())
  }

  const pump = (): void => {
    // Thrown back a moment ago: only time or the channel's own event is a reason to try again.
    if (held && poll !== undefined) return
    while (channel.readyState === 'open' && !facts.over) {
      if (!held && queue.messages === 0) return
      if (channel.bufferedAmount >= LIMITS.channelHighBytes) {
        rest()
        return
      }
      const outgoing = take()
      if (!outgoing || !hand(outgoing)) return
      account(outgoing)
    }
  }

  channel.bufferedAmountLowThreshold = LIMITS.channelLowBytes
  channel.onbufferedamountlow = wake
  return {
    queue,
    pump,
    stop: () => {
      clock.clearTimeout(poll)
      poll = undefined
      held = undefined
      queue.clear()
    },
  }
}
