import { type FaultCode, toFieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { VectorClock } from '#model/vector-clock'
import type { Journal } from './journal.ts'
import { createListeners } from './listeners.ts'
import { loadPages, type PeerPage, pageKey, writePage } from './peer-book.ts'
import type { Ledger } from './replica-store.types.ts'

export interface LedgerOptions {
  /** For the delay before changes are written. */
  readonly clock: { setTimeout(task: () => void, ms: number): unknown; clearTimeout(id: unknown): void }
  /** A page that cannot be read, changes that could not be written, an announcement beyond the limits. */
  readonly onFault?: (fault: FaultCode) => void
  /** Bounds of the book; `LIMITS` by default. */
  readonly limits?: { readonly peers: number; readonly pairs: number }
}

/** Acknowledgments come many a second, and losing the last ones costs only a resend. */
const WRITE_AFTER_MS = 1_000

const isSame = (a: VectorClock, b: VectorClock): boolean => a.compare(b) === 'equal'

/** Pages in the order they were last heard of, within the bounds. */
const createBook = (pages: Map<string, PeerPage>, limits: { readonly peers: number; readonly pairs: number }) => {
  let pairs = 0
  for (const { vector } of pages.values()) pairs += vector.size
  const remove = (peerId: string): void => {
    pairs -= pages.get(peerId)?.vector.size ?? 0
    pages.delete(peerId)
  }
  return {
    pages: pages as ReadonlyMap<string, PeerPage>,
    remove,
    /** Puts the page last in line; returns whom there was no room for any more. */
    put: (peerId: string, page: PeerPage): string[] => {
      remove(peerId)
      pages.set(peerId, page)
      pairs += page.vector.size
      const evicted: string[] = []
      for (const oldest of pages.keys()) {
        if ((pages.size <= limits.peers && pairs <= limits.pairs) || oldest === peerId) break
        remove(oldest)
        evicted.push(oldest)
      }
      return evicted
    },
  }
}

/**
 * Opens the book of other devices, kept among the journal's meta values. Call `flush` before closing the journal.
 * Hostile or damaged pages are left out and told to `onFault`.
 */
export const openLedger = async (journal: Journal, options: LedgerOptions): Promise<Ledger> => {
  const { clock, onFault = () => {}, limits = { peers: LIMITS.ledgerPeers, pairs: LIMITS.ledgerPairs } } = options
  const book = createBook(await loadPages(journal, onFault), limits)
  const listeners = createListeners<string>()
  const dirty = new Set<string>()
  let timer: unknown
  let writing: Promise<void> = Promise.resolve()

  const write = async (): Promise<void> => {
    for (const peerId of dirty) {
      const page = book.pages.get(peerId)
      dirty.delete(peerId)
      const written = page ? journal.setMeta(pageKey(peerId), writePage(page)) : journal.deleteMeta(pageKey(peerId))
      await written.catch((error: unknown) => {
        dirty.add(peerId)
        throw toFieldmeshError(error, 'storage-failed')
      })
    }
  }
  const flush = (): Promise<void> => {
    clock.clearTimeout(timer)
    timer = undefined
    const written = writing.then(write)
    writing = written.catch(() => {})
    return written
  }
  const mark = (peerId: string): void => {
    dirty.add(peerId)
    timer ??= clock.setTimeout(() => {
      flush().catch((error: unknown) => onFault(toFieldmeshError(error, 'storage-failed').code))
    }, WRITE_AFTER_MS)
  }
  const put = (peerId: string, page: PeerPage): void => {
    for (const changed of [...book.put(peerId, page), peerId]) mark(changed)
  }
  const pageOf = (peerId: string): PeerPage => book.pages.get(peerId) ?? { vector: new VectorClock(), lastSeen: 0 }

  const replace = (peerId: string, vector: VectorClock): void => {
    const { vector: before, lastSeen } = pageOf(peerId)
    if (vector.size > LIMITS.vectorAuthors) {
      onFault('wire-limit')
      return
    }
    if (book.pages.has(peerId) && isSame(before, vector)) return
    put(peerId, { vector, lastSeen })
    listeners.tell(peerId)
  }
  const join = (peerId: string, vector: VectorClock): void =>
    replace(peerId, pageOf(peerId).vector.clone().merge(vector))

  return {
    acked: (peerId) => pageOf(peerId).vector.clone(),
    announce: (peerId, vector, whole) => (whole ? replace(peerId, vector.clone()) : join(peerId, vector)),
    // A device applies an author's entries without gaps, so having one means having all before it.
    observe: join,
    seen: (peerId, at) => put(peerId, { vector: pageOf(peerId).vector, lastSeen: at }),
    peers: () => [...book.pages].map(([peerId, { lastSeen }]) => ({ peerId, lastSeen })),
    forget: (peerId) => {
      if (!book.pages.has(peerId)) return
      book.remove(peerId)
      mark(peerId)
      listeners.tell(peerId)
    },
    subscribe: listeners.add,
    flush,
  }
}
