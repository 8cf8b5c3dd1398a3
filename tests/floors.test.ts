import { readdirSync, readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { trespasses } from './support/floors.ts'

const root = new URL('../', import.meta.url)
const isCode = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
const isTest = (path: string): boolean => /\.(test|spec|testing)\.tsx?$/.test(path)

const filesOf = (folder: string): string[] =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter(isCode)

const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const code = [...filesOf('src'), ...filesOf('machines')].filter((path) => !isTest(path))
const tests = [...filesOf('tests'), ...filesOf('src'), ...filesOf('machines')].filter(
  (path) => !code.includes(path) && path !== 'tests/support/explore.ts',
)

describe('the floors of the house', () => {
  test('imports only go down, and nobody takes a forbidden one', () => {
    expect(code.length).toBeGreaterThan(50)
    expect(code.flatMap((path) => trespasses(path, read(path)))).toEqual([])
  })

  test('only the explorer knows xstate/graph, tests included', () => {
    const readers = tests.filter((path) => trespasses(path, read(path)).some((each) => each.includes('xstate/graph')))
    expect(readers).toEqual([])
  })
})

describe('the guard at the stairs notices', () => {
  test.each([
    ['an import that goes up', 'src/wire/a.ts', `import { x } from '#engine/x'`, /goes up/],
    ['a type that goes up', 'src/model/a.ts', `import type { X } from '#wire/x'`, /goes up/],
    ['an inline type that goes up', 'src/model/a.ts', `type X = import('#wire/x').X`, /goes up/],
    ['a re-export that goes up', 'src/store/a.ts', `export * from '#engine/x'`, /goes up/],
    ['a dynamic import that goes up', 'src/store/a.ts', `const x = await import('#engine/x')`, /goes up/],
    ['a climb by relative path', 'src/adapters/page/a.ts', `import { x } from '../../engine/x.ts'`, /goes up/],
    ['a neighbour', 'src/react/a.ts', `import { x } from '#server/x'`, /goes sideways/],
    ['wire that knows the store', 'src/wire/a.ts', `import { x } from '#store/x'`, /goes sideways/],
    ['product code that leans on tests', 'src/engine/a.ts', `import { x } from '../../tests/support/x.ts'`, /outside/],
    ['an unknown subpath', 'src/engine/a.ts', `import { x } from '#nowhere/x'`, /outside/],
    ['a relative path across floors', 'src/engine/a.ts', `import { x } from '../model/x.ts'`, /subpath import/],
    ['a subpath to the own floor', 'src/model/a.ts', `import { x } from '#model/x'`, /relative path/],
    ['an extension on a subpath', 'src/engine/a.ts', `import { x } from '#model/x.ts'`, /extension/],
    ['a machine with a package', 'machines/a/a.machine.ts', `import { x } from 'valibot'`, /machines import/],
    ['a machine with node', 'machines/a/a.machine.ts', `import { x } from 'node:fs'`, /machines import/],
    ['a machine with values of wire', 'machines/a/a.machine.ts', `import { type X, y } from '#wire/x'`, /only types/],
    ['a machine with the store', 'machines/a/a.machine.ts', `import type { X } from '#store/x'`, /machines import/],
    ['a machine that looks at the time', 'machines/a/a.setup.ts', `export const f = () => Date.now()`, /uses Date/],
    ['a machine that rolls dice', 'machines/a/a.setup.ts', `export const f = () => Math.random()`, /Math\.random/],
    ['an adapter that knows a machine', 'src/adapters/a.ts', `import type { X } from '#machines/a/a.machine'`, /ports/],
    ['an adapter with a value of ports', 'src/adapters/a.ts', `import { x } from '#machines/a/a.ports'`, /ports/],
    ['a second .provide()', 'src/engine/create.ts', `export const m = machine.provide({})`, /provide/],
    ['xstate/graph in a test', 'tests/a.test.ts', `import { x } from 'xstate/graph'`, /explore\.ts/],
  ])('%s', (_what, path, source, complaint) => {
    expect(trespasses(path, source).join('\n')).toMatch(complaint)
  })

  test.each([
    ['src/store/a.ts', `import { x } from '#wire/x'\nimport { y } from './y.ts'`],
    ['src/engine/assemble.ts', `import { m } from '#machines/a/a.machine'\nexport const x = m.provide({})`],
    [
      'src/adapters/page/a.ts',
      `import type { X } from '#machines/ports'\nimport type { Y } from '#machines/a/a.ports'`,
    ],
    [
      'machines/a/a.setup.ts',
      `import { x } from 'xstate'\nimport type { Y } from '#wire/y'\nimport { z } from '../kit/z.ts'`,
    ],
    ['src/index.ts', `export { x } from './engine/x.ts'\nexport { y } from '#model/y'`],
    ['src/engine/a.ts', `// import { x } from '#react/x'\nexport const text = "import { x } from '#react/x'"`],
  ])('nothing wrong with %s', (path, source) => {
    expect(trespasses(path, source)).toEqual([])
  })
})
