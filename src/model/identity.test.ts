import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPeerId, makePeerId } from './identity.ts'

const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })

describe('a device’s id', () => {
  it('is its 16 bytes in 22 characters of base64url', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        expect(makePeerId(random)).toBe(Buffer.from(random).toString('base64url'))
        expect(isPeerId(makePeerId(random))).toBe(true)
      }),
    )
  })

  it('is made from 16 bytes and no other number', () => {
    for (const length of [0, 15, 17]) {
      expect(() => makePeerId(new Uint8Array(length))).toThrow(expect.objectContaining({ code: 'options-invalid' }))
    }
  })

  it.each([
    ['too short', 'A'.repeat(21)],
    ['too long', 'A'.repeat(23)],
    ['another alphabet', `${'A'.repeat(20)}+A`],
    ['bits that 16 bytes do not have', `${'A'.repeat(21)}B`],
    ['a trailing line break', `${'A'.repeat(22)}\n`],
    ['no text', 22],
  ])('is not %s', (_, value) => {
    expect(isPeerId(value)).toBe(false)
  })
})
