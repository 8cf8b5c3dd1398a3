import type { FaultKind, WorldPlan } from '#world/plan.types'
import type { Finding } from '#world/types'
import type { Outcome } from './tasks.ts'

/** One seed that broke a rule. */
export interface Failure {
  readonly plan: WorldPlan
  readonly findings: readonly Finding[]
}

/** Counts over many seeds. */
export interface Tally {
  add(plan: WorldPlan, outcome: Pick<Outcome, 'findings'> & Partial<Outcome>): void
  readonly passed: number
  readonly failures: readonly Failure[]
  /** The whole, in lines for a person. */
  summary(): string
}

interface KindRow {
  seeds: number
  failing: number
}

export const createTally = (): Tally => {
  const kinds = new Map<FaultKind | 'none', KindRow>()
  const rules = new Map<string, number[]>()
  const refused = new Map<string, number>()
  const recoveries: number[] = []
  const failures: Failure[] = []
  let passed = 0
  let writes = 0
  let simulatedMs = 0

  const addKinds = ({ faults }: WorldPlan, fails: boolean): void => {
    const names = new Set<FaultKind | 'none'>(faults.length > 0 ? faults.map(({ kind }) => kind) : ['none'])
    for (const kind of names) {
      const row = kinds.get(kind) ?? { seeds: 0, failing: 0 }
      kinds.set(kind, { seeds: row.seeds + 1, failing: row.failing + Number(fails) })
    }
  }
  const add: Tally['add'] = (plan, outcome) => {
    const { findings } = outcome
    if (findings.length > 0) failures.push({ plan, findings })
    else passed += 1
    addKinds(plan, findings.length > 0)
    for (const rule of new Set(findings.map((finding) => finding.rule)))
      rules.set(rule, [...(rules.get(rule) ?? []), plan.seed])
    for (const [code, count] of Object.entries(outcome.refused ?? {}))
      refused.set(code, (refused.get(code) ?? 0) + count)
    if (outcome.recoveryMs !== undefined) recoveries.push(outcome.recoveryMs)
    writes += outcome.writes ?? 0
    simulatedMs += outcome.simulatedMs ?? 0
  }
  const summary = () =>
    [
      table(
        ['fault', 'seeds', 'failing'],
        [...kinds].sort(byName).map(([kind, row]) => [kind, row.seeds, row.failing]),
      ),
      rules.size === 0
        ? 'No rule was broken.'
        : table(
            ['rule', 'seeds', 'which'],
            [...rules].sort(byName).map(([rule, seeds]) => [rule, seeds.length, firstFew(seeds)]),
          ),
      `${writes} writes in ${duration(simulatedMs)}; refused while something was wrong: ${
        [...refused].map(([code, count]) => `${code} ${count}`).join(', ') || 'none'
      }`,
      `from healing to quiet, simulated ms: ${spread(recoveries)}`,
    ].join('\n\n')

  return {
    add,
    summary,
    failures,
    get passed() {
      return passed
    },
  }
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => a.localeCompare(b)

const HOUR_MS = 3_600_000
const duration = (ms: number): string =>
  ms < HOUR_MS ? `${Math.round(ms / 60_000)} simulated minutes` : `${Math.round(ms / HOUR_MS)} simulated hours`

const firstFew = (seeds: readonly number[]): string => seeds.slice(0, 8).join(' ') + (seeds.length > 8 ? ' …' : '')

const spread = (values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  return `half within ${at(0.5)}, 99 % within ${at(0.99)}, all within ${at(1)}`
}

/** Columns aligned by spaces; figures to the right. */
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => {
  const cells = [head, ...rows].map((row) => row.map(String))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const isFigure = (column: number) => rows.every((row) => typeof row[column] === 'number')
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          isFigure(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
