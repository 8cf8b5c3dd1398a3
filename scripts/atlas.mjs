// `npm run atlas`: writes machines/README.md from the machines. `--check` writes nothing and fails where it drifted.
import { ensureDependencies, run } from './ground.mjs'

const flags = ['-C', 'fieldmesh-source', '--disable-warning=ExperimentalWarning']
ensureDependencies()
process.exit(run('node', [...flags, 'scripts/atlas/main.ts', ...process.argv.slice(2)]))
