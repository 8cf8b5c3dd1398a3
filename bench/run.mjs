// `npm run bench -- --help` says how to use it. A part writes its results itself (bench/support/results.ts).
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from '../scripts/chromium.mjs'
import { ensureDependencies, root, run } from '../scripts/ground.mjs'
import { partsIn, usage } from './parts.mjs'

/** No part may hang: this is more than the longest takes where whatever has a limit comes up to it. */
const LIMIT_MS = 40 * 60_000
const HERE = join(root, 'bench')

const parts = partsIn(HERE)
const args = process.argv.slice(2)
if (args.some((arg) => arg === '--help' || arg === '-h')) {
  console.log(usage(parts))
  process.exit(0)
}
const quick = args.includes('--quick')
const chosen = args.filter((arg) => arg !== '--quick')
const unknown = chosen.filter((part) => !parts.has(part))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}.\n\n${usage(parts)}`)
  process.exit(2)
}

ensureDependencies()
const CHROMIUM = ensureChromium()
if (!existsSync(join(HERE, 'competitors', 'node_modules'))) {
  console.log('Installing what fieldmesh is measured against (once) …')
  if (run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: join(HERE, 'competitors') }) !== 0) {
    console.error('npm ci in bench/competitors failed: see its message above. It needs the npm registry once.')
    process.exit(1)
  }
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
  const ok = await runPart(parts.get(part).file)
  rows[part] = { ended: ok ? 'well' : 'badly', seconds: Math.round((performance.now() - started) / 1000) }
}
console.log('')
console.table(rows)
console.log(`Results: ${join(results, 'README.md')}`)
process.exit(Object.values(rows).every(({ ended }) => ended === 'well') ? 0 : 1)
