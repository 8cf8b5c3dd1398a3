import type { Entry } from '#model/entry'
import type { Admission } from '#trust/membership/describe-admission'
import type { Policy, Role } from '#trust/membership/membership.types'

/** One device of the room, for people. */
export interface MemberView {
  readonly peerId: string
  /** As an admin confirmed it, or as the device calls itself; '' where nobody named it. */
  readonly name: string
  /** Of its key, to be compared by eye: 25 digits and two check digits. Absent where its key is not known here. */
  readonly fingerprint?: string
  /**
   * `member`: it belongs to the room. `waiting`: it has the room’s secret and asks to be admitted. `expired`: its
   * certificate is over. `removed`: for good; it can come back only with a new key.
   */
  readonly standing: 'member' | 'waiting' | 'expired' | 'removed'
  /** Absent where it was never admitted. */
  readonly role?: Role
  /** Its certificate, ms since 1970; absent in rooms without certificates. */
  readonly from?: number
  readonly until?: number
  /** The device that admitted it, or `root`: the founder’s key. */
  readonly by?: string
  readonly isSelf: boolean
  /** Its entries that are kept here and left out of every record: written after its removal, or without being allowed to. */
  readonly quarantined: number
}

/** What an admin lets a device be. */
export interface Admitting {
  readonly role: Role
  /** 1 to 64 characters that can all be seen. */
  readonly name: string
}

/** Who belongs to the room, and who decides it. */
export interface Members {
  /** `secret-only` rooms have no list of their own: those devices are shown that were met. */
  readonly policy: Policy
  /** Devices by standing (waiting first), then name; the same array until something in it changes. */
  list(): readonly MemberView[]
  /** True where this device may admit and remove others. */
  readonly mayDecide: boolean
  /**
   * What `admit` would sign, to be confirmed by a person.
   *
   * @throws FieldmeshError `options-invalid` for a name that cannot be shown, `member-unknown` for a device whose key is
   *   not known here
   */
  describe(peerId: string, admitting: Admitting): Admission
  /**
   * Admits a device for 90 days, renews it, or gives it another role. Resolves when durable here; it travels like an
   * entry. Rejects as `describe` throws, and with `member-not-admin`.
   */
  admit(peerId: string, admitting: Admitting): Promise<Entry>
  /**
   * Removes a device for good: what it writes from now on is left out of every record, and no device that has heard of
   * it links to it. What the device holds already stays on it.
   *
   * Rejects with FieldmeshError `member-not-admin`, `member-unknown`.
   */
  remove(peerId: string, why?: string): Promise<Entry>
  /**
   * Rotates the room's secret: old invitations let nobody in any more, and `engine.room.secret` is the new one. Devices
   * that belong to the room are handed it when they are linked. Resolves when durable here.
   *
   * Rejects with FieldmeshError `member-not-admin` where devices are admitted, and for a device that does not belong to
   * the room.
   */
  rotateSecret(): Promise<void>
}
