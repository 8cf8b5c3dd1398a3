import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as world from '#world/index'
import { runWorld } from '#world/run-seed'

const FOLDER = new URL('../src/world/', import.meta.url)
const EXAMPLE = /@example\n((?:\s*\* (?!@).*\n)+)/g

/** The examples in the comments of `fieldmesh/world`, as they stand there. */
const examplesOf = (file: string): { file: string; code: string }[] =>
  [...readFileSync(new URL(file, FOLDER), 'utf8').matchAll(EXAMPLE)].map(([, lines = '']) => ({
    file,
    code: lines.replaceAll(/^\s*\* /gm, ''),
  }))
const EXAMPLES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .flatMap(examplesOf)

/** A line that ends with a value in a comment says what it gives. */
const asTest = (code: string): string => code.replaceAll(/^(.+) \/\/ (.+)$/gm, 'expect($1).toEqual($2)')

type Play = (...scope: readonly unknown[]) => Promise<void>
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (...source: readonly string[]) => Play

test.each(EXAMPLES)('the example in $file does what it says: $code', async ({ code }) => {
  const one = world.createWorld({ seed: 1, peers: 3 })
  world.watchWorld(one)
  await one.start()
  const scope = { ...world, runWorld, expect, world: one }
  // In a block, so that an example can have a world of its own.
  const play = new AsyncFunction(...Object.keys(scope), `{${asTest(code)}}`)
  await expect(play(...Object.values(scope))).resolves.toBeUndefined()
})

test('there are examples', () => {
  expect(EXAMPLES.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['check-along.ts', 'check-stopped.ts', 'checkers.ts', 'create-world.ts', 'types.ts']),
  )
})
