import type { EventObject } from 'xstate'
import { port } from '../kit/port.ts'
import type {
  BanInput,
  ProverCommand,
  ProverInput,
  PulseInput,
  ReplicatorCommand,
  ReplicatorInput,
  TransportCommand,
  TransportInput,
} from '../ports.ts'

/** The empty seats of a peer. */
export const syncPeerPorts = {
  /** One attempt at a link; its clean-up closes it. */
  transport: port<TransportCommand, TransportInput>(),
  /** Who is at the other end: signs and checks the handshake, while the link is open. */
  prover: port<ProverCommand, ProverInput>(),
  /** What to say to the device and what to do with what it says, while the link is open. */
  replicator: port<ReplicatorCommand, ReplicatorInput>(),
  /** Until when the device is left alone, in people’s time, while it is banned. */
  ban: port<EventObject, BanInput>(),
  /** The heartbeat's clock. */
  pulse: port<EventObject, PulseInput>(),
}
