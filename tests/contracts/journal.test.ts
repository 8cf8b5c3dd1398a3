import 'fake-indexeddb/auto'
import { describe, vi } from 'vitest'
import { openLocalforageJournal } from '#adapters/storage/localforage-journal'
import type { LogUnderTest } from '#contracts/journal/journal-harness'
import { journalContract } from '#contracts/journal/journal-contract'
import { createMemoryDisk, createMemoryJournal, type MemoryJournal } from '#store/memory-journal'
import { keep } from './support/keep.ts'
import { breakNextAppend, refuseWrites } from './support/refusing-database.ts'
import { simulatedLog, simulatedLogPowers } from './support/simulated-journals.ts'
import { inSimulation } from './support/simulation.ts'

/** The disk outlives journals. */
const memoryLog = (): LogUnderTest => {
  const disk = createMemoryDisk()
  const journals: MemoryJournal[] = []
  return {
    open: async () => {
      const journal = createMemoryJournal(disk)
      journals.push(journal)
      return journal
    },
    breakHalfWay: () => journals.at(-1)?.failNext('full'),
  }
}

let logs = 0
const indexedLog = (): LogUnderTest => {
  const name = `contract-${++logs}`
  return {
    open: () => openLocalforageJournal(name),
    fill: refuseWrites,
    free: () => void vi.restoreAllMocks(),
    breakHalfWay: breakNextAppend,
    dispose: () => void vi.restoreAllMocks(),
  }
}

describe('the journal in memory', () => {
  keep(journalContract(memoryLog, { powers: ['breakHalfWay', 'compact'] }))
})

describe('the localForage journal on fake-indexeddb', () => {
  keep(journalContract(indexedLog, { powers: ['fill', 'breakHalfWay', 'compact'] }))
})

describe('the journal of the simulation', () => {
  const cases = journalContract(simulatedLog, { powers: simulatedLogPowers })
  keep(inSimulation(cases))
})
