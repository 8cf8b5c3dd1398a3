import type { Dot, Entry } from '#model/entry'
import type { CertificateLink } from './certificate.types.ts'

/**
 * Who belongs to a room. `secret-only`: whoever has its secret, for good. `tofu` (trust on first use): whoever has its
 * secret, until any member removes the device. `certified`: devices with a certificate of an admin.
 */
export type Policy = 'secret-only' | 'tofu' | 'certified'

/** `admin` admits and removes devices, and writes; `member` writes; `reader` reads. */
export type Role = 'admin' | 'member' | 'reader'

/** What is known of a device that belongs to the room. */
export interface Member {
  readonly peerId: string
  readonly role: Role
  /** ms since 1970; absent where the policy knows no certificates. */
  readonly from?: number
  /** ms since 1970, no longer in force at this time; absent like `from`. */
  readonly until?: number
  /** As an admin confirmed it; in rooms without certificates as the device calls itself. */
  readonly name?: string
  /** Public key, base64url. */
  readonly key?: string
  /** The device that issued the certificate, or `root`. */
  readonly by?: string
}

/**
 * Why an entry is kept and passed on, but left out of every view. `removed`: above the cutoff of its author.
 * `expired`: outside of every certificate of its author. `not-member`: its author has none, or has none yet. `reader`:
 * its author may not write. Of control entries: `not-admin`, its author may not decide this; `pending`, what its author
 * had seen is not here yet; `malformed`, it says nothing.
 */
export type QuarantineReason = 'removed' | 'expired' | 'not-member' | 'reader' | 'not-admin' | 'pending' | 'malformed'

export type Verdict = 'in-force' | { readonly quarantined: QuarantineReason }

/** Who belongs to a room, as the control entries held say: a function of their set alone. Immutable. */
export interface Membership {
  readonly policy: Policy
  /**
   * The device at a time, if it belongs to the room then; clocks may be five minutes apart, so it is the most that the
   * device was within five minutes. Undefined for a removed device, whatever the time.
   *
   * @param at ms since 1970
   */
  memberAt(peerId: string, at: number): Member | undefined
  /** Device → the last seq of it that counts. */
  readonly removed: ReadonlyMap<string, number>
  /** Control entries of (former) admins that wait for others which their writers had seen; by author and seq. */
  readonly pending: readonly Dot[]
  /** Every device that was ever admitted, or introduced itself, removed ones too; sorted. */
  readonly known: readonly string[]
  verdict(entry: Entry): Verdict
  /** What the device shows to those who have not heard of it; undefined without one, or where it takes too many links. */
  certificateOf(peerId: string, at: number): readonly CertificateLink[] | undefined
  /** What the next control entry of this device says it has seen. */
  seenBy(peerId: string): Readonly<Record<string, number>>
  /** Authors whose entries may be judged otherwise than by the other membership; of equal policy and root. */
  changedSince(before: Membership): readonly string[]
}
