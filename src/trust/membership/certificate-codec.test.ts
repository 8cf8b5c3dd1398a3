import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64url } from '#model/base64url'
import { FieldmeshError } from '#model/fault'
import type { CertificateLink } from './certificate.types.ts'
import { CERTIFICATE_BYTES, decodeCertificate, encodeCertificate } from './certificate-codec.ts'
import { ROLES } from './claim.ts'
import { isMemberName } from './member-name.ts'
import { DAY } from './play.testing.ts'
import { verifyCertificate } from './verify-certificate.ts'

const ROOM = 'the room'

describe('the bytes of a certificate', () => {
  const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter(isMemberName)
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(base64url)
  const link: fc.Arbitrary<CertificateLink> = fc
    .record({
      key: bytes(32),
      sig: bytes(64),
      role: fc.constantFrom(...ROLES),
      name: text,
      from: fc.nat({ max: 2 ** 47 }),
      days: fc.integer({ min: 1, max: 90 }),
    })
    .map(({ days, from, ...rest }) => ({ ...rest, from, until: from + days * DAY }))
  const links = fc.array(link, { minLength: 1, maxLength: 4 })

  it('say what was put in', () => {
    fc.assert(
      fc.property(links, (given) => {
        expect(decodeCertificate(encodeCertificate(given))).toEqual(given)
      }),
    )
  })

  /** What is read of bytes, written again; the bytes themselves where they are refused. */
  const again = (given: Uint8Array): Uint8Array => {
    const read = decodeCertificate(given)
    return read ? encodeCertificate(read) : given
  }

  it('are the only ones that say it: what else is read writes itself', () => {
    const bent = fc.tuple(links, fc.nat(), fc.nat({ max: 255 }))
    fc.assert(
      fc.property(bent, ([given, at, byte]) => {
        const written = encodeCertificate(given)
        written[at % written.length] = byte
        expect(again(written)).toEqual(written)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expect(again(noise)).toEqual(noise)
      }),
    )
  })

  const whole = (count: number, name = 'x'): Uint8Array => {
    const [key, sig] = [base64url(new Uint8Array(32).fill(3)), base64url(new Uint8Array(64).fill(4))]
    return encodeCertificate(
      Array.from({ length: count }, () => ({ key, sig, role: 'admin', from: 0, until: DAY, name })),
    )
  }

  it('are bounded', () => {
    expect(whole(4, '変'.repeat(64)).length).toBe(CERTIFICATE_BYTES)
    expect(CERTIFICATE_BYTES).toBeLessThan(1_300)
    expect(decodeCertificate(new Uint8Array(CERTIFICATE_BYTES + 1).fill(1))).toBeUndefined()
  })

  it.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['a version alone', () => Uint8Array.of(1)],
    ['another version', () => whole(1).with(0, 2)],
    ['no links', () => Uint8Array.of(1, 0)],
    ['five links', () => Uint8Array.of(1, 5, ...Array.from({ length: 5 }, () => [...whole(1).subarray(2)]).flat())],
    ['fewer links than said', () => whole(1).with(1, 2)],
    ['more links than said', () => whole(2).with(1, 1)],
    ['a byte more', () => Uint8Array.of(...whole(1), 0)],
    ['a byte less', () => whole(1).subarray(0, -1)],
    ['an unknown role', () => whole(1).with(2 + 32, 3)],
    ['an end before its beginning', () => whole(1).with(2 + 33, 255)],
    ['91 days', () => whole(1).with(2 + 33 + 6 + 1, 3)],
    ['a name of nothing', () => whole(1).with(2 + 45, 0)],
    ['a name that is not UTF-8', () => whole(1).with(2 + 46, 0xff)],
    ['a name that cannot be seen', () => whole(1).with(2 + 46, 7)],
  ])('are refused with %s', async (_what, make) => {
    expect(decodeCertificate(make())).toBeUndefined()
    const trust = {
      suite: { verify: async () => true },
      room: ROOM,
      root: base64url(new Uint8Array(32)),
      now: 0,
      removed: new Set<string>(),
    }
    expect(await verifyCertificate(make(), trust)).toBe('malformed')
  })

  it('are not made of what is no chain', () => {
    const [one] = fc.sample(link, 1)
    if (!one) throw new Error('a link')
    const bad = [[], Array(5).fill(one), [{ ...one, sig: '' }], [{ ...one, name: '' }], [{ ...one, key: 'x' }]]
    for (const given of bad as CertificateLink[][]) expect(() => encodeCertificate(given)).toThrow(FieldmeshError)
  })
})
