/**
 * Chooses the bytes of an entry: canonical JSON against CBOR (cborg, deterministic), both in our envelope, both
 * strict: what does not encode to the same bytes again is refused. Then the level of deflate.
 *
 *   npm run bench -- entry-codec   (1 min)
 */
import { readFileSync } from 'node:fs'
import { decode, encode } from 'cborg'
import { deflateSync } from 'fflate'
import type { Entry, Json } from '#model/entry'
import { LIMITS } from '#model/limits'
import { checkEntry } from '#model/validate-entry'
import { inflateCapped } from '#wire/deflate'
import { decodeBatch, encodeBatch, encodeEntry } from '#wire/entry-codec'
import { sized } from './browser/harness/quick.ts'
import { type BenchTable, writeResults } from './support/results.ts'

const AUTHORS = Array.from({ length: 5 }, (_, i) => `device${i}`.padEnd(22, 'AbCdEfGhIjKlMnOpQrStUv').slice(0, 22))
const BATCH_ENTRIES = 800
const ROUNDS = sized(40, 3)

/** Meter readings: small fields, a remark now and then. */
const readings = (): Record<string, Json>[] =>
  Array.from({ length: BATCH_ENTRIES }, (_, i) => ({
    kwh: 812.5 + i * 1.25,
    meter: `M-${10_000 + ((i * 7919) % 9_000)}`,
    readAt: 1_760_000_000_000 + i * 61_003,
    ok: i % 9 !== 0,
    ...(i % 5 === 0 && { remark: `Deckel klemmt, Zähler ${i} nur von links lesbar — Foto folgt` }),
  }))

/** Rows of a public data set (vega-datasets), longer texts and nulls. */
const movies = (): Record<string, Json>[] => {
  const file = new URL('../node_modules/vega-datasets/data/movies.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Json>[]).slice(0, BATCH_ENTRIES)
}

const asEntries = (rows: Record<string, Json>[]): Entry[] =>
  rows.map((data, i) => {
    const peerId = AUTHORS[i % AUTHORS.length] as string
    const vectorClock = Object.fromEntries(AUTHORS.slice(0, 1 + (i % 3)).map((author, j) => [author, i + j + 1]))
    const own = { ...vectorClock, [peerId]: i + 1 }
    return {
      id: `r-${i}`,
      resourceType: 'reading',
      action: 'update',
      data,
      timestamp: 1_760_000_000_000 + i,
      peerId,
      vectorClock: own,
    }
  })

const cborBatch = (entries: Entry[]): Uint8Array => encodeBatch(entries.map((entry) => encode(entry)))
const cborBodies = (entries: Entry[]): Uint8Array[] => entries.map((entry) => encode(entry))
const decodeCbor = (bodies: Uint8Array[]): number => {
  let sound = 0
  for (const body of bodies) {
    const entry = checkEntry(decode(body, { strict: true, rejectDuplicateMapKeys: true }))
    if (typeof entry !== 'string' && Buffer.compare(encode(entry), body) === 0) sound++
  }
  return sound
}

/** Processor time of one run, ms: what else the machine does meanwhile does not count. */
const cost = (work: () => unknown): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** Every round of each, taken in turns, so that all see the same machine; the first row is the baseline. */
const timings = (title: string, works: Readonly<Record<string, () => unknown>>): BenchTable => {
  const rows = Object.keys(works).map((name) => ({ name, samples: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, samples } of rows) samples.push(cost(works[name] as () => unknown))
  return { title, unit: 'ms', paired: true, rows, ...(rows[0] && { baseline: rows[0].name }) }
}

const sizes = (title: string, bytes: Readonly<Record<string, number>>): BenchTable => {
  const rows = Object.entries(bytes).map(([name, size]) => ({ name, samples: [size / 1024] }))
  return { title, unit: 'KiB', rows, ...(rows[0] && { baseline: rows[0].name }) }
}

const tablesOf = (name: string, rows: Record<string, Json>[]): BenchTable[] => {
  const entries = asEntries(rows)
  const json = encodeBatch(entries.map(encodeEntry))
  const cbor = cborBatch(entries)
  const bodies = cborBodies(entries)
  if (decodeCbor(bodies) !== entries.length) throw new Error('CBOR does not come back')
  const decoded = decodeBatch(json)
  if (!decoded.ok || decoded.items.length !== entries.length) throw new Error('JSON does not come back')
  const LEVELS = [1, 3, 4, 5, 6, 7, 9] as const
  const packed = deflateSync(json)
  return [
    timings(`${name}: encode`, {
      'canonical JSON': () => encodeBatch(entries.map(encodeEntry)),
      'CBOR (cborg)': () => cborBatch(entries),
    }),
    timings(`${name}: decode, strict`, {
      'canonical JSON': () => decodeBatch(json),
      'CBOR (cborg)': () => decodeCbor(bodies),
    }),
    sizes(`${name}: size`, {
      'canonical JSON': json.length,
      'CBOR (cborg)': cbor.length,
      'canonical JSON, deflated': packed.length,
      'CBOR, deflated': deflateSync(cbor).length,
    }),
    timings(
      `${name}: deflate by level`,
      Object.fromEntries(LEVELS.map((level) => [`level ${level}`, () => deflateSync(json, { level })])),
    ),
    sizes(
      `${name}: size by level of deflate`,
      Object.fromEntries(LEVELS.map((level) => [`level ${level}`, deflateSync(json, { level }).length])),
    ),
    timings(`${name}: inflate with a cap`, { inflateCapped: () => inflateCapped(packed, LIMITS.inflatedBytes) }),
  ]
}

await writeResults('entry-codec', {
  title: 'The bytes of an entry: canonical JSON against CBOR, and levels of deflate',
  about: `Batches of ${BATCH_ENTRIES} entries of five authors, both in our envelope, both strict: what does not encode to the same bytes again is refused. Processor time, rounds in turns.`,
  tables: [...tablesOf('meter readings', readings()), ...tablesOf('movies', movies())],
})
