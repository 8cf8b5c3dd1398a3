import { describe, expect, it } from 'vitest'
import { base64url } from '#model/base64url'
import type { CryptoSuite, Signer } from '../crypto.types.ts'
import { peerIdOf } from '../peer-id-of.ts'
import { suites } from '../suites.testing.ts'
import type { CertificateClaim, CertificateLink } from './certificate.types.ts'
import { encodeCertificate } from './certificate-codec.ts'
import { DAY, MINUTE, START } from './play.testing.ts'
import { certificateStatement, rootStatement } from './statements.ts'
import { type CertificateTrust, verifyCertificate } from './verify-certificate.ts'

const ROOM = 'the room'

/** A chain as it should be, to be bent. */
interface Chain {
  readonly suite: CryptoSuite
  readonly root: Signer
  readonly devices: readonly Signer[]
  readonly claims: CertificateClaim[]
}

const chainOf = async (suite: CryptoSuite, length: number): Promise<Chain> => {
  const signers = await Promise.all(
    Array.from({ length: length + 1 }, (_, i) => suite.signerOf(new Uint8Array(32).fill(i + 1))),
  )
  const [root, ...devices] = signers
  if (!root) throw new Error('a root')
  const claims = devices.map((device, place): CertificateClaim => {
    const role = place === length - 1 ? 'member' : 'admin'
    return { key: base64url(device.publicKey), role, from: START, until: START + 90 * DAY, name: `device ${place}` }
  })
  return { suite, root, devices, claims }
}

const signed = async ({ root, devices, claims }: Chain, room = ROOM): Promise<CertificateLink[]> =>
  Promise.all(
    claims.map(async (claim, place) => {
      const issuer = devices[place - 1]
      const said = issuer ? certificateStatement(room, base64url(issuer.publicKey), claim) : rootStatement(room, claim)
      return { ...claim, sig: base64url(await (issuer ?? root).sign(said)) }
    }),
  )

const trustIn = ({ suite, root }: Chain, more: Partial<CertificateTrust> = {}): CertificateTrust => ({
  suite,
  room: ROOM,
  root: base64url(root.publicKey),
  now: START + DAY,
  removed: new Set<string>(),
  ...more,
})

const idAt = ({ devices }: Chain, place: number): string => peerIdOf(devices.at(place)?.publicKey ?? new Uint8Array())

