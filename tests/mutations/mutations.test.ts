import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { MUTANTS, type Mutant, type World } from './mutants.ts'
import { mutate } from './mutate.ts'

/** A hanging world is a failure too; a sound one takes some seconds. */
const PATIENCE_MS = 240_000
const ROOT = new URL('../../', import.meta.url)
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

interface Outcome {
  /** The first world in which anything was found. */
  readonly world?: World
  readonly rules: readonly string[]
  readonly says: readonly string[]
}

/** Plays worlds in a process of their own, with a mutant or without. */
const playWorlds = (worlds: readonly World[], mutant = ''): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const flags = ['-C', 'fieldmesh-source', '--import', here('./mutate-source.ts')]
    const env = { ...process.env, FIELDMESH_MUTANT: mutant }
    execFile(
      process.execPath,
      [...flags, here('./play-worlds.ts'), ...worlds],
      { cwd: ROOT, env, timeout: PATIENCE_MS, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${mutant}: ${stderr.slice(-2_000) || error.message}`))
        else resolve(JSON.parse(stdout) as Outcome)
      },
    )
  })

/** As many at a time as there are cores. */
const createPool = (size: number) => {
  let free = size
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
const pooled = createPool(availableParallelism())

const WORLDS: readonly World[] = [...new Set(MUTANTS.flatMap(({ worlds }) => worlds.slice(0, 1)))]
const OTHERS: readonly World[] = ['rough:1', 'rough:2', 'restored:2', 'clocks:2', 'doubts:2']
const HALVES = [WORLDS.filter((_, i) => i % 2 === 0), [...WORLDS.filter((_, i) => i % 2 === 1), ...OTHERS]]

describe('the checkers notice when a rule is taken away', () => {
  test.concurrent.each(HALVES.map((worlds) => ({ worlds })))(
    'and find nothing where none is: $worlds',
    async ({ worlds }) => {
      expect(await pooled(() => playWorlds(worlds))).toEqual({ rules: [], says: [] })
    },
    2 * PATIENCE_MS,
  )

  test.concurrent.each(MUTANTS.map((mutant) => ({ ...mutant, broken: mutant.rules.join(' or ') })))(
    '$name: $broken',
    async ({ name, worlds, rules }: Mutant) => {
      const { rules: found, says } = await pooled(() => playWorlds(worlds, name))
      expect(
        found.filter((rule) => rules.some((one) => one === rule)),
        `broken were ${found.join(', ') || 'none'}:\n${says.join('\n')}`,
      ).not.toEqual([])
    },
    2 * PATIENCE_MS,
  )
})

describe('a mutant', () => {
  test.each(MUTANTS)('fits the source it changes: $name', (mutant) => {
    const source = readFileSync(new URL(mutant.file, ROOT), 'utf8')
    expect(mutate(source, mutant)).not.toBe(source)
  })

  test('that no longer fits says so in words', () => {
    const [mutant] = MUTANTS as readonly [Mutant]
    expect(() => mutate('something else', mutant)).toThrow(`“${mutant.name}” no longer fits: its text stands 0 times`)
    expect(() => mutate(mutant.find.repeat(2), mutant)).toThrow('stands 2 times')
  })

  test('has a name of its own, and a rule to break', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length)
    expect(MUTANTS.filter(({ rules }) => rules.length === 0)).toEqual([])
  })
})
