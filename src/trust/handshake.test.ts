import { describe, expect, it } from 'vitest'
import { base64url } from '#model/base64url'
import type { CryptoSuite, Signer } from './crypto.types.ts'
import {
  type Authenticator,
  authenticate,
  checkAuthenticator,
  type Doubt,
  type Handshake,
  type HelloClaim,
} from './handshake.ts'
import { peerIdOf } from './peer-id-of.ts'
import { openRoomKeys, type RoomKeys } from './room-keys.ts'
import { statement } from './statement.ts'
import { suites } from './suites.testing.ts'

const fill = (byte: number, length = 32): Uint8Array => new Uint8Array(length).fill(byte)
const certificate = (byte: number): string => base64url(fill(byte))

interface Party {
  readonly suite: CryptoSuite
  readonly room: RoomKeys
  readonly device: Signer
  readonly hello: HelloClaim
}

const partyOf = async (suite: CryptoSuite, seed: number, secret = base64url(fill(200))): Promise<Party> => {
  const device = await suite.signerOf(fill(seed))
  const hello: HelloClaim = {
    protocol: 1,
    peerId: peerIdOf(device.publicKey),
    epoch: 1_700_000_000_000 + seed,
    digest: '00'.repeat(8),
    cookie: '',
    nonce: base64url(fill(seed, 16)),
    pub: base64url(device.publicKey),
  }
  return { suite, room: await openRoomKeys(suite, secret), device, hello }
}

/** What `own` sees of a link to `other`. */
const handshakeOf = (own: Party, other: HelloClaim, more: Partial<Handshake> = {}): Handshake => ({
  room: own.room.id,
  role: 'dialer',
  fingerprints: { ours: certificate(1), theirs: certificate(2) },
  ours: own.hello,
  theirs: other,
  ...more,
})
/** The same link from its other end. */
const mirrored = (own: Party, other: HelloClaim, more: Partial<Handshake> = {}): Handshake =>
  handshakeOf(own, other, { role: 'answerer', fingerprints: { ours: certificate(2), theirs: certificate(1) }, ...more })

const authOf = ({ room, device }: Party, handshake: Handshake) => authenticate(handshake, { mac: room.mac, device })
const doubtOf = ({ suite, room }: Party, handshake: Handshake, auth: Authenticator): Promise<Doubt | undefined> =>
  checkAuthenticator(handshake, auth, { suite, key: room.mac })

