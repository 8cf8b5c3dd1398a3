import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { asText } from './format.ts'
import { type MachineFacts, machineFacts } from './machine-facts.ts'
import { asMarkdown, machineWords } from './markdown.ts'
import { asSvg } from './plot.ts'
import type { BenchResult } from './results.types.ts'
import { summarize } from './statistics.ts'
import { summaryOf } from './summary.ts'

export type { Aim, BenchResult, BenchRow, BenchTable } from './results.types.ts'

/** What stands in `bench/results/<name>.json`. */
interface Kept {
  readonly facts: MachineFacts
  readonly result: BenchResult
}

const FOLDER = process.env['BENCH_RESULTS'] ?? join(import.meta.dirname, '../results')

/**
 * Prints a result and writes it as `bench/results/<name>.json` (every sample and the facts of the machine), `.md` (tables)
 * and `.svg` (plot), and brings the index of all results up to date. `BENCH_RESULTS` names another folder.
 *
 * @param name kebab-case, one for each part
 * @example
 * await writeResults('merge', {
 *   title: 'Replica.merge', about: 'How it was measured.',
 *   tables: [{ title: 'Cost', unit: 'µs an entry', baseline: '1,000 held', rows: [
 *     { name: '1,000 held', samples: [2.1, 2.2] },
 *     { name: '1,000,000 held', samples: [2.4, 2.3], aim: { of: 'ratio', atMost: 1.5 } },
 *   ] }],
 * })
 */
export const writeResults = async (name: string, result: BenchResult): Promise<void> => {
  const kept: Kept = { facts: machineFacts(), result }
  console.log(`\n${asText(result)}\n`)
  await mkdir(FOLDER, { recursive: true })
  await writeFile(join(FOLDER, `${name}.json`), `${JSON.stringify(kept, null, 1)}\n`)
  await writeFile(join(FOLDER, `${name}.md`), asMarkdown(name, result, kept.facts))
  await writeFile(join(FOLDER, `${name}.svg`), asSvg(result))
  await writeIndex()
}

const writeIndex = async (): Promise<void> => {
  const names = (await readdir(FOLDER)).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5))
  const kept = new Map(await Promise.all(names.toSorted().map(async (name) => [name, await read(name)] as const)))
  await writeFile(join(FOLDER, 'README.md'), indexOf(kept, await parts()))
}

const read = async (name: string): Promise<Kept> =>
  JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8')) as Kept

const SUFFIX = '.bench.ts'
const parts = async (): Promise<string[]> => {
  const files = await readdir(join(import.meta.dirname, '..'), { recursive: true })
  const ours = files.filter((file) => file.endsWith(SUFFIX) && !file.includes('node_modules'))
  return ours.map((file) => basename(file, SUFFIX)).toSorted()
}

/** The page that leads to all results: one table of what counts, and what each part holds. */
const indexOf = (kept: ReadonlyMap<string, Kept>, known: readonly string[]): string => {
  const results = new Map([...kept].map(([name, { result }]) => [name, result]))
  const sections = [...kept].map(([name, each]) => indexSection(name, each))
  return `${['# Results', 'Written by `npm run bench`.', summaryOf(results, known), ...sections].join('\n\n')}\n`
}

const indexSection = (name: string, { facts, result }: Kept): string => {
  const aims = result.tables.flatMap((table) => summarize(table)).filter(({ reached }) => reached !== undefined)
  const missed = aims.filter(({ reached }) => !reached)
  const words = aims.length === 0 ? 'no aims' : `${aims.length - missed.length} of ${aims.length} aims reached`
  const tables = result.tables.map(({ title }) => `- ${title}`)
  return [`## [${result.title}](./${name}.md)`, `${words}. ${machineWords(facts)}`, tables.join('\n')].join('\n\n')
}
