// `node scripts/machine-mutations.mjs`: takes rules out of the charts, one at a time, and prints which tests turn red.
import { ensureDependencies, run } from './ground.mjs'

ensureDependencies()
const flags = ['-C', 'fieldmesh-source', '--disable-warning=ExperimentalWarning']
process.exit(run('node', [...flags, 'tests/machine-mutations/print-table.ts', ...process.argv.slice(2)]))
