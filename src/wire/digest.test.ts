import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vectorDigest } from './digest.ts'

const vectors = fc.dictionary(fc.string({ unit: 'binary', maxLength: 30 }), fc.integer({ min: 1, max: 2 ** 50 }))

describe('vectorDigest', { timeout: 30_000 }, () => {
  it('is 16 lowercase hex digits and does not change between versions', () => {
    expect(vectorDigest([])).toBe('0000000000000000')
    expect(
      vectorDigest([
        ['device-a', 1],
        ['device-b', 300],
      ]),
    ).toMatchInlineSnapshot(`"baa0ec59b93cd9d6"`)
  })

  it('does not depend on the order of the authors, nor on authors of nothing', () => {
    fc.assert(
      fc.property(vectors, fc.nat(), (vector, turn) => {
        const pairs = Object.entries(vector)
        const cut = turn % (pairs.length + 1)
        const turned = [...pairs.slice(cut), ...pairs.slice(0, cut), ['nobody'.repeat(9), 0] as const]
        expect(vectorDigest(turned)).toBe(vectorDigest(pairs))
      }),
    )
  })

  it('differs for different vectors', () => {
    const seen = new Set<string>()
    for (let authors = 0; authors < 40; authors++)
      for (let seq = 1; seq <= 200; seq++)
        seen.add(vectorDigest(Array.from({ length: authors + 1 }, (_, i) => [`device-${i}`, i === authors ? seq : 7])))
    expect(seen.size).toBe(40 * 200)
  })

  it('tells a name apart from the same letters cut elsewhere, and takes names that have no UTF-8', () => {
    expect(
      vectorDigest([
        ['ab', 1],
        ['c', 1],
      ]),
    ).not.toBe(
      vectorDigest([
        ['a', 1],
        ['bc', 1],
      ]),
    )
    expect(vectorDigest([['\ud800', 1]])).not.toBe(vectorDigest([['\ud801', 1]]))
  })
})
