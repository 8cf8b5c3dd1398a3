import { describe, expect, test } from 'vitest'
import { insistSame } from '#contracts/insist'
import { journalContract } from '#contracts/journal/journal-contract'
import type { JournalPower } from '#contracts/journal/journal-harness'
import type { Journal } from '#store/journal'
import { createMemoryDisk, createMemoryJournal, type MemoryDisk } from '#store/memory-journal'

type Changes = (disk: MemoryDisk, journal: Journal) => Partial<Journal>

/** What each case says of a memory journal that was changed; `kept` where it says nothing. */
const said = async (changes: Changes, powers: readonly JournalPower[] = []): Promise<Record<string, string>> => {
  const createLog = () => {
    const disk = createMemoryDisk()
    return {
      open: async () => {
        const journal = createMemoryJournal(disk)
        return { ...journal, ...changes(disk, journal) }
      },
    }
  }
  const words: Record<string, string> = {}
  for (const { id, run } of journalContract(createLog, { powers }))
    words[id] = await run().then(
      () => 'kept',
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'nothing'),
    )
  return words
}

const broken = (words: Record<string, string>): readonly string[] =>
  Object.keys(words).filter((id) => words[id] !== 'kept')

describe('what is said of a journal', () => {
  test('whose every open() opens another log', async () => {
    const createLog = () => ({ open: async () => createMemoryJournal() })
    const first = journalContract(createLog).find(({ id }) => id === 'JOURNAL-0')
    await expect(first?.run()).rejects.toThrow(
      /its length\(\) is 0.*open\(\) makes another log: createLog\(\) chooses the name once/,
    )
  })

  test('that merges nothing: only whoever claims to merge is told', async () => {
    const lazy: Changes = () => ({ compact: async () => {} })
    const closing = await said(lazy)
    // Closed, it should refuse that too.
    expect(broken(closing)).toEqual(['JOURNAL-17'])
    expect((await said(lazy, ['compact']))['JOURNAL-24']).toBe(
      'ContractBroken: 70 small segments, 70 after compact(): at least some should be merged',
    )
  })

  test('that merges nothing and is right in all else: nothing', async () => {
    const lazy: Changes = (_disk, journal) => ({
      compact: async () => {
        await journal.length()
      },
    })
    expect(broken(await said(lazy))).toEqual([])
  })

  test.each<[string, (key: string, prefix: string) => boolean, string]>([
    ['within keys', (key, prefix) => key.includes(prefix), 'entriesMeta(‘peer:’): is ["a peer:x","peer:x"]'],
    ['without case', (key, prefix) => key.toLowerCase().startsWith(prefix.toLowerCase()), '"PEER:x"'],
    ['by the pattern of LIKE', (key, prefix) => like(prefix).test(key), 'entriesMeta(‘peer_’)'],
  ])('that looks for prefixes %s', async (_how, matches, words) => {
    const changes: Changes = (_disk, journal) => ({
      entriesMeta: async (prefix) => (await journal.entriesMeta('')).filter(([key]) => matches(key, prefix)),
    })
    const told = await said(changes)
    expect(broken(told)).toEqual(['JOURNAL-25'])
    expect(told['JOURNAL-25']).toContain(words)
  })

  test('that keeps the arrays it was given', async () => {
    const told = await said((disk) => ({
      append: async (...batches) => {
        for (const bytes of batches) disk.segments.push({ position: disk.segments.length, bytes })
      },
    }))
    expect(told['JOURNAL-3']).toContain('the array was changed after append() resolved, and the log with it: copy it')
  })

  test('that loses some of many appends', async () => {
    let calls = 0
    const told = await said((_disk, journal) => ({
      append: async (...batches) => {
        if (++calls % 7 !== 0) await journal.append(...batches)
      },
    }))
    expect(told['JOURNAL-5']).toMatch(
      /entries from readAll\(\) after 40 appends of two at once: \d+ of 80 missing: \d+–/,
    )
  })

  test('that gives null for what was never set', async () => {
    const told = await said((_disk, journal) => ({ getMeta: async (key) => (await journal.getMeta(key)) ?? null }))
    expect(told['JOURNAL-9']).toContain('getMeta() of a key never set: is null, should be undefined')
  })

  test('that forgets what it said was appended when it is closed meanwhile', async () => {
    const told = await said((_disk, journal) => {
      let closed = false
      return {
        append: async (...batches) => {
          await Promise.resolve()
          if (!closed) await journal.append(...batches)
        },
        close: async () => {
          closed = true
          await journal.close()
        },
      }
    })
    expect(told['JOURNAL-18']).toContain(
      'append() of 3 batches resolved when close() was called meanwhile; opened again, 0 of the 3 are there, and the one',
    )
  })

  test('of which open() gives nothing', async () => {
    const cases = journalContract(() => ({ open: async () => undefined as unknown as Journal }))
    await expect(cases[0]?.run()).rejects.toThrow('open() gave undefined, should give a journal')
  })
})

/** SQL’s LIKE of a prefix, as a lazy journal builds it. */
const like = (prefix: string): RegExp => new RegExp(`^${prefix.replaceAll('_', '.').replaceAll('%', '.*')}`)

test.each<[string, unknown, unknown, string]>([
  ['what is missing of a long list', [61, 62], range(1, 80), '78 of 80 missing: 1–60, 63–80'],
  ['what is too much', [...range(1, 20), 9], range(1, 20), '1 that should not be there: 9'],
  ['another order', range(1, 20).toReversed(), range(1, 20), 'in another order: 20, 19'],
  ['short lists as they are', [2], [1, 2], 'is [2], should be [1,2]'],
  ['bytes', [Uint8Array.of(1)], [Uint8Array.of(2)], 'is [bytes [1]], should be [bytes [2]]'],
  ['undefined', { a: undefined }, { a: Number.NaN }, 'is {"a":undefined}, should be {"a":NaN}'],
])('a difference is told by %s', (_what, actual, expected, words) => {
  expect(() => insistSame(actual, expected, 'it')).toThrow(`it: ${words}`)
})

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}
