import { LIMITS } from '#model/limits'
import { createCreditCounter } from '#wire/credit'
import type { Depot } from '#wire/depot-types'
import type { Credit } from '#wire/messages'
import type { SteadyClock } from '../steady-clock.ts'

/**
 * Beyond half of what the depot takes, credit waits until some was digested: a device that sends by the rules is
 * slowed down, never refused for being faster than our disk.
 */
const HOLD_PEER_BYTES = LIMITS.peerBytes / 2
const HOLD_DEPOT_BYTES = LIMITS.depotBytes / 2
/** Nobody tells when bytes are digested: held credit is looked at again this often, ms. */
const POLL_MS = 50

interface Options {
  readonly connId: string
  readonly depot: Depot
  readonly clock: SteadyClock
  readonly say: (credit: Credit) => void
}

/** Receiving side of credit: tells the sender how much arrived, while there is room for more. */
export interface CreditGiver {
  readonly received: (bytes: number) => void
  readonly stop: () => void
}

export const createCreditGiver = ({ connId, depot, clock, say }: Options): CreditGiver => {
  const counter = createCreditCounter()
  let due: number | undefined
  let poll: unknown

  const hasRoom = (): boolean => depot.bytesOf(connId) < HOLD_PEER_BYTES && depot.bytes < HOLD_DEPOT_BYTES

  const stop = (): void => {
    clock.clearTimeout(poll)
    poll = undefined
  }

  const look = (): void => {
    stop()
    if (due === undefined) return
    if (!hasRoom()) {
      poll = clock.setTimeout(look, POLL_MS)
      return
    }
    const received = due
    due = undefined
    say({ kind: 'credit', received })
  }

  return {
    received: (bytes) => {
      due = counter.received(bytes) ?? due
      look()
    },
    stop,
  }
}
