import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { parsePlan } from '#world/plan-text'
import type { WorldPlan } from '#world/plan.types'

export const HELP = `Runs worlds: a few real engines each, with network, server, disks and clocks simulated from a seed.

  npm run worlds -- [--seeds 500] [--from 1]     many seeds, over all cores
  npm run worlds -- --seed 123 [--trace]         one seed again
  npm run worlds -- --plan '{…}' [--trace]       one plan again, such as a shrunk one

  --seeds N       how many seeds (default 500)
  --from S        the first of them (default 1)
  --jobs J        processes (default: one per core)
  --peers N       devices in each world, instead of as many as its seed says
  --stop-after K  stops after so many failing seeds (default 5)
  --all           goes on to the end whatever fails
  --no-shrink     leaves failing plans as they are
  --trace         tells the run event by event, with simulated times in ms
  --json FILE     writes the counts there

Every 50th seed runs twice, and both runs must be equal to the byte. Exit code 1 where something was found.`

export interface WorldsOptions {
  readonly help: boolean
  readonly seeds: number
  readonly from: number
  readonly jobs: number
  readonly peers?: number
  /** Failing seeds before it stops. */
  readonly stopAfter: number
  readonly shrink: boolean
  readonly trace: boolean
  readonly json?: string
  /** One run, instead of many. */
  readonly seed?: number
  readonly plan?: WorldPlan
}

/** A whole number of the command line. */
const whole = (name: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number => {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new Error(`--${name} takes a whole number from ${least}${most < 1e9 ? ` to ${most}` : ''}, not “${text}”`)
}

/**
 * Reads the command line.
 *
 * @throws Error with words for whoever typed it
 */
export const readOptions = (args: readonly string[]): WorldsOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      seeds: { type: 'string', default: '500' },
      from: { type: 'string', default: '1' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      peers: { type: 'string' },
      'stop-after': { type: 'string', default: '5' },
      all: { type: 'boolean', default: false },
      'no-shrink': { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      json: { type: 'string' },
      seed: { type: 'string' },
      plan: { type: 'string' },
    },
  })
  const { seed, plan, peers, json } = values
  if (seed !== undefined && plan !== undefined) throw new Error('--seed and --plan are two ways to say one thing')
  if (values.trace && seed === undefined && plan === undefined) throw new Error('--trace needs --seed or --plan')
  return {
    help: values.help,
    seeds: whole('seeds', values.seeds, 1),
    from: whole('from', values.from, 0),
    jobs: whole('jobs', values.jobs, 1, 256),
    stopAfter: values.all ? Number.POSITIVE_INFINITY : whole('stop-after', values['stop-after'], 1),
    shrink: !values['no-shrink'],
    trace: values.trace,
    ...(peers === undefined ? {} : { peers: whole('peers', peers, 2, 20) }),
    ...(json === undefined ? {} : { json }),
    ...(seed === undefined ? {} : { seed: whole('seed', seed, 0) }),
    ...(plan === undefined ? {} : { plan: parsePlan(plan) }),
  }
}
