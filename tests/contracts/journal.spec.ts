import { describe, vi } from 'vitest'
import { openLocalforageJournal } from '#adapters/storage/localforage-journal'
import { journalContract } from '#contracts/journal/journal-contract'
import type { LogUnderTest } from '#contracts/journal/journal-harness'
import { keep } from './support/keep.ts'
import { openMortalPage } from './support/mortal-page.ts'
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

/** A log in pages that go in the middle of their work. */
const mortalLog = (): LogUnderTest => {
  const name = crypto.randomUUID()
  let page = openMortalPage()
  const crash = async (): Promise<void> => (await page).die()
  return {
    open: async () => (await page).openJournal(name),
    crash: async () => {
      await crash()
      page = openMortalPage()
    },
    dispose: async () => {
      await crash()
      indexedDB.deleteDatabase(name)
    },
  }
}

describe('the localForage journal of Chromium', { timeout: 60_000 }, () => {
  keep(journalContract(indexedLog, { powers: ['fill', 'breakHalfWay', 'compact'] }))
})

describe('the localForage journal of a page of Chromium that can die', { timeout: 60_000 }, () => {
  keep(journalContract(mortalLog, { powers: ['crash', 'compact'] }))
})
