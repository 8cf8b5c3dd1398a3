import type { CertificateClaim } from './certificate.types.ts'

/** The resource type of control entries. Their record id is the device that they are about. */
export const MEMBER_TYPE = '$member'

interface ControlBase {
  /** Who wrote it, and where in his log. */
  readonly author: string
  readonly seq: number
  /** ms since 1970, as its author says. */
  readonly timestamp: number
  /** The device that it is about. */
  readonly subject: string
  /** Author → seq of the latest control entry of it that the writer had seen, and all that one had seen. */
  readonly seen: ReadonlyMap<string, number>
  /** Signature by the root key, base64url: then it counts by itself, whoever wrote it down, or not at all. */
  readonly rootSig?: string
  /** What the root key is said to have signed here, as a text; the same for every copy. With `rootSig`. */
  readonly rootWord?: string
}

/** Admits a device, or renews it, or gives it another role. */
export interface Certify extends ControlBase, CertificateClaim {
  readonly op: 'certify'
  /** By the device that wrote it, for use outside of the log; where the root key signed, `rootSig` again. */
  readonly sig: string
}

/** Removes a device: what it wrote after `cutoff` is out of force. */
export interface Remove extends ControlBase {
  readonly op: 'remove'
  readonly cutoff: number
  readonly why?: string
}

/** A device says its name and key, in rooms without certificates. */
export interface Introduce extends ControlBase {
  readonly op: 'introduce'
  readonly key: string
  readonly name: string
}

export type Control = Certify | Remove | Introduce
