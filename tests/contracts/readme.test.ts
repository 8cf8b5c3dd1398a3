import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { journalContract } from '#contracts/index'
import type { Journal } from '#store/journal'
import { createMemoryDisk, createMemoryJournal, type MemoryDisk } from '#store/memory-journal'
import { testOnly } from './support/paste.ts'

const disks = new Map<string, MemoryDisk>()
const openMyJournal = async (name: string): Promise<Journal> => {
  const disk = disks.get(name) ?? createMemoryDisk()
  disks.set(name, disk)
  return createMemoryJournal(disk)
}

const test = testOnly(/./)

// What follows stands in the README.
const createLog = () => {
  const name = crypto.randomUUID()
  return { open: () => openMyJournal(name) }
}
for (const { id, says, run } of journalContract(createLog)) test(`${id} ${says}`, run)

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** Lines of code without imports, comments and indentation. */
const linesOf = (code: string): readonly string[] =>
  code
    .split('\n')
    .map((line) => line.replace(/ \/\/ .*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('import '))

const section = /\*\*Bring your own storage or link\.\*\*.*?\n## /s.exec(read('../../README.md'))?.[0] ?? ''
const examples = [...section.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? '')

describe('the README', () => {
  it.each([
    ['journal', './readme.test.ts', 'journalContract('],
    ['link', './readme.spec.ts', 'linkContract('],
  ])('has for a %s the code that runs here', (_what, path, call) => {
    const example = linesOf(examples.find((code) => code.includes(call)) ?? '')
    expect(example.length).toBeGreaterThan(3)
    expect(linesOf(read(path)).join('\n')).toContain(example.join('\n'))
  })
})
