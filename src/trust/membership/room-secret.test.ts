import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64url } from '#model/base64url'
import { openRoomKeys } from '../room-keys.ts'
import { suites } from '../suites.testing.ts'
import { formatRoomSecret, parseRoomSecret, type RoomSecret } from './room-secret.ts'

const codeOf = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

const S = base64url(new Uint8Array(32).fill(7))
const ROOT = base64url(new Uint8Array(32).fill(9))
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(base64url)
const room: fc.Arbitrary<RoomSecret> = fc.oneof(
  bytes32.map((secret) => ({ secret, policy: 'secret-only' as const })),
  bytes32.map((secret) => ({ secret, policy: 'tofu' as const })),
  fc.tuple(bytes32, bytes32).map(([secret, root]) => ({ secret, policy: 'certified' as const, root })),
)

describe('a room’s secret text', () => {
  it('says its policy, and the text of what was read is the text', () => {
    fc.assert(
      fc.property(room, (given) => {
        expect(parseRoomSecret(formatRoomSecret(given))).toEqual(given)
      }),
    )
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }), (text) => {
        const read = codeOf(() => formatRoomSecret(parseRoomSecret(text)))
        expect([text, 'room-invalid']).toContain(read)
      }),
    )
  })

  it.each([
    ['a key', S, { secret: S, policy: 'secret-only' }],
    ['words', 'substation 7', { secret: 'substation 7', policy: 'secret-only' }],
    ['words that end like a policy', 'meet at.t', { secret: 'meet at.t', policy: 'secret-only' }],
    ['trust on first use', `${S}.t`, { secret: S, policy: 'tofu' }],
    ['certificates', `${S}.c${ROOT}`, { secret: S, policy: 'certified', root: ROOT }],
  ])('reads %s', (_what, text, expected) => {
    expect(parseRoomSecret(text)).toEqual(expected)
  })

  it.each([
    ['nothing', ''],
    ['more than 256 characters', 'x'.repeat(257)],
    ['half a character', '\ud800'],
    ['a dot and nothing', `${S}.`],
    ['an unknown policy', `${S}.x`],
    ['a policy in capitals', `${S}.T`],
    ['a policy and more', `${S}.tt`],
    ['a policy and a new line', `${S}.t\n`],
    ['certificates without a founder', `${S}.c`],
    ['a founder cut short', `${S}.c${ROOT.slice(1)}`],
    ['a founder with a letter more', `${S}.c${ROOT}A`],
    ['a founder that is no base64url', `${S}.c${ROOT.slice(0, -1)}+`],
    ['a founder written in two ways', `${S}.c${ROOT.slice(0, -1)}l`],
    ['a secret written in two ways', `${S.slice(0, -1)}d.t`],
    ['two policies', `${S}.t.c${ROOT}`],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => parseRoomSecret(text))).toBe('room-invalid')
  })

  it.each<[string, RoomSecret]>([
    ['words with a policy', { secret: 'substation 7', policy: 'tofu' }],
    ['certificates without a founder', { secret: S, policy: 'certified' }],
    ['a founder without certificates', { secret: S, policy: 'tofu', root: ROOT }],
    ['a secret with a policy in it', { secret: `${S}.t`, policy: 'secret-only' }],
  ])('is not made of %s', (_what, given) => {
    expect(codeOf(() => formatRoomSecret(given))).toBe('room-invalid')
  })
})

describe.each(suites)('the keys of rooms with one secret, by $name', ({ makeSuite }) => {
  it('are others under another policy, and under another founder', async () => {
    const texts = [S, `${S}.t`, `${S}.c${ROOT}`, `${S}.c${S}`]
    const suite = makeSuite()
    const ids = await Promise.all(texts.map(async (text) => (await openRoomKeys(suite, text)).id))
    expect(new Set(ids).size).toBe(texts.length)
  })

  it('are none where a policy is misspelled', async () => {
    await expect(openRoomKeys(makeSuite(), `${S}.x`)).rejects.toMatchObject({ code: 'room-invalid' })
  })
})
