import type { EventObject } from 'xstate'
import { port, request } from '../kit/port.ts'
import type { LeadershipInput, OpenedStore, PresenceInput, StorageInput } from '../ports.ts'

/** The empty seats of the engine. */
export const syncEnginePorts = {
  leadership: port<EventObject, LeadershipInput>(),
  presence: port<EventObject, PresenceInput>(),
  storageHealth: port<{ type: never }, StorageInput>(),
  /** Opens journal, identity and replica of the store; rejects with a FieldmeshError. */
  openStore: request<OpenedStore, StorageInput>(),
  /** Finishes what is being written and closes; with nothing open it does nothing. */
  closeStore: request<void, StorageInput>(),
}
