// `npm test`: everything, with one line per part and the counts at the end. `npm test -- lint node` runs some parts.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
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
/** One vitest project. */
const vitest = (project) => countsOf(project, run('vitest', argumentsFor(project), { env: { CHROMIUM } }))
/** What only computes gives way to what waits for browsers beside it. */
const politely = (command, args, options) =>
  process.platform === 'win32' ? run(command, args, options) : run('nice', ['-n', '10', command, ...args], options)
/** One that mostly waits: it runs beside the parts that follow, and what it printed comes after theirs. */
const vitestBeside = async (project) => {
  const output = join(scratch, `${project}.log`)
  const started = Date.now()
  const code = await runBeside('vitest', argumentsFor(project), { env: { CHROMIUM }, output })
  console.log(`\n── ${project} ──\n${readFileSync(output, 'utf8')}`)
  return { ...countsOf(project, code), seconds: Math.round((statSync(output).mtimeMs - started) / 1000) }
}
/** Worlds from seeds; each counts as one. */
const worlds = (seeds) => {
  const file = join(scratch, 'worlds.json')
  const script = join('scripts', 'worlds', 'main.ts')
  const code = politely('node', ['-C', 'fieldmesh-source', script, '--seeds', String(seeds), '--json', file])
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
  // What they open is built: these two mostly wait, and cost little time of their own.
  long: () => vitestBeside('long'),
  e2e: () => vitestBeside('e2e'),
  node: () => countsOf('node', politely('vitest', argumentsFor('node'), { env: { CHROMIUM } })),
  worlds: () => worlds(500),
  browser: () => vitest('browser'),
  stories: () => vitest('stories'),
}
/** Real time matters to them, and to what runs beside them: the end-to-end tests are over before. */
const AFTER_E2E = ['browser', 'stories']

const chosen = process.argv.slice(2)
const unknown = chosen.filter((part) => !Object.hasOwn(PARTS, part))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`)
  process.exit(2)
}

const begun = []
for (const part of chosen.length > 0 ? chosen : Object.keys(PARTS)) {
  console.log(`\n── ${part} ──`)
  if (AFTER_E2E.includes(part)) await begun.find((other) => other.part === 'e2e')?.counts
  const started = performance.now()
  const counts = PARTS[part]()
  begun.push({ part, counts, seconds: Math.round((performance.now() - started) / 1000) })
}
const rows = []
for (const { part, counts, seconds } of begun) rows.push({ part, seconds, ...(await counts) })
rmSync(scratch, { recursive: true, force: true })

console.log('')
console.table(Object.fromEntries(rows.map(({ part, passed, failed, seconds }) => [part, { passed, failed, seconds }])))
const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') === 0 ? 0 : 1)