describe.each(suites)('a certificate, by $name', ({ makeSuite }) => {
  const verdictOn = async (chain: Chain, more: Partial<CertificateTrust> = {}, links?: readonly CertificateLink[]) =>
    verifyCertificate(encodeCertificate(links ?? (await signed(chain))), trustIn(chain, more))

  it.each([1, 2, 3, 4])('of %i links shows the device that it ends at', async (length) => {
    const chain = await chainOf(makeSuite(), length)
    expect(await verdictOn(chain)).toEqual({
      ...chain.claims.at(-1),
      peerId: idAt(chain, -1),
      by: length === 1 ? 'root' : idAt(chain, -2),
    })
  })

  it('is of one room and one founder', async () => {
    const chain = await chainOf(makeSuite(), 3)
    expect(await verdictOn(chain, { room: 'another' })).toBe('forged')
    expect(await verdictOn(await chainOf(makeSuite(), 1), { room: 'another' })).toBe('forged')
    expect(await verdictOn(chain, { root: chain.claims[0]?.key ?? '' })).toBe('forged')
    expect(await verdictOn(chain, { root: 'no key' })).toBe('forged')
  })

  it.each<[string, Partial<CertificateClaim>]>([
    ['name', { name: 'another' }],
    ['role', { role: 'admin' }],
    ['end', { until: START + 89 * DAY }],
    ['beginning', { from: START + 1 }],
  ])('with another %s than was signed is forged, in any link', async (_what, change) => {
    const chain = await chainOf(makeSuite(), 3)
    const links = await signed(chain)
    const chains = [0, 1, 2].map((place) => links.map((link, i) => (i === place ? { ...link, ...change } : link)))
    const bent = chains.filter((one) => JSON.stringify(one) !== JSON.stringify(links))
    expect(bent.length).toBeGreaterThan(0)
    for (const one of bent) expect(await verdictOn(chain, {}, one)).toBe('forged')
  })

  it('with a device put in by another, or signed by another than the one before, is forged', async () => {
    const chain = await chainOf(makeSuite(), 3)
    const links = await signed(chain)
    const [first, second, third] = links
    const { root, devices } = chain
    const [issuer, thief] = [devices[0], await chain.suite.signerOf(new Uint8Array(32).fill(99))]
    if (!first || !second || !third || !issuer) throw new Error('three links')
    const theirs = { ...third, key: base64url(thief.publicKey) }
    expect(await verdictOn(chain, {}, [first, second, theirs])).toBe('forged')
    expect(await verdictOn(chain, {}, [first, third])).toBe('forged')
    const byRoot = base64url(await root.sign(certificateStatement(ROOM, first.key, second)))
    expect(await verdictOn(chain, {}, [first, { ...second, sig: byRoot }])).toBe('forged')
    const asRoot = base64url(await issuer.sign(rootStatement(ROOM, second)))
    expect(await verdictOn(chain, {}, [first, { ...second, sig: asRoot }])).toBe('forged')
  })

  it.each(['member', 'reader'] as const)('by a %s is unfounded', async (role) => {
    const chain = await chainOf(makeSuite(), 3)
    chain.claims[1] = { ...chain.claims[1], role } as CertificateClaim
    expect(await verdictOn(chain)).toBe('unfounded')
  })

  it('by an admin who was none any more, or not yet, is unfounded', async () => {
    const chain = await chainOf(makeSuite(), 2)
    const [issuer, device] = chain.claims
    if (!issuer || !device) throw new Error('two links')
    chain.claims[0] = { ...issuer, until: START + DAY }
    chain.claims[1] = { ...device, from: START + DAY + 10 * MINUTE }
    expect(await verdictOn(chain, { now: START + 2 * DAY })).toBe('unfounded')
    chain.claims[0] = { ...issuer, from: START + 10 * DAY }
    chain.claims[1] = { ...device, until: START + 2 * DAY }
    expect(await verdictOn(chain)).toBe('unfounded')
  })

  it('by which an admin admits himself is unfounded', async () => {
    const chain = await chainOf(makeSuite(), 2)
    const [device] = chain.devices
    if (!device) throw new Error('a device')
    const twice = {
      ...chain,
      devices: [device, device],
      claims: chain.claims.map((claim) => ({ ...claim, key: chain.claims[0]?.key ?? '' })),
    }
    expect(await verdictOn(twice)).toBe('unfounded')
  })

  it('outlives the certificate of whoever issued it', async () => {
    const chain = await chainOf(makeSuite(), 2)
    chain.claims[0] = { ...chain.claims[0], until: START + DAY } as CertificateClaim
    expect(await verdictOn(chain, { now: START + 80 * DAY })).toMatchObject({ role: 'member' })
  })

  it.each([
    [START - 5 * MINUTE - 1, 'early'],
    [START - 5 * MINUTE, undefined],
    [START + 90 * DAY + 5 * MINUTE - 1, undefined],
    [START + 90 * DAY + 5 * MINUTE, 'expired'],
  ])('at %i is %s', async (now, doubt) => {
    const verdict = await verdictOn(await chainOf(makeSuite(), 2), { now })
    expect(typeof verdict === 'string' ? verdict : undefined).toBe(doubt)
  })

  it('is refused where any device in it was removed', async () => {
    const chain = await chainOf(makeSuite(), 3)
    for (const place of [0, 1, 2])
      expect(await verdictOn(chain, { removed: new Set([idAt(chain, place)]) })).toBe('removed')
  })
})
