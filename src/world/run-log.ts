import type { Finding, World } from './types.ts'

/** More of the same tell nothing new, and a broken run may find without end. */
const MOST_FINDINGS = 40

/** What a run finds and tells. */
export interface RunLog {
  readonly findings: readonly Finding[]
  found(...findings: readonly Finding[]): void
  /** Something was thrown that should not be: `RUN-1`. */
  threw(where: string, error: unknown): void
  says(text: string): void
}

export const createRunLog = (world: World, trace?: (at: number, says: string) => void): RunLog => {
  const findings: Finding[] = []
  const log: RunLog = {
    findings,
    found: (...more) => {
      for (const finding of more) {
        if (findings.length < MOST_FINDINGS) findings.push(finding)
        log.says(`${finding.rule}: ${finding.says}`)
      }
    },
    threw: (where, error) => log.found({ rule: 'RUN-1', says: `${where} threw ${wordsOf(error)}` }),
    says: (text) => trace?.(world.now(), text),
  }
  return log
}

/** An error with its cause and the first lines of its stack. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const stack = (error.stack ?? String(error)).split('\n').slice(0, 8).join('\n')
  return error.cause === undefined ? stack : `${stack}\ncaused by ${wordsOf(error.cause)}`
}
