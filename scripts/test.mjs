// `npm test`: everything, with one line per part and the counts at the end. `npm test -- lint node` runs some parts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureDependencies, root, run, runBeside } from './ground.mjs'

ensureDependencies()
const CHROMIUM = ensureChromium()
const scratch = mkdtempSync(join(tmpdir(), 'fieldmesh-test-'))

const all = (...commands) => commands.every(([command, ...args]) => run(command, args) === 0)
const remove = (folder) => rmSync(join(root, folder), { recursive: true, force: true })

const reportOf = (project) => join(scratch, `${project}.json`)
const argumentsFor = (project) => [
  'run',
  '--project',
  project,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportOf(project)}`,
]
/** The counts come from the JSON reporter, so that a crash is never a pass. */
const countsOf = (project, code) => {
  try {
    const report = JSON.parse(readFileSync(reportOf(project), 'utf8'))
    const failed = report.numFailedTests + (code !== 0 && report.numFailedTests === 0 ? 1 : 0)
    return { passed: report.numPassedTests, failed }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
/** Into a file, which is printed when the part is over: parts run beside each other. Resolves to the exit code. */
const beside = async (part, command, args, options) => {
  const output = join(scratch, `${part}.log`)
  const code = await runBeside(command, args, { ...options, output })
  console.log(`\n── ${part} ──\n${readFileSync(output, 'utf8')}`)
  return code
}
const vitest = async (project) =>
  countsOf(project, await beside(project, 'vitest', argumentsFor(project), { env: { CHROMIUM } }))
/** What only computes gives way to what waits for browsers beside it. */
const politely = (part, command, args, options) =>
  process.platform === 'win32'
    ? beside(part, command, args, options)
    : beside(part, 'nice', ['-n', '10', command, ...args], options)
/** Worlds from seeds; each counts as one. */
const worlds = async (seeds) => {
  const file = join(scratch, 'worlds.json')
  const script = join('scripts', 'worlds', 'main.ts')
  const code = await politely('worlds', 'node', [
    '-C',
    'fieldmesh-source',
    script,
    '--seeds',
    String(seeds),
    '--json',
    file,
  ])
  try {
    const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'))
    return { passed, failed: failed + (code !== 0 && failed === 0 ? 1 : 0) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
const check = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 })

const PARTS = {
  lint: () => check(all(['biome', 'check', '--error-on-warnings', '.'], ['oxlint', '--type-aware', '--quiet'])),
  types: () => check(all(['tsc', '-p', '.'], ['tsc', '-p', 'machines', '--noEmit'])),
  build: () => {
    remove('dist')
    return check(
      all(
        ['tsc', '-p', 'tsconfig.build.json'],
        ['publint', '--strict'],
        ['attw', '--pack', '.', '--profile', 'esm-only'],
      ),
    )
  },
  app: () => check(all(['vite', 'build', '--config', 'src/demo/vite.config.ts', '--logLevel', 'warn', 'src/demo'])),
  // The stage as static files, which the end-to-end tests open with no network.
  stage: () => check(run('storybook', ['build', '--quiet', '--disable-telemetry', '-o', 'storybook-static']) === 0),
  long: () => vitest('long'),
  e2e: () => vitest('e2e'),
  browser: () => vitest('browser'),
  stories: () => vitest('stories'),
  node: async () => countsOf('node', await politely('node', 'vitest', argumentsFor('node'), { env: { CHROMIUM } })),
  worlds: () => worlds(500),
}
/**
 * What they open is built: then these lanes run beside each other. Faults that last minutes mostly wait, browsers wait in
 * turns, for real time matters to them, and what only computes takes what they leave.
 */
const LANES = [['long', 'stories'], ['e2e', 'browser'], ['node'], ['worlds']]

const chosen = process.argv.slice(2)
const unknown = chosen.filter((part) => !Object.hasOwn(PARTS, part))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`)
  process.exit(2)
}

const rows = []
const perform = async (part) => {
  const started = performance.now()
  const counts = await PARTS[part]()
  rows.push({ part, seconds: Math.round((performance.now() - started) / 1000), ...counts })
}
const wanted = chosen.length > 0 ? chosen : Object.keys(PARTS)
for (const part of wanted.filter((each) => !LANES.flat().includes(each))) {
  console.log(`\n── ${part} ──`)
  await perform(part)
}
const inTurn = async (parts) => {
  for (const part of parts) await perform(part)
}
const last = LANES.flat().filter((part) => wanted.includes(part))
if (last.length > 0) console.log(`\nBeside each other, each printed when it is over: ${last.join(', ')} …`)
await Promise.all(LANES.map((lane) => inTurn(lane.filter((part) => wanted.includes(part)))))
rmSync(scratch, { recursive: true, force: true })

console.log('')
console.table(Object.fromEntries(rows.map(({ part, passed, failed, seconds }) => [part, { passed, failed, seconds }])))
const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') === 0 ? 0 : 1)
