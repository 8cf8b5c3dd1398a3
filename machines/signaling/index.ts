export { signalingLaws } from './signaling.laws.ts'
export { signalingMachine } from './signaling.machine.ts'
export type {
  PeerLeftReason,
  SignalingCommand,
  SignalingContext,
  SignalingEvent,
  SignalingInput,
  SignalingReport,
} from './signaling.types.ts'
export { type SignalingView, signalingView } from './signaling.view.ts'
