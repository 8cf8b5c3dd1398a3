import { LIMITS } from '#model/limits'
import { createDepot } from '#wire/depot'
import type { Ticket } from '#wire/messages'
import { wall } from '../wall.ts'
import { type PipeOptions, piecesOf } from './pipe.ts'

/** What goes through our own pipes: batches out of the depot there, and into the depot here, where they are taken. */
export interface Cargo {
  readonly depot: ReturnType<typeof createDepot>
  /** So many bytes are to go. */
  load(total: number): void
  /** Rests the next batch; undefined when nothing is left. */
  next(owner: string): Ticket | undefined
  take(ticket: Ticket): void
  readonly received: (total: number) => Promise<number>
}

export const createCargo = (payload: PipeOptions['payload']): Cargo => {
  const depot = createDepot()
  const batch = piecesOf(payload, LIMITS.batchBytes)
  let left = 0
  let came = 0
  let look = (): void => {}
  return {
    depot,
    load: (total) => {
      left = total
    },
    next: (owner) => {
      if (left <= 0) return undefined
      left -= LIMITS.batchBytes
      return depot.put(owner, batch())
    },
    take: (ticket) => {
      came += depot.take(ticket)?.length ?? 0
      look()
    },
    received: (total) =>
      new Promise((resolve) => {
        look = () => {
          if (came >= total) resolve(wall())
        }
        look()
      }),
  }
}
