import type { Dot, Json } from './entry.ts'

/** A value that lost against the winner of its field, kept until a person resolves. */
export interface ConflictingValue {
  readonly value: Json
  readonly dot: Dot
  /** ms since 1970, of the write. */
  readonly timestamp: number
}

/** One field of a record: the winning value, and the others while they are concurrent and different. */
export interface FieldView {
  readonly value: Json
  readonly dot: Dot
  readonly conflict?: readonly ConflictingValue[]
}

/** One record as all its applied entries make it. */
export interface RecordView {
  readonly resourceType: string
  readonly id: string
  /** False once deleted and not edited concurrently. */
  readonly alive: boolean
  /** True where one device edited while another deleted: alive, and a person should look. */
  readonly editedWhileDeleted?: boolean
  readonly fields: Readonly<Record<string, FieldView>>
  /** The winning values alone. */
  readonly value: Readonly<Record<string, Json>>
}

/** One conflict that a person should resolve. `field` is `$alive` for edit against delete. */
export interface ConflictView {
  readonly resourceType: string
  readonly id: string
  readonly field: string
  readonly winner: ConflictingValue
  readonly others: readonly ConflictingValue[]
}
