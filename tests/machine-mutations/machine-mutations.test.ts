import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MACHINE_MUTANTS, type MachineMutant } from './mutants.ts'
import { brokenLaws, redTests } from './run-mutant.ts'
import { pathOf, withMutant } from './with-mutant.ts'

/** Each in a process of its own: the laws named for it, or the one test file. `scripts/machine-mutations.mjs` runs all. */
const PATIENCE_MS = 300_000
const LEAST_PER_MACHINE = 5

const byLaws = MACHINE_MUTANTS.filter(({ laws }) => laws.length > 0)
const byTests = MACHINE_MUTANTS.filter(({ laws }) => laws.length === 0)
const fileOf = ({ machine, test: file }: MachineMutant): string => `machines/${machine}/${file}`

describe('a rule taken out of a chart is noticed', () => {
  test.each(byLaws.map((mutant) => ({ ...mutant, broken: mutant.laws.join(', ') })))(
    '$machine, $name: $broken',
    async (mutant) => {
      const broken = await brokenLaws(mutant.machine, mutant, ['--whether', ...mutant.laws])
      expect(Object.keys(broken).sort()).toEqual([...mutant.laws].sort())
    },
    PATIENCE_MS,
  )

  test.each(byTests)(
    '$machine, $name: $test',
    async (mutant) => {
      expect((await redTests([fileOf(mutant)], mutant)).map(({ file }) => file)).toEqual([fileOf(mutant)])
    },
    PATIENCE_MS,
  )

  test(
    'and those tests are green where nothing is taken away',
    async () => {
      expect(await redTests([...new Set(byTests.map(fileOf))], undefined)).toEqual([])
    },
    PATIENCE_MS,
  )
})

describe('a mutant of a chart', () => {
  test.each(MACHINE_MUTANTS)('fits the source it changes: $machine, $name', (mutant) => {
    const source = readFileSync(pathOf(mutant), 'utf8')
    expect(withMutant(source, mutant)).not.toBe(source)
  })

  test('that no longer fits says so in words', () => {
    const [mutant] = MACHINE_MUTANTS as readonly [MachineMutant]
    expect(() => withMutant('something else', mutant)).toThrow(
      `“${mutant.name}” no longer fits: its text stands 0 times`,
    )
  })

  test('has a name of its own and somebody to notice it, and every machine has some', () => {
    expect(new Set(MACHINE_MUTANTS.map(({ name }) => name)).size).toBe(MACHINE_MUTANTS.length)
    expect(MACHINE_MUTANTS.filter(({ laws, test: file }) => laws.length === 0 && file === undefined)).toEqual([])
    const perMachine = Map.groupBy(MACHINE_MUTANTS, ({ machine }) => machine)
    expect(perMachine.size).toBe(5)
    expect([...perMachine].filter(([, mutants]) => mutants.length < LEAST_PER_MACHINE)).toEqual([])
  })
})
