import type { FaultCode } from '#model/fault'
import type { TransportFact } from '#machines/ports'

type LastWord = Extract<TransportFact, { type: 'link.failed' | 'link.closed' }>

/** The one door through which facts leave: it counts refusals, and says nothing after the last word. */
export interface Facts {
  tell(fact: TransportFact): void
  /** Counts a refusal of what came in, and tells it; `over` the link, or by a signal, or for want of room of ours. */
  refuse(fault: FaultCode, over?: 'link'): void
  /** The link is over: tells so once; later facts are swallowed. */
  end(fact: LastWord): void
  /** The chart has let go of us: nothing leaves any more. */
  silence(): void
  readonly over: boolean
}

export const createFacts = (sendBack: (fact: TransportFact) => void): Facts => {
  let over = false
  let refusals = 0
  const tell = (fact: TransportFact): void => {
    if (!over) sendBack(fact)
  }
  return {
    tell,
    refuse: (fault, over) => {
      refusals += 1
      tell({ type: 'link.refused', fault, count: refusals, ...(over && { over }) })
    },
    end: (fact) => {
      tell(fact)
      over = true
    },
    silence: () => {
      over = true
    },
    get over() {
      return over
    },
  }
}
