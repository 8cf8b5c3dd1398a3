// `npm run bench`: every part; `npm run bench -- transfer edit`: some; `--quick`: a smoke run, too small for figures.
// A part is a file `<part>.bench.ts` anywhere in this folder; it writes its results itself (bench/support/results.ts).
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ensureChromium } from '../scripts/chromium.mjs'
import { ensureDependencies, root, run } from '../scripts/ground.mjs'

const SUFFIX = '.bench.ts'
/** No part may hang: this is several times what the longest takes. */
const LIMIT_MS = 20 * 60_000
const HERE = join(root, 'bench')

ensureDependencies()

const parts = new Map(
  readdirSync(HERE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(SUFFIX) && !file.includes('node_modules'))
    .toSorted()
    .map((file) => [basename(file, SUFFIX), join(HERE, file)]),
)
const args = process.argv.slice(2)
const quick = args.includes('--quick')
const chosen = args.filter((arg) => arg !== '--quick')
const unknown = chosen.filter((part) => !parts.has(part))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${[...parts.keys()].join(', ')}.`)
  process.exit(2)
}

const CHROMIUM = ensureChromium()
if (
  !existsSync(join(HERE, 'competitors', 'node_modules')) &&
  run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: join(HERE, 'competitors') }) !== 0
) {
  console.error('npm ci in bench/competitors failed: see its message above. It needs the npm registry once.')
  process.exit(1)
}

/** A smoke run’s figures mean nothing: they do not replace those that are kept. */
const results =
  process.env.BENCH_RESULTS ?? (quick ? mkdtempSync(join(tmpdir(), 'fieldmesh-bench-results-')) : join(HERE, 'results'))
const node = join(root, 'node_modules', '.bin', 'node')
const flags = ['--expose-gc', '-C', 'fieldmesh-source', '--disable-warning=ExperimentalWarning']
let current

/** A part has a process group of its own, which ends as one. */
const end = (signal) => {
  try {
    if (current?.pid) process.kill(-current.pid, signal)
  } catch {
    // gone already
  }
}
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    end('SIGKILL')
    process.exit(130)
  })

const runPart = (file) =>
  new Promise((resolve) => {
    const env = { ...process.env, CHROMIUM, BENCH_RESULTS: results, ...(quick && { BENCH_QUICK: '1' }) }
    current = spawn(node, [...flags, file], { cwd: root, stdio: 'inherit', detached: true, env })
    const timer = setTimeout(() => end('SIGKILL'), LIMIT_MS)
    current.on('exit', (code) => {
      clearTimeout(timer)
      end('SIGKILL')
      resolve(code === 0)
    })
  })

const rows = {}
for (const part of chosen.length > 0 ? chosen : parts.keys()) {
  console.log(`\n── ${part} ──`)
  const started = performance.now()
  const ok = await runPart(parts.get(part))
  rows[part] = { ended: ok ? 'well' : 'badly', seconds: Math.round((performance.now() - started) / 1000) }
}
console.log('')
console.table(rows)
console.log(`Results: ${join(results, 'README.md')}`)
process.exit(Object.values(rows).every(({ ended }) => ended === 'well') ? 0 : 1)
