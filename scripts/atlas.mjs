// `npm run atlas`: writes machines/README.md and the stories of walks from the machines. `--check` writes nothing and fails
// where the atlas drifted.
import { ensureDependencies, run } from './ground.mjs'

const flags = ['-C', 'fieldmesh-source', '--disable-warning=ExperimentalWarning']
ensureDependencies()
const args = process.argv.slice(2)
const code = run('node', [...flags, 'scripts/atlas/main.ts', ...args])
process.exit(code || args.length > 0 ? code : run('node', [...flags, 'stories/support/machines-write.ts']))
