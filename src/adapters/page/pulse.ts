import { type CallbackActorLogic, type EventObject, fromCallback } from 'xstate'
import type { PulseFact, PulseInput } from '#machines/ports'
import { type WallClock, wallClock } from './clock.ts'
import { startTicker } from './ticker.ts'

export interface PulseOptions {
  readonly clock?: WallClock
  /** Stops the beat, whatever became of the actor. */
  readonly signal?: AbortSignal
}

/** Late by this many intervals, the machine slept or the tab was frozen: nobody may be judged by this beat. */
const LATE_INTERVALS = 2

/** A beat every `everyMs`; one that came two intervals late or more is `pulse.late` instead. */
export const createPulse = ({
  clock = wallClock,
  signal,
}: PulseOptions = {}): CallbackActorLogic<EventObject, PulseInput> =>
  fromCallback<EventObject, PulseInput>(({ input: { everyMs }, sendBack }) => {
    const tell: (fact: PulseFact) => void = sendBack
    if (signal?.aborted) return undefined
    const stop = startTicker(clock, everyMs, (lateMs) =>
      tell(lateMs >= LATE_INTERVALS * everyMs ? { type: 'pulse.late', lateMs } : { type: 'pulse.beat' }),
    )
    signal?.addEventListener('abort', stop, { once: true })
    return () => {
      signal?.removeEventListener('abort', stop)
      stop()
    }
  })
