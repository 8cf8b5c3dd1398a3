/**
 * Chooses the bytes of an entry: canonical JSON against CBOR (cborg, deterministic), both in our envelope, both
 * strict: what does not encode to the same bytes again is refused. Then the level of deflate.
 *
 *   node -C fieldmesh-source bench/entry-codec.bench.ts
 */
import { readFileSync } from 'node:fs'
import { decode, encode } from 'cborg'
import { deflateSync } from 'fflate'
import type { Entry, Json } from '#model/entry'
import { LIMITS } from '#model/limits'
import { checkEntry } from '#model/validate-entry'
import { inflateCapped } from '#wire/deflate'
import { decodeBatch, encodeBatch, encodeEntry } from '#wire/entry-codec'

const AUTHORS = Array.from({ length: 5 }, (_, i) => `device${i}`.padEnd(22, 'AbCdEfGhIjKlMnOpQrStUv').slice(0, 22))
const BATCH_ENTRIES = 800
const ROUNDS = 40

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

/** Best of the rounds for each, taken in turns, so that all see the same machine. */
const best = (...works: (() => unknown)[]): number[] => {
  const least = works.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < ROUNDS; round++)
    works.forEach((work, i) => {
      least[i] = Math.min(least[i] as number, cost(work))
    })
  return least
}

const line = (name: string, unit: string, [json = 0, cbor = 0]: number[]): void => {
  const [a, b] = [json, cbor].map((value) => value.toFixed(2).padStart(7))
  console.log(`  ${name.padEnd(24)} JSON ${a} ${unit}   CBOR ${b} ${unit}   CBOR/JSON ${(cbor / json).toFixed(2)}`)
}

const compare = (name: string, rows: Record<string, Json>[]): void => {
  const entries = asEntries(rows)
  const json = encodeBatch(entries.map(encodeEntry))
  const cbor = cborBatch(entries)
  const bodies = cborBodies(entries)
  if (decodeCbor(bodies) !== entries.length) throw new Error('CBOR does not come back')
  const decoded = decodeBatch(json)
  if (!decoded.ok || decoded.items.length !== entries.length) throw new Error('JSON does not come back')
  const jsonEncoding = () => encodeBatch(entries.map(encodeEntry))
  const cborEncoding = () => cborBatch(entries)
  const jsonDecoding = () => decodeBatch(json)
  const cborDecoding = () => decodeCbor(bodies)
  console.log(`${name}: ${entries.length} entries`)
  line('encode', 'ms', best(jsonEncoding, cborEncoding))
  line('decode, strict', 'ms', best(jsonDecoding, cborDecoding))
  line('size', 'kB', [json.length / 1024, cbor.length / 1024])
  line('size deflated (level 6)', 'kB', [deflateSync(json).length / 1024, deflateSync(cbor).length / 1024])
  levels(json)
}

const levels = (batch: Uint8Array): void => {
  const tried = [1, 3, 4, 5, 6, 7, 9] as const
  const costs = best(...tried.map((level) => () => deflateSync(batch, { level })))
  tried.forEach((level, i) => {
    const share = (100 * deflateSync(batch, { level }).length) / batch.length
    console.log(`  deflate level ${level}: ${costs[i]?.toFixed(2).padStart(6)} ms, to ${share.toFixed(1)} %`)
  })
  const packed = deflateSync(batch)
  const [inflating = 0] = best(() => inflateCapped(packed, LIMITS.inflatedBytes))
  console.log(`  inflate with a cap: ${inflating.toFixed(2)} ms for ${(batch.length / 1024).toFixed(0)} kB`)
}

compare('meter readings', readings())
compare('movies', movies())
