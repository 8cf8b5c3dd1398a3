import type { FaultCode } from '#model/fault'
import type { JoinClaim, JoinProof } from './join-proof.ts'

/** A box that was opened, or why it is refused. */
export type Opened =
  | { readonly ok: true; readonly plain: Uint8Array }
  | { readonly ok: false; readonly fault: FaultCode }

/** What a socket needs of the keys: it never sees one. */
export interface SocketTrust {
  /** Shows the server that this device belongs to the room. */
  readonly prove: (claim: JoinClaim) => Promise<JoinProof>
  /** The box for a signal to a device. */
  readonly seal: (to: string, plain: Uint8Array) => Promise<string>
  /** What a device put into a box, once. */
  readonly open: (from: string, box: string) => Promise<Opened>
}
