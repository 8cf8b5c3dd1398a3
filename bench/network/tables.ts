import type { Aim, BenchRow, BenchTable } from '../support/results.types.ts'
import { type Condition, OURS, PLAIN, type Variant } from './conditions.ts'
import type { Measured } from './measure.ts'

/** One link under load, or why it was none. */
export interface Outcome {
  readonly condition: string
  readonly variant: string
  readonly measured: Measured | string
}

/** On a shaped link (the bare speed of the path is the transfer part's subject) credit must not cost throughput worth speaking of, and must not be slower than what it replaces. */
const GOODPUT_AIM = { of: 'ratio', atLeast: 0.9 } as const
const LATENCY_AIM = { of: 'ratio', atMost: 1 } as const

/** Four figures, as many as mean anything. */
const rounded = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((value) => value && Number(value.toPrecision(4)))

const unanswered = (all: readonly Measured[]): Pick<BenchRow, 'note'> => {
  const count = all.reduce((sum, it) => sum + it.unanswered, 0)
  return count === 0 ? {} : { note: `${count} pings and edits never came within the time` }
}

/** The rows of one condition: each variant's samples of all rounds. */
const rowsOf = (
  outcomes: readonly Outcome[],
  name: string,
  samplesOf: (it: Measured) => readonly number[],
): BenchRow => {
  const all = outcomes.flatMap(({ measured }) => (typeof measured === 'string' ? [] : [measured]))
  const failed = outcomes.flatMap(({ measured }) => (typeof measured === 'string' ? [measured] : []))
  const samples = rounded(
    outcomes.flatMap(({ measured }) => (typeof measured === 'string' ? null : samplesOf(measured))),
  )
  return { name, samples, ...unanswered(all), ...(failed[0] !== undefined && { failed: failed[0] }) }
}

const withAim = (row: BenchRow, aim: Aim | undefined): BenchRow => (row.name === OURS && aim ? { ...row, aim } : row)

/** Three tables for each condition: round trips on ctl, edits beside pings one way, and what bulk got through. */
export const tablesOf = (
  conditions: readonly Condition[],
  variants: readonly Variant[],
  outcomes: readonly Outcome[],
): BenchTable[] =>
  conditions.flatMap(({ name, line }) => {
    const here = (variant: string) => outcomes.filter((it) => it.condition === name && it.variant === variant)
    const rows = (samplesOf: (it: Measured) => readonly number[], aim?: Aim) =>
      variants.map((variant) => withAim(rowsOf(here(variant.name), variant.name, samplesOf), line && aim))
    const oneWay = variants.flatMap((variant) => [
      rowsOf(here(variant.name), `edit, ${variant.name}`, (it) => it.edits),
      rowsOf(here(variant.name), `ctl, ${variant.name}`, (it) => it.ctl),
    ])
    return [
      { title: `${name}: ping on ctl`, unit: 'ms', baseline: PLAIN, rows: rows((it) => it.roundTrips, LATENCY_AIM) },
      { title: `${name}: one way`, unit: 'ms', baseline: `ctl, ${OURS}`, rows: oneWay },
      {
        title: `${name}: bulk`,
        unit: 'MB/s',
        baseline: PLAIN,
        paired: true,
        rows: rows((it) => [it.goodput], GOODPUT_AIM),
      },
    ]
  })
