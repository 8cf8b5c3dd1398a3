/**
 * What an initial sync costs the processor at either end, without a network: packing and deflating at the sender;
 * inflating, decoding and storing at the receiver. Beside it what bare JSON would cost.
 *
 *   npm run bench -- ingest   (1 min)
 */
import { LIMITS } from '#model/limits'
import { createMemoryDisk } from '#store/memory-journal'
import { inflateCapped, packBytes } from '#wire/deflate'
import { decodeBatch } from '#wire/entry-codec'
import { sized } from '../browser/harness/quick.ts'
import { readingAt } from '../browser/page/readings.ts'
import { writeResults } from '../support/results.ts'
import { collectGarbage, cpuOf, Samples } from './support/processor.ts'
import { type Shares, sharesOf, shareWords } from './support/profile.ts'
import { AUTHOR, batchesOf, openStore, RECEIVER, storeOf } from './support/stored-readings.ts'

const COUNT = sized(100_000, 5_000)
const ROUNDS = sized(5, 1)

const sender = await storeOf(COUNT)
const batches = batchesOf(sender)
const messages = batches.map((batch) => packBytes(batch).bytes)
const bare = Array.from({ length: COUNT }, (_, i) => JSON.stringify({ id: i, ...readingAt(i) }))

const ingestAll = async (): Promise<void> => {
  const store = await openStore(RECEIVER, createMemoryDisk())
  for (const batch of batches) await store.ingest(batch, AUTHOR)
  if (store.size !== COUNT) throw new Error(`${store.size} of ${COUNT} entries arrived`)
}

const WORKS: Readonly<Record<string, () => unknown>> = {
  'bare JSON: parse and keep': () => new Map(bare.map((text, i) => [i, JSON.parse(text) as unknown])),
  'sender: pack': () => batchesOf(sender),
  'sender: deflate': () => batches.map((batch) => packBytes(batch)),
  'receiver: inflate': () => messages.map((message) => inflateCapped(message, LIMITS.inflatedBytes)),
  'receiver: decode': () => batches.map((batch) => decodeBatch(batch).ok),
  'receiver: ingest (decode, plan, store, commit, notify)': ingestAll,
}

const samples = new Samples()
for (let round = 0; round < ROUNDS; round++)
  for (const [name, work] of Object.entries(WORKS)) {
    collectGarbage()
    samples.add(name, ((await cpuOf(work)) * 1_000) / COUNT)
  }
const shares: Shares = await sharesOf(ingestAll)

const bytesOf = (parts: readonly (Uint8Array | string)[]): number =>
  parts.reduce((sum, part) => sum + (typeof part === 'string' ? Buffer.byteLength(part) : part.length), 0) / COUNT

await writeResults('ingest', {
  title: `Packing and ingesting ${COUNT.toLocaleString('en-US')} entries`,
  about:
    'Processor time of one process with journals in memory: the cost without network and disk. Rounds in turns, all in one run.',
  tables: [
    {
      title: 'Cost of an entry',
      unit: 'µs an entry',
      baseline: 'bare JSON: parse and keep',
      paired: true,
      rows: Object.keys(WORKS).map((name) => ({ name, samples: samples.of(name) })),
    },
    {
      title: 'Bytes of an entry',
      unit: 'bytes an entry',
      baseline: 'bare JSON of the record',
      rows: [
        { name: 'bare JSON of the record', samples: [bytesOf(bare)] },
        { name: 'fieldmesh: a batch', samples: [bytesOf(batches)] },
        {
          name: 'fieldmesh: a batch, deflated',
          samples: [bytesOf(messages)],
          aim: { of: 'ratio', atMost: 0.35 },
        },
      ],
    },
    {
      title: 'Where ingesting spends its time',
      unit: '% of the samples',
      rows: shares.groups.map(([name, share]) => ({ name, samples: [share * 100] })),
    },
  ],
  findings: [`Largest functions of ingest: ${shareWords(shares.functions, 12)}.`],
})
