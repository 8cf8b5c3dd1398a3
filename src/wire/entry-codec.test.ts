import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '#model/canonical'
import type { Entry } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { entries } from '../../tests/support/wire-arbitraries.ts'
import { decodeBatch, encodeBatch, encodeEntry, isUnsignedBatch } from './entry-codec.ts'

const entry: Entry = {
  id: 'm-17',
  resourceType: 'reading',
  action: 'update',
  data: { kwh: 812 },
  timestamp: 1_700_000_000_000,
  peerId: 'device-a',
  vectorClock: { 'device-a': 3 },
}
const utf8 = (text: string) => new TextEncoder().encode(text)
const decodeTexts = (...texts: string[]) => decodeBatch(encodeBatch(texts.map(utf8)))
/** What becomes of a batch of one body. */
const verdict = (body: string | Uint8Array) => {
  const decoded = decodeBatch(encodeBatch([typeof body === 'string' ? utf8(body) : body]))
  return decoded.ok ? (decoded.refused[0] ?? 'accepted') : decoded.fault
}
const text = canonical(entry)

describe('batches of entries', { timeout: 30_000 }, () => {
  it('come back entry for entry and byte for byte', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 8 }), (all) => {
        const bodies = all.map(encodeEntry)
        const decoded = decodeBatch(encodeBatch(bodies))
        expect(decoded).toMatchObject({ ok: true, refused: [] })
        if (!decoded.ok) return
        expect(decoded.items.map((item) => item.entry)).toEqual(all)
        expect(decoded.items.map((item) => Buffer.from(item.bytes).toString())).toEqual(
          all.map((one) => canonical(one)),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('keep ids and values that have no UTF-8, and names of prototypes, as they are', () => {
    const data = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"text":"\\ud800"}') as Entry['data']
    const strange: Entry = { ...entry, id: '\udc00', data }
    const decoded = decodeBatch(encodeBatch([encodeEntry(strange)]))
    if (!decoded.ok) throw new Error(decoded.reason)
    expect(JSON.stringify(decoded.items[0]?.entry.data)).toBe(JSON.stringify(data))
    expect(decoded.items[0]?.entry.id).toBe('\udc00')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('hand out views of the batch, not copies', () => {
    const batch = encodeBatch([encodeEntry(entry)])
    const decoded = decodeBatch(batch)
    expect(decoded.ok && decoded.items[0]?.bytes.buffer).toBe(batch.buffer)
  })

  it('are refused when cut short anywhere, and when any one bit is flipped', () => {
    const batch = encodeBatch([encodeEntry(entry), encodeEntry({ ...entry, id: 'm-18' })])
    for (let cut = 0; cut < batch.length; cut++) expect(decodeBatch(batch.subarray(0, cut)).ok).toBe(false)
    for (let bit = 0; bit < batch.length * 8; bit++) {
      const flipped = batch.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(decodeBatch(flipped).ok).toBe(false)
    }
    expect(decodeBatch(Uint8Array.of(...batch, 0)).ok).toBe(false)
  })

  it('of another version are told apart from damage', () => {
    const batch = encodeBatch([encodeEntry(entry)])
    for (const version of [1, 3]) {
      batch[3] = version
      expect(decodeBatch(batch)).toMatchObject({ ok: false, fault: 'wire-version' })
      expect(isUnsignedBatch(batch)).toBe(version === 1)
    }
  })
})

describe('decodeBatch takes only the one text of an entry', { timeout: 30_000 }, () => {
  it('and that text it takes', () => {
    expect(verdict(text)).toBe('accepted')
  })

  it.each([
    ['a space', text.replace('"kwh":812', '"kwh": 812')],
    ['a number in another form', text.replace('812', '8.12e2')],
    ['a minus zero', text.replace('812', '-0')],
    ['keys in another order', JSON.stringify(entry)],
    ['a key twice, the same', text.replace('"kwh":812', '"kwh":812,"kwh":812')],
    ['a key twice, another value first', text.replace('"kwh":812', '"kwh":1,"kwh":812')],
    ['an escape that is not needed', text.replace('m-17', '\\u006d-17')],
    ['a counter of 0', text.replace('"data"', '"counter":0,"data"')],
    ['a byte order mark', `\ufeff${text}`],
    ['a spare key', text.replace('"data"', '"color":"red","data"')],
    ['a prototype in place of a field', text.replace('"action":"update"', '"__proto__":{"action":"update"}')],
    ['no JSON', '{'.repeat(100)],
    ['JSON that nests without end', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['bytes that are no UTF-8', new Uint8Array(100).fill(0xff)],
  ])('not %s', (_, body) => {
    expect(verdict(body)).toMatch(/^entry-(malformed|too-deep)$/)
  })

  it('refuses bad bodies one by one and keeps the good ones', () => {
    const deep = text.replace('812', '['.repeat(40) + ']'.repeat(40))
    const clock = text.replace('"device-a":3', '"device-a":0')
    const decoded = decodeTexts(text, text.replace('812', '8e2'), deep, clock, canonical({ ...entry, id: 'm-18' }))
    if (!decoded.ok) throw new Error(decoded.reason)
    expect(decoded.items.map((item) => item.entry.id)).toEqual(['m-17', 'm-18'])
    expect(decoded.refused).toEqual(['entry-malformed', 'entry-too-deep', 'entry-bad-clock'])
  })

  it('gives up on a batch with too many bad bodies', () => {
    const bad = text.replace('812', '8e2')
    expect(decodeTexts(...Array<string>(LIMITS.refusedPerBatch).fill(bad)).ok).toBe(true)
    expect(decodeTexts(...Array<string>(LIMITS.refusedPerBatch + 1).fill(bad))).toMatchObject({
      fault: 'entry-malformed',
    })
  })
})

describe('encoding refuses what could not be decoded', () => {
  it('such as an entry beyond 1 MiB, or a body that is none', () => {
    const large = { ...entry, data: { text: 'x'.repeat(LIMITS.entryBytes) } }
    expect(() => encodeEntry(large)).toThrow(expect.objectContaining({ code: 'entry-too-large' }))
    expect(() => encodeBatch([new Uint8Array(5)])).toThrow(FieldmeshError)
    expect(() => encodeBatch([new Uint8Array(LIMITS.entryBytes + 1)])).toThrow(FieldmeshError)
  })

  it('but takes an entry of just 1 MiB', () => {
    const spare = LIMITS.entryBytes - canonical({ ...entry, data: { text: '' } }).length
    const largest = { ...entry, data: { text: 'x'.repeat(spare) } }
    expect(encodeEntry(largest).length).toBe(LIMITS.entryBytes)
    expect(decodeBatch(encodeBatch([encodeEntry(largest)]))).toMatchObject({ ok: true, refused: [] })
  })
})
