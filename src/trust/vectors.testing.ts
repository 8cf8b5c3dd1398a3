import { expect, test } from 'vitest'
import { base64url, fromBase64url } from '#model/base64url'
import type { CryptoSuite } from './crypto.types.ts'
import { fingerprintOf, isFingerprint } from './fingerprint.ts'
import { isJoinProven, proveJoin } from './join-proof.ts'
import { decodeCertificate, encodeCertificate } from './membership/certificate-codec.ts'
import { isRole } from './membership/claim.ts'
import { parseRoomSecret } from './membership/room-secret.ts'
import { certificateStatement, rootRemovalStatement, rootStatement } from './membership/statements.ts'
import { verifyCertificate } from './membership/verify-certificate.ts'
import { peerIdOf } from './peer-id-of.ts'
import { openRoomKeys, STRETCH_ROUNDS } from './room-keys.ts'
import { statement, utf8 } from './statement.ts'
import vectors from './vectors.json' with { type: 'json' }

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
export const unhex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

export type RoomVector = (typeof vectors.rooms)[number]

/** The published chain, its roles read. */
const certificateLinks = vectors.certificate.links.map(({ role, ...link }) => ({
  ...link,
  role: isRole(role) ? role : 'reader',
}))
export { vectors }

const WORDS = utf8('words that a key is tried with')
const IV = new Uint8Array(12).fill(5)

/** The root of a secret, as the schedule says. */
const rootBy = async (suite: CryptoSuite, { secret, stretched }: RoomVector): Promise<Uint8Array> =>
  stretched
    ? suite.stretch({ words: utf8(secret), salt: utf8('fieldmesh.room.v2 words'), rounds: STRETCH_ROUNDS })
    : (fromBase64url(secret) ?? new Uint8Array())

/** Every published vector, as a test of a suite that computes what the standards say. */
export const testVectors = (suite: CryptoSuite): void => {
  test.each(vectors.rooms)('the room of $secret has these keys', async (room) => {
    const root = await rootBy(suite, room)
    expect(hex(root)).toBe(room.root)
    for (const [name, key] of Object.entries(room.keys)) {
      const input = { secret: root, salt: utf8('fieldmesh.room.v2'), info: utf8(name), length: 32 }
      expect([name, hex(await suite.hkdf(input))]).toEqual([name, key])
    }
  })

  test.each(vectors.rooms)('the room of $secret is opened to them', async ({ secret, keys, id }) => {
    const opened = await openRoomKeys(suite, secret)
    expect([opened.id, base64url(opened.signer.publicKey)]).toEqual([id, id])
    const [mac, sealing, frame] = await Promise.all([
      suite.macKey(unhex(keys['handshake mac'])),
      suite.sealingKey(unhex(keys['signal sealing'])),
      suite.sealingKey(unhex(keys['qr frame'])),
    ])
    expect(await opened.mac.mac(WORDS)).toEqual(await mac.mac(WORDS))
    expect(await opened.sealing.seal(IV, WORDS, WORDS)).toEqual(await sealing.seal(IV, WORDS, WORDS))
    expect(await opened.frame.seal(IV, WORDS, WORDS)).toEqual(await frame.seal(IV, WORDS, WORDS))
    const signer = await suite.signerOf(unhex(keys['room signer']))
    expect(await opened.signer.sign(WORDS)).toEqual(await signer.sign(WORDS))
  })

  test.each(vectors.devices)(
    'the device $peerId follows from its key',
    async ({ seed, publicKey, peerId, fingerprint }) => {
      const device = await suite.signerOf(unhex(seed))
      expect(hex(device.publicKey)).toBe(publicKey)
      expect(peerIdOf(device.publicKey)).toBe(peerId)
      expect(fingerprintOf(device.publicKey)).toBe(fingerprint)
      expect(isFingerprint(fingerprint)).toBe(true)
    },
  )

  test.each(vectors.joins)(
    'the join of $peer is signed as these bytes',
    async ({ room, peer, nonce, statements, proof }) => {
      const claim = { room, peer, nonce }
      const index = vectors.rooms.findIndex(({ id }) => id === room)
      const [keys, device] = [vectors.rooms[index]?.keys, vectors.devices[index]]
      const [roomKey, deviceKey] = await Promise.all(
        [keys?.['room signer'], device?.seed].map((seed) => suite.signerOf(unhex(seed ?? ''))),
      )
      if (!roomKey || !deviceKey) throw new Error('both sign')
      for (const role of ['room', 'device'] as const)
        expect(hex(statement(`fieldmesh.sig.v1 join ${role}`, nonce, room, peer, proof.pub))).toBe(statements[role])
      expect(base64url(await roomKey.sign(unhex(statements.room)))).toBe(proof.roomSig)
      expect(base64url(await deviceKey.sign(unhex(statements.device)))).toBe(proof.devSig)
      expect(await proveJoin(claim, { room: roomKey, device: deviceKey })).toEqual(proof)
      expect(await isJoinProven(suite, claim, proof)).toBe(true)
    },
  )

  test.each(vectors.policies)(
    'the policy $policy is part of the room',
    async ({ secret, policy, info, root, keys, id }) => {
      const bytes = fromBase64url(vectors.rooms[0]?.secret ?? '') ?? new Uint8Array()
      expect(parseRoomSecret(secret).policy).toBe(policy)
      expect(
        hex(await suite.hkdf({ secret: bytes, salt: utf8('fieldmesh.room.v2'), info: utf8(info), length: 32 })),
      ).toBe(root)
      const opened = await openRoomKeys(suite, secret)
      expect(opened.id).toBe(id)
      const mac = await suite.macKey(unhex(keys['handshake mac']))
      expect(await opened.mac.mac(WORDS)).toEqual(await mac.mac(WORDS))
    },
  )

  test('the certificate is signed as these bytes, and taken as a whole', async () => {
    const { room, founder, bytes, statements, removal } = vectors.certificate
    const [first, second] = certificateLinks
    if (!first || !second) throw new Error('a chain of two')
    expect(hex(rootStatement(room, first))).toBe(statements[0])
    expect(hex(certificateStatement(room, first.key, second))).toBe(statements[1])
    expect(hex(rootRemovalStatement(room, removal.subject, removal.cutoff))).toBe(removal.statement)
    const keys = await Promise.all(vectors.devices.map(({ seed }) => suite.signerOf(unhex(seed))))
    expect(base64url((await keys[0]?.sign(unhex(removal.statement))) ?? new Uint8Array())).toBe(removal.sig)
    expect(base64url((await keys[1]?.sign(unhex(statements[1] ?? ''))) ?? new Uint8Array())).toBe(second.sig)
    expect(hex(encodeCertificate(certificateLinks))).toBe(bytes)
    expect(decodeCertificate(unhex(bytes))).toEqual(certificateLinks)
    const trust = { suite, room, root: founder, now: second.from, removed: new Set<string>() }
    const [, by, device] = vectors.devices
    expect(await verifyCertificate(unhex(bytes), trust)).toMatchObject({ peerId: device?.peerId, by: by?.peerId })
  })
}
