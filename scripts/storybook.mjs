// `npm run storybook`: the stage on this machine. `npm run storybook -- build`: the same as static files.
import { ensureDependencies, run } from './ground.mjs'

const QUIET = { STORYBOOK_DISABLE_TELEMETRY: '1' }
const [command = 'dev', ...rest] = process.argv.slice(2)

ensureDependencies()
if (command === 'build')
  process.exit(run('storybook', ['build', '--quiet', '-o', 'storybook-static', ...rest], { env: QUIET }))
if (command !== 'dev') {
  console.error(`No such command: ${command}. There are: dev, build.`)
  process.exit(2)
}
process.exit(run('storybook', ['dev', '--host', '127.0.0.1', '--port', '6006', '--no-open', ...rest], { env: QUIET }))
