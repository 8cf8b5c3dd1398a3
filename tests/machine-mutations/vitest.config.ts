import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { chosenMutant, pathOf, withMutant } from './with-mutant.ts'

/** The tests of the charts with one module changed on its way to them. */
const mutant = chosenMutant()

export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  plugins: [
    {
      name: 'machine-mutant',
      enforce: 'pre',
      transform: (code, id) => (mutant && id === pathOf(mutant) ? withMutant(code, mutant) : undefined),
    },
  ],
  resolve: { conditions: ['fieldmesh-source', 'module', 'browser', 'development|production'] },
  ssr: { resolve: { conditions: ['fieldmesh-source', 'module', 'node', 'development|production'] } },
  test: {
    environment: 'node',
    testTimeout: 60_000,
    include: ['machines/**/*.test.ts'],
    // It knows a module by its source, of which a mutant changes nothing.
    fsModuleCache: false,
  },
})
