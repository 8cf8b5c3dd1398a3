import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'

const PAGE = join(import.meta.dirname, '../page')
const COMPETITORS = join(import.meta.dirname, '../../competitors/package.json')
const COMPETITOR = /^(yjs|y-webrtc|@automerge\/automerge-repo)$/
const AUTOMERGE_INLINE = join(
  import.meta.dirname,
  '../../competitors/node_modules/@automerge/automerge/dist/mjs/entrypoints/fullfat_base64.js',
)

/** Competitors are installed beside the benchmarks, not with the library; Automerge's code is taken in its inlined build. */
const competitors: Plugin = {
  name: 'competitors',
  enforce: 'pre',
  resolveId(id) {
    if (id === '@automerge/automerge') return AUTOMERGE_INLINE
    return COMPETITOR.test(id) ? this.resolve(id, COMPETITORS, { skipSelf: true }) : undefined
  },
}

/** Our floors and XState in files of their own, so that a profile can tell whose time it was. */
const groups = [
  { name: 'xstate', test: /node_modules\/xstate\// },
  { name: 'deflate', test: /node_modules\/fflate\// },
  { name: 'storage', test: /node_modules\/localforage\/|src\/adapters\/storage\// },
  { name: 'wire', test: /src\/wire\// },
  { name: 'model', test: /src\/model\// },
  { name: 'store', test: /src\/store\// },
  { name: 'machines', test: /\/machines\// },
  { name: 'adapters', test: /src\/adapters\// },
  { name: 'engine', test: /src\/engine\// },
]

export interface BuiltPages {
  readonly folder: string
  remove(): Promise<void>
}

/** The production build of the pages, with names left readable for profiles. */
export const buildPages = async (): Promise<BuiltPages> => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldmesh-bench-'))
  await build({
    configFile: false,
    root: PAGE,
    base: './',
    logLevel: 'error',
    plugins: [competitors],
    resolve: { conditions: ['fieldmesh-source', 'module', 'browser', 'development|production'] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      target: 'es2024',
      modulePreload: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        output: {
          chunkFileNames: 'assets/[name].js',
          codeSplitting: { groups, includeDependenciesRecursively: false },
        },
      },
    },
  })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
