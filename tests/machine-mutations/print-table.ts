import { availableParallelism } from 'node:os'
import { MACHINE_MUTANTS, type MachineMutant } from './mutants.ts'
import { brokenLaws, type RedFile, redTests } from './run-mutant.ts'

/**
 * Runs the laws and every test of a machine on each of its mutants, and prints what turned red as Markdown. Words in
 * the arguments choose machines; `--generated` runs the generated tests too, whose laws are tried in any case.
 */
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const isWhole = process.argv.includes('--generated')
const mutants = MACHINE_MUTANTS.filter(({ machine }) => chosen.length === 0 || chosen.includes(machine))

const list = (parts: readonly string[]): string => parts.join(', ') || '—'

const rowOf = async (mutant: MachineMutant): Promise<{ readonly row: string; readonly red: boolean }> => {
  const { machine, name } = mutant
  const files = [`machines/${machine}/`]
  const laws = await brokenLaws(machine, mutant)
  const tests: RedFile[] = await redTests(isWhole ? files : [...files, '--exclude=**/*.generated.test.ts'], mutant)
  const short = tests.map(({ file, red }) => `${file.slice(file.lastIndexOf('/') + 1)}: ${red}`)
  const broken = Object.entries(laws).map(([id, count]) => `${id} (${count})`)
  return {
    row: `| ${machine} | ${name} | ${list(short)} | ${list(broken)} |`,
    red: tests.length + broken.length > 0,
  }
}

const rows = new Map<MachineMutant, Awaited<ReturnType<typeof rowOf>>>()
const left = [...mutants]
const work = async (): Promise<void> => {
  for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
    rows.set(mutant, await rowOf(mutant))
    console.error(`${rows.size}/${mutants.length} ${mutant.machine}: ${mutant.name}`)
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work))

const inOrder = mutants.map((mutant) => rows.get(mutant)).filter((each) => each !== undefined)
console.log(
  '| machine | what the chart does then | tests red | laws broken (in so many snapshots or states) |\n|---|---|---|---|',
)
for (const { row } of inOrder) console.log(row)
const survivors = inOrder.filter(({ red }) => !red).length
console.log(`\n${inOrder.length} mutants, ${survivors} of them noticed by nobody.`)
process.exitCode = survivors === 0 ? 0 : 1
