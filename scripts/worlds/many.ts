import { writeFileSync } from 'node:fs'
import { planOf } from '#world/plan'
import { createCrew, type Crew } from './crew.ts'
import type { WorldsOptions } from './options.ts'
import { createProgress } from './progress.ts'
import { createTally, type Failure } from './tally.ts'
import { findingsText, seedAddress, seedCommand, shrunkText } from './words.ts'

/** Every so many seeds one runs twice: runs that differ cannot be replayed. */
const TWICE_EVERY = 50
/** Shrinking takes hundreds of runs; the first failures tell enough. */
const MOST_SHRUNK = 5

/** Runs many seeds over several processes and prints what they found; the exit code. */
export const runMany = async (options: WorldsOptions): Promise<number> => {
  const { seeds, from, jobs, peers, stopAfter, json } = options
  const tally = createTally()
  const progress = createProgress(seeds, process.stderr, () => performance.now())
  const crews = Array.from({ length: Math.min(jobs, seeds) }, () => createCrew())
  let next = from
  const finishOne = async (crew: Crew, seed: number) => {
    const plan = planOf(seed, peers)
    const result = await crew.work({ type: 'run', plan, twice: seed % TWICE_EVERY === 0 })
    if (result.type === 'ran') tally.add(plan, result.outcome)
    else if (result.type === 'lost') tally.add(plan, { findings: [{ rule: 'RUN-5', says: result.why }] })
    const failure = tally.failures.at(-1)
    if (failure?.plan === plan) {
      progress.clear()
      console.log(`seed ${seed} fails: ${seedCommand(seed, peers)}`)
      console.log(`  to watch it: ${seedAddress(seed, peers)}\n${findingsText(failure.findings)}`)
    }
    progress.update(tally.passed + tally.failures.length, tally.failures.length)
  }
  await Promise.all(
    crews.map(async (crew) => {
      while (next < from + seeds && tally.failures.length < stopAfter) await finishOne(crew, next++)
    }),
  )
  progress.clear()
  if (options.shrink) await shrinkAll(crews, tally.failures)
  for (const crew of crews) crew.end()
  console.log(`\n${tally.summary()}\n\n${tally.passed} seeds passed, ${tally.failures.length} failed`)
  if (json !== undefined) writeFileSync(json, JSON.stringify({ passed: tally.passed, failed: tally.failures.length }))
  return tally.failures.length > 0 ? 1 : 0
}

/** The first failure of each rule, and then others, up to a number, each made small and printed. */
const shrinkAll = async (crews: readonly Crew[], failures: readonly Failure[]): Promise<void> => {
  const ruleOf = ({ findings }: Failure) => findings[0]?.rule ?? ''
  const isFirst = (failure: Failure) => failures.find((other) => ruleOf(other) === ruleOf(failure)) === failure
  const waiting = [...failures.filter(isFirst), ...failures.filter((failure) => !isFirst(failure))]
    .filter((failure) => ruleOf(failure) !== 'RUN-5')
    .slice(0, MOST_SHRUNK)
  await Promise.all(
    crews.map(async (crew) => {
      for (let failure = waiting.shift(); failure; failure = waiting.shift()) {
        const rule = ruleOf(failure)
        const result = await crew.work({ type: 'shrink', plan: failure.plan, rule })
        console.log(`\nseed ${failure.plan.seed}, ${rule}, ${shrunkText(result)}`)
      }
    }),
  )
}
