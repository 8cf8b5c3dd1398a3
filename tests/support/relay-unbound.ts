import { type AnyEventObject, type CallbackActorLogic, type CallbackLogicFunction, fromCallback } from 'xstate'
import type { TransportCommand, TransportFact, TransportInput } from '#machines/ports'

type TransportLogic = CallbackActorLogic<TransportCommand, TransportInput>

/** Of no connection in particular. */
const ANY = 'A'.repeat(43)

const unbind = (fact: TransportFact): TransportFact =>
  fact.type === 'link.opened' ? { ...fact, fingerprints: { ours: ANY, theirs: ANY } } : fact

/**
 * The control of every test with a relay: a transport that tells the charts the same certificates for every link. What
 * the two devices sign is then their nonces, their keys and the room, all as before, and nothing of the connection.
 */
export const unbound = (logic: TransportLogic): TransportLogic => {
  const start = logic.config as CallbackLogicFunction<TransportCommand, AnyEventObject, TransportInput>
  return fromCallback<TransportCommand, TransportInput>((seat) =>
    start({ ...seat, sendBack: (fact) => seat.sendBack(unbind(fact as TransportFact)) }),
  )
}
