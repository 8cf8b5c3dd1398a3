// `npm run worlds -- --seeds 1000`: many worlds of simulated devices, each from a seed. `--help` says what else.
import { ensureDependencies, run } from './ground.mjs'

ensureDependencies()
process.exit(run('node', ['-C', 'fieldmesh-source', 'scripts/worlds/main.ts', ...process.argv.slice(2)]))
