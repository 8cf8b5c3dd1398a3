import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MachineMutant, MachineName } from './mutants.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
/** A chart that was changed may go in circles; that is found too. */
const PATIENCE_MS = 600_000

interface Exit {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Node in a process of its own, with a mutant or without. */
const node = (args: readonly string[], mutant: MachineMutant | undefined): Promise<Exit> =>
  new Promise((resolve) => {
    const { NODE_OPTIONS: _, VITEST: __, ...rest } = process.env
    const env = { ...rest, FIELDMESH_MACHINE_MUTANT: mutant?.name ?? '' }
    const options = { cwd: ROOT, env, timeout: PATIENCE_MS, maxBuffer: 64 * 1024 * 1024 }
    execFile(process.execPath, [...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? 1 : 0, stdout, stderr }),
    )
  })

/**
 * Which laws break, and in how many snapshots or states; of those whose ids are given, or of all. With `--whether`
 * among the ids no law is counted beyond the first.
 */
export const brokenLaws = async (
  machine: MachineName,
  mutant: MachineMutant | undefined,
  ids: readonly string[] = [],
): Promise<Readonly<Record<string, number>>> => {
  const flags = ['-C', 'fieldmesh-source', '--import', here('./mutate-source.ts')]
  const { code, stdout, stderr } = await node([...flags, here('./break-laws.ts'), machine, ...ids], mutant)
  if (code !== 0) throw new Error(`${mutant?.name ?? machine}: ${stderr.slice(-2_000)}`)
  return JSON.parse(stdout) as Record<string, number>
}

/** Part of vitest's JSON report. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly failureMessages: readonly string[] | null
    }[]
  }[]
}

export interface RedFile {
  /** From the project's root. */
  readonly file: string
  /** Tests that fail; 1 where the file itself does. */
  readonly red: number
}

/** Runs test files, or all of folders, and gives those that are red. */
export const redTests = async (files: readonly string[], mutant: MachineMutant | undefined): Promise<RedFile[]> => {
  const scratch = await mkdtemp(join(tmpdir(), 'fieldmesh-mutants-'))
  const output = join(scratch, 'report.json')
  try {
    const flags = ['--config', here('./vitest.config.ts'), '--reporter=json', `--outputFile=${output}`]
    const { stderr } = await node([VITEST, 'run', ...flags, ...files], mutant)
    const text = await readFile(output, 'utf8').catch(() => {
      throw new Error(`${mutant?.name ?? 'no mutant'}: ${stderr.slice(-2_000)}`)
    })
    return redOf(JSON.parse(text) as Report)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

const redOf = ({ testResults }: Report): RedFile[] =>
  testResults
    .map(({ name, status, assertionResults }) => {
      const failed = assertionResults.filter((each) => each.status === 'failed').length
      return { file: relative(ROOT, name), red: failed === 0 && status === 'failed' ? 1 : failed }
    })
    .filter(({ red }) => red > 0)
    .sort((one, other) => one.file.localeCompare(other.file))
