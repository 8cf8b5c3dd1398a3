/**
 * Size of what an application bundles: every export of the package whole, and the parts most applications take.
 *
 *   npm run bench -- bundle-size   (½ min)
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { type BenchRow, writeResults } from '../support/results.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, { readonly default?: string } | string>>
}
const ENTRY = '\0size-entry'

/** The source behind an export: the build is measured as of now, whatever lies in `dist`. */
const sourceOf = (target: string): string => join(root, target.replace(/^\.\/dist\//, '').replace(/\.js$/, '.ts'))

const exports = Object.entries(packageJson.exports).flatMap(([name, target]) =>
  typeof target === 'object' && target.default ? [{ name, source: sourceOf(target.default) }] : [],
)
const isForNode = (name: string): boolean => name === './server'

interface Size {
  readonly min: number
  readonly gzip: number
}

/** Bundles one line of imports and measures what comes out, React left out. */
const measure = async (code: string, node: boolean): Promise<Size> => {
  const output = (await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['fieldmesh-source', ...(node ? ['node'] : ['browser']), 'module', 'import', 'default'] },
    plugins: [
      {
        name: 'size-entry',
        resolveId: (id) => (id === ENTRY ? id : undefined),
        load: (id) => (id === ENTRY ? code : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      target: 'es2024',
      rolldownOptions: {
        input: ENTRY,
        external: [/^react(-dom)?(\/|$)/, /^node:/, ...(node ? ['ws'] : [])],
        output: { format: 'es' },
        preserveEntrySignatures: 'strict',
      },
    },
    ...(node && { ssr: { noExternal: true } }),
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[]
  const chunks = [output].flat().flatMap((one) => one.output)
  const text = chunks.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n')
  return { min: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length }
}

const CASES = [
  ...exports.map(({ name, source }) => ({
    name: `fieldmesh${name.slice(1)}`,
    code: `export * from ${JSON.stringify(source)}`,
    node: isForNode(name),
  })),
  ...exports
    .filter(({ name }) => name === '.')
    .flatMap(({ source }) => [
      { name: '{ createSyncEngine }', code: `export { createSyncEngine } from ${JSON.stringify(source)}`, node: false },
      { name: '{ createReplica }', code: `export { createReplica } from ${JSON.stringify(source)}`, node: false },
      { name: '{ VectorClock }', code: `export { VectorClock } from ${JSON.stringify(source)}`, node: false },
    ]),
  { name: 'of these: xstate', code: "export { createActor, setup, fromCallback, waitFor } from 'xstate'", node: false },
  { name: 'of these: localforage', code: "export { default } from 'localforage'", node: false },
  { name: 'of these: fflate', code: "export { deflateSync, Inflate } from 'fflate'", node: false },
]

const min: BenchRow[] = []
const gzip: BenchRow[] = []
for (const { name, code, node } of CASES) {
  const size = await measure(code, node)
  const note = node ? 'For Node: ws and Node’s own modules left out.' : undefined
  min.push({ name, samples: [size.min / 1024], ...(note && { note }) })
  gzip.push({ name, samples: [size.gzip / 1024], ...(note && { note }) })
}

await writeResults('bundle-size', {
  title: 'Bundle size',
  about: 'Each export bundled and minified by Vite from the source, with all its dependencies but React.',
  tables: [
    { title: 'Minified, gzipped', unit: 'KiB', headline: 'fieldmesh', rows: gzip },
    { title: 'Minified', unit: 'KiB', rows: min },
  ],
})
