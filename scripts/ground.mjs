// What `npm start` and `npm test` stand on: dependencies installed, the pinned Node found. Runs on Node 20 and later.
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, lstatSync, openSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
const MINIMUM = [22, 12]

const environment = (env) => ({
  // A process that runs what another one ran before need not compile it again: tests start hundreds of them.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
  ...process.env,
  PATH: `${bin}:${process.env.PATH}`,
  ...env,
})

/** Runs a command with the project's own tools first on the PATH; returns its exit code. */
export const run = (command, args, options = {}) => {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options, env: environment(options.env) })
  if (done.error) console.error(`${command}: ${done.error.message}`)
  return done.status ?? 1
}

/** The same beside what follows, what it prints going to a file; resolves to its exit code. */
export const runBeside = (command, args, { env, output }) => {
  const file = openSync(output, 'w')
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', file, file], env: environment(env) })
  closeSync(file)
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

const installed = () => {
  const marker = join(root, 'node_modules', '.package-lock.json')
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

const isLink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false

/** Installs what package-lock.json names, if it is not there yet; ends the process if that fails. */
export const ensureDependencies = () => {
  // What a link leads to belongs to another checkout: npm ci would empty it.
  if (!isLink(join(root, 'node_modules')) && !installed()) {
    console.log('Installing dependencies (once) …')
    if (run('npm', ['ci', '--no-audit', '--no-fund']) !== 0) {
      console.error('npm ci failed: see its message above. It needs the npm registry once.')
      process.exit(1)
    }
  }
  ensureNode()
}

const ensureNode = () => {
  const { stdout } = spawnSync('node', ['-p', 'process.versions.node'], {
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    encoding: 'utf8',
  })
  const [major = 0, minor = 0] = (stdout ?? '').split('.').map(Number)
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return
  console.error(`fieldmesh needs Node ${MINIMUM.join('.')} or later, found ${stdout?.trim() || 'none'}.
The package "node" brings it, but its install script did not run: allow scripts (npm config set ignore-scripts false) and run npm ci again.`)
  process.exit(1)
}
