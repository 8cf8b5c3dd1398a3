/**
 * A journal: the durable, append-only home of one device's entries, as segments of bytes
 * (each a batch in the form of `wire/entry-codec`), with a few small values beside it.
 * Implemented over localForage (browser) and in memory (tests); anybody may bring another.
 */
export interface Journal {
  /**
   * Appends one or several batches, all or nothing. Resolves when durable (strict: on disk). Rejects with
   * FieldmeshError `storage-full` or `storage-failed`; then they are not there, or `readAll` shows they are.
   */
  append(...batches: Uint8Array[]): Promise<void>
  /**
   * Every batch in the order of appending, from position `from` (default 0, the first).
   * A merged segment that reaches into the range comes whole: more than asked for, never less.
   */
  readAll(from?: number): AsyncIterable<Uint8Array>
  /** Number of batches appended so far; compaction does not change it. */
  length(): Promise<number>
  /**
   * Merges small segments into larger ones, or does nothing: then a long log is read more slowly. Content and order
   * stay. Safe to be killed at any moment.
   */
  compact(): Promise<void>
  /** Small durable values: the device's id, cursors of peers. */
  getMeta(key: string): Promise<unknown>
  setMeta(key: string, value: unknown): Promise<void>
  entriesMeta(prefix: string): Promise<[key: string, value: unknown][]>
  deleteMeta(key: string): Promise<void>
  /** Closes the database; later calls reject with `storage-failed`. */
  close(): Promise<void>
}

/** Opens the journal of one store by name; rejects with `storage-missing` or `storage-failed`. */
export type OpenJournal = (name: string) => Promise<Journal>
