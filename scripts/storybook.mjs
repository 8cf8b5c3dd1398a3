// `npm run storybook`: the stage on this machine. `npm run storybook -- build`: the same as static files.
import { ensureDependencies, run } from './ground.mjs'

const QUIET = { STORYBOOK_DISABLE_TELEMETRY: '1' }
const HELP = `npm run storybook                    the stage, at http://127.0.0.1:6006
npm run storybook -- --port 6021     elsewhere; other options are those of \`storybook dev\`
npm run storybook -- build           static files in storybook-static; options are those of \`storybook build\``

const given = process.argv.slice(2)
if (given.some((arg) => arg === '--help' || arg === '-h')) {
  console.log(HELP)
  process.exit(0)
}
const [command, ...rest] = given[0]?.startsWith('-') || given.length === 0 ? ['dev', ...given] : given
if (command !== 'dev' && command !== 'build') {
  console.error(`No such command: ${command}.\n${HELP}`)
  process.exit(2)
}

ensureDependencies()
const args =
  command === 'build'
    ? ['build', '--quiet', '-o', 'storybook-static', ...rest]
    : ['dev', '--host', '127.0.0.1', '--port', '6006', '--no-open', ...rest]
process.exit(run('storybook', args, { env: QUIET }))
