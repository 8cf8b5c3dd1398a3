import { describe, expect, it } from 'vitest'
import { base64url } from '#model/base64url'
import { FieldmeshError } from '#model/fault'
import { fingerprintOf } from '../fingerprint.ts'
import { peerIdOf } from '../peer-id-of.ts'
import type { CertificateClaim } from './certificate.types.ts'
import { ROLES } from './claim.ts'
import { describeAdmission, roleWords } from './describe-admission.ts'
import { DAY, START } from './play.testing.ts'

describe('what is confirmed before a device is let in', () => {
  const publicKey = new Uint8Array(32).fill(8)
  const claim: CertificateClaim = {
    key: base64url(publicKey),
    role: 'member',
    from: START,
    until: START + DAY,
    name: 'Ben’s tablet',
  }

  it('is what is signed', () => {
    expect(describeAdmission(claim)).toEqual({
      peerId: peerIdOf(publicKey),
      name: 'Ben’s tablet',
      fingerprint: fingerprintOf(publicKey),
      role: 'member',
      may: 'read and write',
      from: START,
      until: START + DAY,
    })
    expect(new Set(ROLES.map(roleWords)).size).toBe(3)
  })

  it.each<[string, Partial<CertificateClaim>]>([
    ['a name that turns the writing around', { name: 'Ana\u202etxet' }],
    ['a name with nothing to see', { name: '\u200d' }],
    ['a name with space around it', { name: 'Ana ' }],
    ['a name of two lines', { name: 'Ana\nadmin' }],
    ['half a character', { name: '\ud83d' }],
    ['a name of 65', { name: 'x'.repeat(65) }],
    ['a zero-width space', { name: 'A\u200bna' }],
    ['91 days', { until: START + 91 * DAY }],
    ['no time at all', { until: START }],
    ['a key cut short', { key: claim.key.slice(1) }],
    ['an unknown role', { role: 'owner' as 'admin' }],
  ])('is nothing with %s', (_what, change) => {
    expect(() => describeAdmission({ ...claim, ...change })).toThrow(FieldmeshError)
  })

  it.each(['Zoë', '変電所 №7', 'می\u200cخواهم', '👩\u200d🔧 Ana', '山田\u3000太郎'])('may name %s', (name) => {
    expect(describeAdmission({ ...claim, name }).name).toBe(name)
  })
})
