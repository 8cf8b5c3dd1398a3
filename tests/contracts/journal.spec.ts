import { describe, vi } from 'vitest'
import { openLocalforageJournal } from '#adapters/storage/localforage-journal'
import { journalContract } from '#contracts/journal/journal-contract'
import type { LogUnderTest } from '#contracts/journal/journal-harness'
import { keep } from './support/keep.ts'
import { breakNextAppend, refuseWrites } from './support/refusing-database.ts'

const indexedLog = (): LogUnderTest => {
  const name = crypto.randomUUID()
  return {
    open: () => openLocalforageJournal(name),
    fill: refuseWrites,
    free: () => void vi.restoreAllMocks(),
    breakHalfWay: breakNextAppend,
    dispose: () => {
      vi.restoreAllMocks()
      indexedDB.deleteDatabase(name)
    },
  }
}

describe('the localForage journal of Chromium', { timeout: 60_000 }, () => {
  keep(journalContract(indexedLog, { powers: ['fill', 'breakHalfWay'] }))
})
