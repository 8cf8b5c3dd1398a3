import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

/** What a figure depends on beside the code. Nothing in it names the machine or a folder of it. */
export interface MachineFacts {
  readonly date: string
  /** Short hash; `+` where the tree had changes that are not in it. */
  readonly commit: string
  readonly cores: number
  readonly cpu: string
  readonly memoryGiB: number
  readonly node: string
  readonly chromium: string
  /** Load averages over 1, 5 and 15 minutes. */
  readonly loadBefore: readonly number[]
  readonly loadAfter: readonly number[]
}

const said = (command: string, ...args: string[]): string => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}

const commit = (): string => {
  const hash = said('git', 'rev-parse', '--short=10', 'HEAD')
  if (hash === '') return 'none'
  return said('git', 'status', '--porcelain', '--untracked-files=no') === '' ? hash : `${hash}+`
}

const chromiumVersion = (): string =>
  /[\d.]{5,}/.exec(said(process.env['CHROMIUM'] ?? '/usr/bin/chromium', '--version'))?.[0] ?? 'none'

const load = (): number[] => loadavg().map((value) => Math.round(value * 100) / 100)

let loadBefore = load()

/** The facts of now; the load before is that of the previous call, or of the start of the program. */
export const machineFacts = (): MachineFacts => {
  const loadAfter = load()
  const facts = {
    date: new Date().toISOString(),
    commit: commit(),
    cores: cpus().length,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    node: process.version,
    chromium: chromiumVersion(),
    loadBefore,
    loadAfter,
  }
  loadBefore = loadAfter
  return facts
}
