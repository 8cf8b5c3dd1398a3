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

  test.each(vectors.policies)('room with the policy $policy', ({ secret, info, root, keys, id, tag }) => {
    const bytes = Buffer.from(vectors.rooms[0]?.secret ?? '', 'base64url')
    const salt = Buffer.from('fieldmesh.room.v2')
    expect(`${vectors.rooms[0]?.secret}${info.slice('membership'.length)}`).toBe(secret)
    expect(hex(hkdf(sha256, bytes, salt, Buffer.from(info), 32))).toBe(root)
    for (const [name, key] of Object.entries(keys))
      expect([name, hex(hkdf(sha256, unhex(root), salt, Buffer.from(name), 32))]).toEqual([name, key])
    expect(publicHalf(keys['room signer'])).toBe(id)
    const whole = createHash('sha256').update(`fieldmesh.room.v1\0${secret}`).digest()
    expect(whole.subarray(0, 16).toString('base64url')).toBe(tag)
  })

  test('certificate', () => {
    const { room, founder, statements, links, bytes, removal } = vectors.certificate
    const seeds = vectors.devices.map(({ seed }) => seed)
    const signed = (said: Buffer, by: number) => sign(null, said, privateKey(seeds[by] ?? '')).toString('base64url')
    const claims = links.map(({ key, role, from, until, name }) => [key, role, `${from}`, `${until}`, name])
    const said = [
      Buffer.concat(['fieldmesh.root.v1', room, ...(claims[0] ?? [])].map(lengthFirst)),
      Buffer.concat(['fieldmesh.certificate.v1', room, links[0]?.key ?? '', ...(claims[1] ?? [])].map(lengthFirst)),
    ]
    expect(said.map((each) => each.toString('hex'))).toEqual(statements)
    expect(said.map(signed)).toEqual(links.map(({ sig }) => sig))
    const removed = ['fieldmesh.root.v1 removal', room, removal.subject, `${removal.cutoff}`].map(lengthFirst)
    expect(Buffer.concat(removed).toString('hex')).toBe(removal.statement)
    expect([signed(Buffer.concat(removed), 0), publicHalf(seeds[0] ?? '')]).toEqual([removal.sig, founder])
    const six = (ms: number) => ms.toString(16).padStart(12, '0')
    const parts = links.map(({ key, role, from, until, name, sig }) => {
      const text = Buffer.from(name).toString('hex')
      const length = (text.length / 2).toString(16).padStart(2, '0')
      const [first, last] = [key, sig].map((each) => Buffer.from(each, 'base64url').toString('hex'))
      return `${first}${role === 'admin' ? '02' : '01'}${six(from)}${six(until)}${length}${text}${last}`
    })
    expect(`0102${parts.join('')}`).toBe(bytes)
  })
})
