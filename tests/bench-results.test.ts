import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asMarkdown, ratioWords } from '../bench/support/markdown.ts'
import type { BenchResult, BenchRow, BenchTable } from '../bench/support/results.types.ts'
import { summarize } from '../bench/support/statistics.ts'
import { summaryOf } from '../bench/support/summary.ts'

const table = (rows: BenchRow[], more: Partial<BenchTable> = {}): BenchTable => ({
  title: 'Time',
  unit: 'ms',
  baseline: 'bare',
  rows,
  ...more,
})
const ratioOf = (it: BenchTable, name: string) => summarize(it).find(({ row }) => row.name === name)?.ratio

describe('ratios of rounds', () => {
  const bare = { name: 'bare', samples: [1, 100, 10] }

  test('pair what was measured in the same round, and leave out rounds in which one of the two failed', () => {
    const fieldmesh = { name: 'fieldmesh', samples: [null, 200, 30] }
    expect(ratioOf(table([bare, fieldmesh], { paired: true }), 'fieldmesh')).toBe(2.5)
    const broken = { name: 'bare', samples: [1, null, 10] }
    expect(ratioOf(table([broken, fieldmesh], { paired: true }), 'fieldmesh')).toBe(3)
  })

  test('are none where no round has both, and of the medians only where the rows are not paired', () => {
    const last = { name: 'fieldmesh', samples: [null, null, 30] }
    const first = { name: 'bare', samples: [1, null, null] }
    expect(ratioOf(table([first, last], { paired: true }), 'fieldmesh')).toBeUndefined()
    expect(ratioOf(table([bare, last]), 'fieldmesh')).toBe(3)
  })

  test('count a round without a figure neither in n nor in the median', () => {
    const [sum] = summarize(table([{ name: 'bare', samples: [4, null, 2] }]))
    expect(sum).toMatchObject({ count: 2, median: 3, min: 2, max: 4 })
  })

  test('are told as what they are', () => {
    const whole = { name: 'fieldmesh', samples: [1, 2, 3] }
    const failed = { name: 'fieldmesh', samples: [1, null, 3] }
    expect(ratioWords(table([bare, whole], { paired: true }))).toContain('of the ratios of the rounds.')
    expect(ratioWords(table([bare, failed], { paired: true }))).toContain('those rounds in which both have a figure')
    expect(ratioWords(table([bare, failed]))).toContain('of the medians')
  })
})

describe('aims', () => {
  const rows = (median: number, failed?: string): BenchRow[] => [
    { name: 'bare', samples: [38] },
    {
      name: 'fieldmesh',
      samples: [median],
      aim: [
        { of: 'ratio', atMost: 2 },
        { of: 'median', atMost: 70 },
      ],
      ...(failed && { failed }),
    },
  ]
  const reached = (it: BenchRow[]) => summarize(table(it)).map((sum) => sum.reached)

  test('of several every one must be reached, and a row that failed reached none', () => {
    expect(reached(rows(60))).toEqual([undefined, true])
    expect(reached(rows(72))).toEqual([undefined, false])
    expect(reached(rows(60, 'not within 60 s'))).toEqual([undefined, false])
  })

  test('stand in the table with their unit', () => {
    const result: BenchResult = { title: 'Edit', about: 'So.', tables: [table(rows(60), { unit: 'bytes' })] }
    const facts = { date: '', commit: '', cores: 2, cpu: '', memoryGiB: 1, node: '', chromium: '' }
    const page = asMarkdown('edit', result, { ...facts, loadBefore: [], loadAfter: [] })
    expect(page).toContain('| fieldmesh | 1.58 | 60 | 60 | 60 | 60 | 1 | ratio ≤ 2 and median ≤ 70 bytes | yes |')
  })
})

describe('the summary of all parts', () => {
  const rows: BenchRow[] = [
    { name: 'bare JSON over the channel', samples: [10] },
    { name: 'fieldmesh', samples: [19], aim: { of: 'ratio', atMost: 2 } },
    { name: 'Yjs + y-webrtc', samples: [], failed: 'not within 60 s' },
    { name: 'automerge-repo', samples: [300] },
  ]
  const withoutAim = rows.map(({ name, samples }) => ({ name, samples }))
  const baseline = 'bare JSON over the channel'
  const result = (...tables: BenchTable[]): BenchResult => ({ title: 'Part', about: '', tables })

  test('has a line for each aim and each headline, with the others beside it', () => {
    const tables = [
      table(rows, { baseline }),
      table(withoutAim, { title: 'Bytes', baseline }),
      table(withoutAim, { title: 'Latency', baseline, headline: 'fieldmesh' }),
    ]
    const lines = summaryOf(new Map([['edit', result(...tables)]]), ['edit'])
      .split('\n')
      .slice(4)
    expect(lines).toEqual([
      '| [edit](./edit.md): Time | 1.9 × (19 ms) | bare JSON over the channel, 10 ms | – | 30 × (300 ms) | 1 | ratio ≤ 2 | yes |',
      '| [edit](./edit.md): Latency | 1.9 × (19 ms) | bare JSON over the channel, 10 ms | – | 30 × (300 ms) | 1 |  |  |',
    ])
  })

  test('names the parts that have no results', () => {
    const summary = summaryOf(new Map([['edit', result()]]), ['edit', 'mesh', 'transfer'])
    expect(summary).toContain('Not yet measured: `mesh`, `transfer`.')
  })
})

test('npm run bench -- --help names every part with the time that it takes', () => {
  const bench = join(import.meta.dirname, '../bench')
  const said = execFileSync(process.execPath, [join(bench, 'run.mjs'), '--help'], { encoding: 'utf8' })
  const files = readdirSync(bench, { recursive: true, encoding: 'utf8' })
  const parts = files.filter((file) => /^(?!competitors).*\.bench\.ts$/.test(file))
  expect(parts.length).toBeGreaterThan(10)
  for (const part of parts) {
    const name = part.replace(/^.*\//, '').replace('.bench.ts', '')
    expect(said).toMatch(new RegExp(`^  ${name} +[\\d½][^a-z]*(to \\d+ )?(s|min) +\\S`, 'm'))
  }
})
