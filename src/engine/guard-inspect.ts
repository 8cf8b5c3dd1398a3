import type { InspectionEvent } from 'xstate'
import type { InspectOption, Logger } from './types.ts'

/** XState calls inspectors in the midst of a transition: one that throws is logged, and harms neither actors nor others. */
export const guardInspect = (inspect: InspectOption, logger: Logger): ((event: InspectionEvent) => void) => {
  const tell = typeof inspect === 'function' ? inspect : (event: InspectionEvent) => inspect.next?.(event)
  return (event) => {
    try {
      tell(event)
    } catch (error) {
      logger.error('an inspector threw', error)
    }
  }
}
