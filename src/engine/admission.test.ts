import { describe, expect, test } from 'vitest'
import { base64url } from '#model/base64url'
import { createSimCrypto } from '#sim/crypto'
import { encodeCertificate } from '#trust/membership/certificate-codec'
import { membershipOf } from '#trust/membership/membership'
import { rootStatement } from '#trust/membership/statements'
import { peerIdOf } from '#trust/peer-id-of'
import { doubtOfHello } from './admission.ts'
import type { Session } from './session.ts'

const NOW = 1_700_000_000_000
const DAY = 86_400_000
const sim = createSimCrypto()
const suite = sim.suiteFor((length) => new Uint8Array(length))
const signer = (byte: number) => sim.signerOf(new Uint8Array(32).fill(byte))
const [root, device, other] = [signer(1), signer(2), signer(3)]
const ROOM = 'the room'

const certificateOf = async (key: Uint8Array, { from = NOW - DAY, by = root } = {}) => {
  const claim = { key: base64url(key), role: 'member', from, until: from + 10 * DAY, name: 'Ben' } as const
  const sig = base64url(await by.sign(rootStatement(ROOM, claim)))
  return base64url(encodeCertificate([{ ...claim, sig }]))
}
/** A device that has heard of nobody: all it has is the room's secret. */
const session = {
  store: { membership: membershipOf([], { policy: 'certified', roots: new Set<string>() }) },
  room: { id: ROOM },
  charter: { policy: 'certified', root: base64url(root.publicKey) },
} as unknown as Session
const doubt = (certificate: string | undefined, now = NOW) =>
  doubtOfHello(
    session,
    { peerId: peerIdOf(device.publicKey), ...(certificate !== undefined && { certificate }) },
    { suite, now },
  )

describe('a device that nobody has heard of', () => {
  test('belongs to the room by the certificate that it shows', async () => {
    expect(await doubt(await certificateOf(device.publicKey))).toBeUndefined()
  })

  test('does not without one', async () => {
    expect(await doubt(undefined)).toBe('member-unknown')
  })

  test('does not by that of another device, by a forged one, or by what is none', async () => {
    expect(await doubt(await certificateOf(other.publicKey))).toBe('member-unknown')
    expect(await doubt(await certificateOf(device.publicKey, { by: other }))).toBe('member-unknown')
    expect(await doubt('AAAA')).toBe('member-unknown')
  })

  test('is told that its certificate is over, or not in force yet', async () => {
    expect(await doubt(await certificateOf(device.publicKey, { from: NOW - 11 * DAY }))).toBe('member-expired')
    expect(await doubt(await certificateOf(device.publicKey, { from: NOW + DAY }))).toBe('member-unknown')
  })
})
