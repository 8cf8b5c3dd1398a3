import { describe, expect, it } from 'vitest'
import { base64url } from '#model/base64url'
import { isJoinProven, type JoinClaim, type JoinProof, proveJoin } from './join-proof.ts'
import { peerIdOf } from './peer-id-of.ts'
import { suites } from './suites.testing.ts'

describe.each(suites)('the proof that lets a device into a room, by $name', ({ makeSuite }) => {
  const party = async () => {
    const suite = makeSuite()
    const [room, device, other] = await Promise.all([1, 2, 3].map((n) => suite.signerOf(new Uint8Array(32).fill(n))))
    if (!room || !device || !other) throw new Error('three signers')
    const claim: JoinClaim = { room: base64url(room.publicKey), peer: peerIdOf(device.publicKey), nonce: 'n-1' }
    return { suite, room, device, other, claim, proof: await proveJoin(claim, { room, device }) }
  }

  it('holds for the room, the device and the nonce it was made for', async () => {
    const { suite, claim, proof } = await party()
    expect(await isJoinProven(suite, claim, proof)).toBe(true)
  })

  it.each<[string, (claim: JoinClaim) => JoinClaim]>([
    ['at another connection (replayed)', (claim) => ({ ...claim, nonce: 'n-2' })],
    ['under another id', (claim) => ({ ...claim, peer: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    ['in another room', (claim) => ({ ...claim, room: base64url(new Uint8Array(32).fill(9)) })],
    ['where the room is no key', (claim) => ({ ...claim, room: 'storm' })],
  ])('does not hold %s', async (_, other) => {
    const { suite, claim, proof } = await party()
    expect(await isJoinProven(suite, other(claim), proof)).toBe(false)
  })

  it('does not hold for somebody without the room’s key, or without the device’s', async () => {
    const { suite, room, device, other, claim } = await party()
    expect(await isJoinProven(suite, claim, await proveJoin(claim, { room: other, device }))).toBe(false)
    const stolen = { ...other, publicKey: device.publicKey }
    expect(await isJoinProven(suite, claim, await proveJoin(claim, { room, device: stolen }))).toBe(false)
  })

  it('does not take the room’s signature for the device’s', async () => {
    const { suite, claim, proof } = await party()
    const swapped: JoinProof = { ...proof, roomSig: proof.devSig, devSig: proof.roomSig }
    expect(await isJoinProven(suite, claim, swapped)).toBe(false)
  })

  it.each(['', '!', 'AA', `${'A'.repeat(85)}B`])('does not hold for signatures like %j', async (text) => {
    const { suite, claim, proof } = await party()
    expect(await isJoinProven(suite, claim, { ...proof, roomSig: text })).toBe(false)
    expect(await isJoinProven(suite, claim, { ...proof, devSig: text })).toBe(false)
    expect(await isJoinProven(suite, claim, { ...proof, pub: text })).toBe(false)
  })
})
