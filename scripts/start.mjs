// `npm start`: from a fresh clone to the field app and its signaling server on this machine. `npm run signal`: the server alone.
import { ensureDependencies, root, run } from './ground.mjs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'

const COMMANDS = ['start', 'signal']
const args = COMMANDS.includes(process.argv[2]) ? process.argv.slice(2) : ['start', ...process.argv.slice(2)]
const asksForHelp = args.some((arg) => ['--help', '-h', '--version', '-v'].includes(arg))

ensureDependencies()
if (
  args[0] === 'start' &&
  !asksForHelp &&
  run('vite', ['build', '--config', 'src/demo/vite.config.ts', '--logLevel', 'warn', 'src/demo']) !== 0
)
  process.exit(1)

const node = join(root, 'node_modules', '.bin', 'node')
const flags = ['-C', 'fieldmesh-source', '--disable-warning=ExperimentalWarning']
const cli = spawn(node, [...flags, 'src/cli/main.ts', ...args], { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => cli.kill(signal))
cli.on('exit', (code) => process.exit(code ?? 0))
