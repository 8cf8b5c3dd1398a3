/**
 * What the statecharts cost in a bulk transfer: two engines on links in memory, one with many entries, one empty.
 *
 *   npm run bench -- xstate-share   (2 min)
 */
import { createMemoryWorld } from '../../tests/support/memory-world.ts'
import { sized } from '../browser/harness/quick.ts'
import { idAt } from '../browser/page/readings.ts'
import { type BenchTable, writeResults } from '../support/results.ts'
import { cpuOf } from './support/processor.ts'
import { sharesOf, shareWords } from './support/profile.ts'
import { inputAt } from './support/stored-readings.ts'

const COUNT = sized(100_000, 2_000)
const ROUNDS = sized(3, 1)
const GROUP = 500

const shares = new Map<string, number[]>()
const cost: number[] = []
let functions = ''

const transfer = async (round: number): Promise<void> => {
  const world = createMemoryWorld()
  const sender = world.engine('a')
  const receiver = world.engine('b')
  await sender.start()
  for (let from = 0; from < COUNT; from += GROUP)
    await sender.sync(Array.from({ length: Math.min(GROUP, COUNT - from) }, (_, i) => inputAt(from + i)))
  const last = idAt(COUNT - 1)
  const found = await sharesOf(async () => {
    const ms = await cpuOf(async () => {
      await receiver.start()
      await world.until('all readings arrived', () => receiver.record('reading', last) !== undefined)
    })
    cost.push((ms * 1_000) / COUNT)
  })
  await world.stop()
  for (const [group, share] of found.groups) {
    const known = shares.get(group) ?? Array.from({ length: round }, () => 0)
    shares.set(group, [...known, share * 100])
  }
  functions = shareWords(found.functions, 15)
}

for (let round = 0; round < ROUNDS; round++) await transfer(round)

const rows: BenchTable['rows'] = [...shares].map(([name, samples]) => ({ name, samples }))
await writeResults('xstate-share', {
  title: 'XState’s share of a bulk transfer',
  about: `Two engines in one process move ${COUNT.toLocaleString('en-US')} readings over links in memory, under the sampling profiler. The links cut messages into chunks as the real ones do, and the sender waits for credit.`,
  tables: [
    { title: 'Shares of the processor time of both engines', unit: '% of the samples', headline: 'XState', rows },
    {
      title: 'Cost of an entry, from one engine to the other',
      unit: 'µs an entry',
      rows: [{ name: 'both engines, profiler on', samples: cost }],
    },
  ],
  findings: [`Largest functions of the last round: ${functions}.`],
})
