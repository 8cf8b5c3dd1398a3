import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, isFingerprint } from './fingerprint.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const compact = (text: string): string => text.replaceAll(' ', '')

/** The rest when a number of any length is divided by 97, digit by digit: not as the product computes it. */
const restOf = (digits: string): number => digits.split('').reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)

describe('a fingerprint', () => {
  it('is 25 digits in groups of five and two check digits, by ISO 7064 MOD 97-10', () => {
    fc.assert(
      fc.property(key, (bytes) => {
        const text = fingerprintOf(bytes)
        expect(text).toMatch(/^(\d{5} ){5}\d{2}$/)
        expect(restOf(compact(text))).toBe(1)
        expect(isFingerprint(text)).toBe(true)
      }),
    )
  })

  it('is of its key, and of no other', () => {
    fc.assert(
      fc.property(key, fc.nat(255), (bytes, bit) => {
        const other = bytes.slice()
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(fingerprintOf(bytes.slice())).toBe(fingerprintOf(bytes))
        expect(fingerprintOf(other)).not.toBe(fingerprintOf(bytes))
      }),
    )
  })

  it('begins with zeros as with any other digit', () => {
    const texts = Array.from({ length: 400 }, (_, i) => fingerprintOf(new Uint8Array(32).fill(i & 255, (i >> 8) * 8)))
    for (const digit of '0123456789') expect(texts.some((text) => text.startsWith(digit))).toBe(true)
  })

  it('is taken with spaces and dashes anywhere, as people type', () => {
    fc.assert(
      fc.property(
        key,
        fc.array(fc.constantFrom('', ' ', '-', '  ', '\n'), { minLength: 28, maxLength: 28 }),
        (bytes, gaps) => {
          const digits = compact(fingerprintOf(bytes)).split('')
          expect(isFingerprint(gaps.map((gap, i) => gap + (digits[i] ?? '')).join(''))).toBe(true)
        },
      ),
    )
  })
})

describe('a typing error is noticed', () => {
  it('where any one digit is another', () => {
    fc.assert(
      fc.property(key, fc.nat(26), fc.integer({ min: 1, max: 9 }), (bytes, at, by) => {
        const digits = compact(fingerprintOf(bytes)).split('')
        digits[at] = String((Number(digits[at]) + by) % 10)
        expect(isFingerprint(digits.join(''))).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('where any two neighbors are swapped', () => {
    fc.assert(
      fc.property(key, fc.nat(25), (bytes, at) => {
        const digits = compact(fingerprintOf(bytes)).split('')
        const [one = '', other = ''] = digits.slice(at, at + 2)
        fc.pre(one !== other)
        digits.splice(at, 2, other, one)
        expect(isFingerprint(digits.join(''))).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('for every digit and every swap of some fingerprints, without exception', () => {
    for (let seed = 0; seed < 40; seed++) {
      const digits = compact(fingerprintOf(new Uint8Array(32).fill(seed)))
      for (let at = 0; at < digits.length; at++) {
        for (const digit of '0123456789') {
          const typed = digits.slice(0, at) + digit + digits.slice(at + 1)
          expect(isFingerprint(typed)).toBe(typed === digits)
        }
        const swapped = digits.slice(0, at) + (digits[at + 1] ?? '') + (digits[at] ?? '') + digits.slice(at + 2)
        expect(isFingerprint(swapped)).toBe(swapped === digits)
      }
    }
  })

  it.each([
    ['a digit too few', (digits: string) => digits.slice(1)],
    ['a digit too many', (digits: string) => `${digits}0`],
    ['a zero before it', (digits: string) => `0${digits}`],
    ['a letter', (digits: string) => digits.replace(/\d/, 'O')],
    ['digits of another script', (digits: string) => digits.replace(/\d/, '٣')],
    ['nothing', () => ''],
  ])('%s', (_, spoil) => {
    for (let seed = 0; seed < 20; seed++)
      expect(isFingerprint(spoil(compact(fingerprintOf(new Uint8Array(32).fill(seed)))))).toBe(false)
  })

  it('where other check digits would leave the same rest', () => {
    const all = Array.from({ length: 2_000 }, (_, i) =>
      compact(fingerprintOf(new Uint8Array(32).fill(i & 255, i >> 8))),
    )
    const twins = all.flatMap((digits) => {
      const other = Number(digits.slice(-2)) - 97
      return other >= 0 ? [digits.slice(0, -2) + String(other).padStart(2, '0')] : []
    })
    expect(twins.length).toBeGreaterThan(0)
    for (const twin of twins) expect([restOf(twin), isFingerprint(twin)]).toEqual([1, false])
  })
})
