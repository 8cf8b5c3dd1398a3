// `npm run worlds -- --seeds 1000`: many worlds of simulated devices, each from a seed. `--help` says what else.
import { ensureDependencies, run } from './ground.mjs'

// localforage looks for localStorage, of which Node warns.
const flags = ['-C', 'fieldmesh-source', '--disable-warning=ExperimentalWarning']
ensureDependencies()
process.exit(run('node', [...flags, 'scripts/worlds/main.ts', ...process.argv.slice(2)]))
