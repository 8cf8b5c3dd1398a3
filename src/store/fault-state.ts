import type { FaultCode } from '#model/fault'
import { createListeners } from './listeners.ts'

/** The storage fault that holds now, with listeners on its edges. */
export interface FaultState {
  readonly fault: FaultCode | undefined
  /** The disk refused, or took it again. */
  set(fault: FaultCode | undefined): void
  /** A fault that stays: shown whenever no other is. */
  keep(fault: FaultCode): void
  onFault(listener: (fault: FaultCode | undefined) => void): () => void
}

/** No fault yet. */
export const createFaultState = (): FaultState => {
  const listeners = createListeners<FaultCode | undefined>()
  let passing: FaultCode | undefined
  let lasting: FaultCode | undefined
  const change = (apply: () => void): void => {
    const before = passing ?? lasting
    apply()
    const after = passing ?? lasting
    if (after !== before) listeners.tell(after)
  }
  return {
    get fault() {
      return passing ?? lasting
    },
    set: (fault) =>
      change(() => {
        passing = fault
      }),
    keep: (fault) =>
      change(() => {
        lasting = fault
      }),
    onFault: listeners.add,
  }
}
