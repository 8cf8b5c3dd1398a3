import { startTransaction } from './idb-methods.testing.ts'
import { openLocalforageJournal } from './localforage-journal.ts'

/** Compacts the named log, and says each transaction that starts meanwhile: its page may kill it at any of them. */
self.onmessage = async ({ data: name }: MessageEvent<string>) => {
  const journal = await openLocalforageJournal(name)
  IDBDatabase.prototype.transaction = function (...args) {
    self.postMessage('transaction')
    return startTransaction.apply(this, args)
  }
  await journal.compact()
  self.postMessage('done')
}
