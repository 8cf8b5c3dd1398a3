/**
 * What a ping on ctl and somebody's edit wait while bulk is saturated, on links as they are in the field, with receiver
 * credit and with `bufferedAmount` alone.
 *
 *   npm run bench -- ctl-latency   (6 min)
 */
import { median } from '../support/statistics.ts'
import { writeResults } from '../support/results.ts'
import { sized } from '../browser/harness/quick.ts'
import { CONDITIONS, type Condition, OURS, VARIANTS, type Variant } from './conditions.ts'
import { createPost, DRAIN_MS, type Measured, measure } from './measure.ts'
import { openPages } from './pages.ts'
import { type Outcome, tablesOf } from './tables.ts'

const ROUNDS = sized(3, 1)
const LONGEST_MS = sized(Number.POSITIVE_INFINITY, 2_000)
/** Slow links of so many conditions share the machine: 2 MB/s in all. */
const SIDE_BY_SIDE = 3

const post = createPost()
const outcomes: Outcome[] = []

const measureOne = async (condition: Condition, variant: Variant, round: number): Promise<void> => {
  const cell = { condition, variant, seed: round, ms: Math.min(condition.ms, LONGEST_MS) }
  const measured = await measure(pages, post, cell).catch((error: unknown) => String(error))
  outcomes.push({ condition: condition.name, variant: variant.name, measured })
}

/** Variants of slow links run at once, so that whatever else the machine does falls on all alike; fast ones in turns. */
const measureRound = async (round: number): Promise<void> => {
  const light = CONDITIONS.filter((condition) => condition.light)
  for (let at = 0; at < light.length; at += SIDE_BY_SIDE) {
    const some = light.slice(at, at + SIDE_BY_SIDE)
    await Promise.all(some.flatMap((it) => VARIANTS.map((variant) => measureOne(it, variant, round))))
  }
  for (const condition of CONDITIONS.filter((it) => !it.light))
    for (const variant of VARIANTS) await measureOne(condition, variant, round)
}

const measuredOnes = (): Measured[] =>
  outcomes.flatMap(({ measured }) => (typeof measured === 'string' ? [] : [measured]))

/** How much of what was measured is the emulation's own doing. */
const lateness = (): string => {
  const shares = measuredOnes().flatMap(({ line }) => (line ? [line.late / line.delivered] : []))
  return `Packets that the emulation itself delayed by 5 ms or more: ${((median(shares) ?? 0) * 100).toFixed(1)} % (median of all runs). Above some 10 % the machine was too busy.`
}

const pages = await openPages(post.carry)
try {
  post.serve(pages)
  for (let round = 1; round <= ROUNDS; round++) {
    console.log(`round ${round} of ${ROUNDS}`)
    await measureRound(round)
  }
} finally {
  await pages.close()
}

await writeResults('ctl-latency', {
  title: 'Latency under bulk load on field links',
  about: [
    'Two Chromium processes whose packets go through a relay of our own in user space (`bench/network/relay.ts`): rate with',
    'a drop-tail buffer (64 KB unless it says otherwise; 256 KB at 20 Mbit/s), delay (round trips are named), independent',
    'loss, both ways alike. One side saturates bulk with frames of 14,000 bytes; every 250 ms it sends a ping on ctl and an',
    `edit of 200 bytes on bulk. “${OURS}” is the transport that ships, with chunks by priority. The others are a plain page`,
    'with the same two channels and frames that hands over bulk while `bufferedAmount` is below the mark; an edit goes to the',
    `channel at once. What never came within ${DRAIN_MS / 1_000} s after the load counts with the time it was waited for.`,
  ].join(' '),
  tables: tablesOf(CONDITIONS, VARIANTS, outcomes),
  findings: [lateness()],
})
