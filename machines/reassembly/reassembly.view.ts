import type { SnapshotFrom } from 'xstate'
import type { FaultCode } from '#model/fault'
import type { MessageKind } from '#wire/messages'
import type { reassemblyMachine } from './reassembly.machine.ts'

/** One message on its way in, for people and inspectors. */
export interface ReassemblyView {
  readonly state: 'receiving' | 'stalled' | 'complete' | 'abandoned'
  readonly msgId: number
  readonly kind: MessageKind
  /** Chunks here, of `total`. */
  readonly received: number
  readonly total: number
  readonly fault?: FaultCode
}

export const reassemblyView = (snapshot: SnapshotFrom<typeof reassemblyMachine>): ReassemblyView => {
  const { msgId, kind, received, total } = snapshot.context
  const view = { state: snapshot.value, msgId, kind, received, total }
  return snapshot.matches('abandoned') ? { ...view, fault: 'message-stalled' } : view
}
