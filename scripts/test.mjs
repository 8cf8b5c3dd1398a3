// `npm test`: everything, with one line per part and the counts at the end. `npm test -- lint node` runs some parts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureDependencies, root, run } from './ground.mjs'

ensureDependencies()
const CHROMIUM = ensureChromium()
const scratch = mkdtempSync(join(tmpdir(), 'fieldmesh-test-'))

const all = (...commands) => commands.every(([command, ...args]) => run(command, args) === 0)
const remove = (folder) => rmSync(join(root, folder), { recursive: true, force: true })

/** One vitest project; its counts come from the JSON reporter, so that a crash is never a pass. */
const vitest = (project) => {
  const file = join(scratch, `${project}.json`)
  const code = run(
    'vitest',
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { env: { CHROMIUM } },
  )
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    const failed = report.numFailedTests + (code !== 0 && report.numFailedTests === 0 ? 1 : 0)
    return { passed: report.numPassedTests, failed }
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
  node: () => vitest('node'),
  browser: () => vitest('browser'),
  e2e: () => vitest('e2e'),
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((part) => !Object.hasOwn(PARTS, part))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`)
  process.exit(2)
}

const rows = []
for (const part of chosen.length > 0 ? chosen : Object.keys(PARTS)) {
  console.log(`\n── ${part} ──`)
  const started = performance.now()
  rows.push({ part, ...PARTS[part](), seconds: Math.round((performance.now() - started) / 1000) })
}
rmSync(scratch, { recursive: true, force: true })

console.log('')
console.table(Object.fromEntries(rows.map(({ part, ...row }) => [part, row])))
const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') === 0 ? 0 : 1)
