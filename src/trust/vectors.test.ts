import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { hkdf } from '@noble/hashes/hkdf.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, test } from 'vitest'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { hex, testVectors, unhex, vectors } from './vectors.testing.ts'

describe('the published vectors, by WebCrypto in Node', () => {
  testVectors(createWebCrypto())
})

/** The private key of a seed, by node:crypto alone. */
const privateKey = (seed: string) =>
  createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'), format: 'der', type: 'pkcs8' })
const publicHalf = (seed: string): string => createPublicKey(privateKey(seed)).export({ format: 'jwk' }).x ?? ''
const lengthFirst = (part: string): Buffer => {
  const [length, bytes] = [Buffer.alloc(4), Buffer.from(part)]
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

describe('the published vectors, computed without any code of ours', () => {
  test.each(vectors.rooms)('room $secret', ({ secret, stretched, root, keys, id, tag }) => {
    const bytes = stretched
      ? pbkdf2(sha256, secret, 'fieldmesh.room.v2 words', { c: 600_000, dkLen: 32 })
      : Buffer.from(secret, 'base64url')
    expect(hex(bytes)).toBe(root)
    for (const [name, key] of Object.entries(keys))
      expect([name, hex(hkdf(sha256, bytes, Buffer.from('fieldmesh.room.v2'), Buffer.from(name), 32))]).toEqual([
        name,
        key,
      ])
    expect(publicHalf(keys['room signer'])).toBe(id)
    const whole = createHash('sha256').update(`fieldmesh.room.v1\0${secret}`).digest()
    expect(whole.subarray(0, 16).toString('base64url')).toBe(tag)
  })

  test.each(vectors.devices)('device $peerId', ({ seed, publicKey, peerId, fingerprint }) => {
    expect(Buffer.from(publicHalf(seed), 'base64url').toString('hex')).toBe(publicKey)
    const key = unhex(publicKey)
    const digest = (label: string) => createHash('sha256').update(`${label}\0`).update(key).digest()
    expect(digest('fieldmesh.device.v1').subarray(0, 16).toString('base64url')).toBe(peerId)
    const number = BigInt(`0x${digest('fieldmesh.fingerprint.v1').toString('hex')}`) % 10n ** 25n
    expect(fingerprint.replaceAll(' ', '').slice(0, 25)).toBe(number.toString().padStart(25, '0'))
    expect(BigInt(fingerprint.replaceAll(' ', '')) % 97n).toBe(1n)
  })

  test.each(vectors.joins)('join of $peer', ({ room, peer, nonce, statements, proof }) => {
    const index = vectors.rooms.findIndex(({ id }) => id === room)
    const seeds = { room: vectors.rooms[index]?.keys['room signer'], device: vectors.devices[index]?.seed }
    const said = (role: string) =>
      Buffer.concat([`fieldmesh.sig.v1 join ${role}`, nonce, room, peer, proof.pub].map(lengthFirst))
    const signed = (role: 'room' | 'device') =>
      sign(null, said(role), privateKey(seeds[role] ?? '')).toString('base64url')
    expect({ room: said('room').toString('hex'), device: said('device').toString('hex') }).toEqual(statements)
    expect([signed('room'), signed('device')]).toEqual([proof.roomSig, proof.devSig])
  })
})
