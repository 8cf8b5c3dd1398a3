/** One thing that an adapter promises, as a test without a framework. */
export interface ContractCase {
  /** Stable, to be cited: `LINK-3`. */
  readonly id: string
  /** The promise, in words. */
  readonly says: string
  /** Resolves where the promise is kept; rejects with words where it is not. Frees what it made, either way. */
  readonly run: () => Promise<void>
}

/**
 * Resolves once `holds`; rejects with `what` when it took too long. Brought by the tester: a simulation turns its
 * clock meanwhile, the real world waits for events.
 */
export type Until = (what: string, holds: () => boolean | Promise<boolean>) => Promise<void>