describe.each(suites)('the bound handshake, by $name', ({ makeSuite }) => {
  const pair = async () => {
    const suite = makeSuite()
    return { suite, a: await partyOf(suite, 11), b: await partyOf(suite, 22) }
  }

  it('proves both sides of one link to each other', async () => {
    const { a, b } = await pair()
    const [atA, atB] = [handshakeOf(a, b.hello), mirrored(b, a.hello)]
    expect(await doubtOf(b, atB, await authOf(a, atA))).toBeUndefined()
    expect(await doubtOf(a, atA, await authOf(b, atB))).toBeUndefined()
  })

  it('ends on both sides where somebody sits in between, who has other certificates towards each', async () => {
    const { a, b } = await pair()
    const atA = handshakeOf(a, b.hello, { fingerprints: { ours: certificate(1), theirs: certificate(66) } })
    const atB = mirrored(b, a.hello, { fingerprints: { ours: certificate(2), theirs: certificate(67) } })
    expect(await doubtOf(b, atB, await authOf(a, atA))).toBe('handshake-foreign')
    expect(await doubtOf(a, atA, await authOf(b, atB))).toBe('handshake-foreign')
  })

  it('as a challenge of nonces alone would let him through: the control', async () => {
    const { a, b } = await pair()
    const challenge = (own: Party, other: HelloClaim) =>
      statement('nonces alone', ...[own.hello.nonce, other.nonce].sort())
    const byA = await a.room.mac.mac(challenge(a, b.hello))
    expect(await b.room.mac.verify(byA, challenge(b, a.hello))).toBe(true)
  })

  it('throws nothing back: our own words in the mouth of the other side are refused', async () => {
    const { a } = await pair()
    const reflected = handshakeOf(a, a.hello)
    expect(await doubtOf(a, reflected, await authOf(a, reflected))).toBe('handshake-forged')
    const atOther = await pair()
    const link = handshakeOf(a, atOther.b.hello)
    expect(await doubtOf(a, link, await authOf(a, link))).toBe('handshake-foreign')
  })

  it('does not take an answerer for a dialer', async () => {
    const { a, b } = await pair()
    const atB = mirrored(b, a.hello)
    const swapped = { ...handshakeOf(b, a.hello), fingerprints: atB.fingerprints }
    expect(await doubtOf(a, handshakeOf(a, b.hello), await authOf(b, swapped))).toBe('handshake-foreign')
  })

  it('knows whose hello is whose, and whose certificate: a proof with the two exchanged is none', async () => {
    const { a, b } = await pair()
    const atA = handshakeOf(a, b.hello)
    const { ours, theirs } = atA.fingerprints
    for (const exchanged of [{ ours: atA.theirs, theirs: atA.ours }, { fingerprints: { ours: theirs, theirs: ours } }])
      expect(await doubtOf(b, mirrored(b, a.hello), await authOf(a, { ...atA, ...exchanged }))).toBe(
        'handshake-foreign',
      )
  })

  it('takes no proof twice: another link has other nonces', async () => {
    const { a, b } = await pair()
    const auth = await authOf(a, handshakeOf(a, b.hello))
    const later = { ...b, hello: { ...b.hello, nonce: base64url(fill(99, 16)) } }
    expect(await doubtOf(later, mirrored(later, a.hello), auth)).toBe('handshake-foreign')
  })

  it.each<[string, Partial<HelloClaim>]>([
    ['version', { protocol: 0 }],
    ['epoch', { epoch: 1 }],
    ['digest', { digest: 'ff'.repeat(8) }],
    ['cookie', { cookie: 'ff'.repeat(8) }],
    ['nonce', { nonce: base64url(fill(77, 16)) }],
    ['heads', { heads: 'ff'.repeat(8) }],
    ['certificate', { certificate: base64url(fill(9, 40)) }],
  ])('notices that the %s of a hello was changed on its way', async (_, change) => {
    const { a, b } = await pair()
    const atA = handshakeOf(a, { ...b.hello, ...change })
    expect(await doubtOf(b, mirrored(b, a.hello), await authOf(a, atA))).toBe('handshake-foreign')
  })

  it('lets nobody in from another room', async () => {
    const { suite, b } = await pair()
    const stranger = await partyOf(suite, 33, base64url(fill(201)))
    const auth = await authOf(stranger, handshakeOf(stranger, b.hello))
    expect(await doubtOf(b, mirrored(b, stranger.hello), auth)).toBe('handshake-foreign')
    const pretending = { ...stranger, room: { ...stranger.room, id: b.room.id } }
    const again = await authOf(pretending, handshakeOf(pretending, b.hello))
    expect(await doubtOf(b, mirrored(b, stranger.hello), again)).toBe('handshake-foreign')
  })

  it('is of one room, whatever keys two rooms might share', async () => {
    const { a, b } = await pair()
    const auth = await authOf(a, handshakeOf(a, b.hello, { room: 'another' }))
    expect(await doubtOf(b, mirrored(b, a.hello), auth)).toBe('handshake-foreign')
  })

  it('lets a member of the room speak for no other device', async () => {
    const { suite, a, b } = await pair()
    const mallory = await partyOf(suite, 44)
    // With its own key under another’s id; with another’s key and no signature of it.
    const underName = { ...mallory, hello: { ...mallory.hello, peerId: a.hello.peerId } }
    const withKey = { ...mallory, hello: { ...a.hello, nonce: mallory.hello.nonce } }
    for (const liar of [underName, withKey])
      expect(await doubtOf(b, mirrored(b, liar.hello), await authOf(liar, handshakeOf(liar, b.hello)))).toBe(
        'handshake-forged',
      )
  })

  it.each<[string, (auth: Authenticator) => Authenticator]>([
    ['cut short', ({ mac, signature }) => ({ mac, signature: signature.slice(0, -2) })],
    ['empty', () => ({ mac: '', signature: '' })],
    ['not base64url', ({ signature }) => ({ mac: '!'.repeat(43), signature })],
  ])('refuses a proof that is %s', async (_, change) => {
    const { a, b } = await pair()
    const auth = await authOf(a, handshakeOf(a, b.hello))
    expect(await doubtOf(b, mirrored(b, a.hello), change(auth))).toBe('handshake-forged')
  })

  it('checks both parts of a proof', async () => {
    const { a, b } = await pair()
    const auth = await authOf(a, handshakeOf(a, b.hello))
    const other = await authOf(b, mirrored(b, a.hello))
    const at = mirrored(b, a.hello)
    expect(await doubtOf(b, at, { ...auth, mac: other.mac })).toBe('handshake-foreign')
    expect(await doubtOf(b, at, { ...auth, signature: other.signature })).toBe('handshake-forged')
  })
})
