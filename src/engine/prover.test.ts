import { describe, expect, it } from 'vitest'
import {
  ANSWERER,
  CERTIFICATE_A,
  CERTIFICATE_B,
  certificate,
  devices,
  greeted,
  helloOf,
  proverOf,
  verdictOf,
} from './prover.testing.ts'

describe('two provers of one link', () => {
  it('prove their devices to each other', async () => {
    const { a, b } = await devices()
    const atA = await greeted(a, helloOf(b))
    const atB = await greeted(b, helloOf(a), { role: 'answerer' })
    expect(await verdictOf(atA, atB.auth)).toBe('prover.proven')
    expect(await verdictOf(atB, atA.auth)).toBe('prover.proven')
  })

  it('sign once, when both hellos are there, whichever comes first', async () => {
    const { a, b } = await devices()
    const prover = proverOf(a)
    await prover.send({ type: 'prover.greeted', hello: helloOf(b) })
    expect(prover.facts).toEqual([])
    await prover.send({ type: 'prover.introduced', hello: helloOf(a) })
    expect(prover.facts.map(({ type }) => type)).toEqual(['prover.auth'])
  })
})

describe('a proof', () => {
  it('before the hellos is no part of a handshake', async () => {
    const { a, b } = await devices()
    const { auth } = await greeted(b, helloOf(a), { role: 'answerer' })
    expect(await verdictOf(proverOf(a), auth)).toBe('handshake-broken')
    const half = proverOf(a)
    await half.send({ type: 'prover.introduced', hello: helloOf(a) })
    expect(await verdictOf(half, auth)).toBe('handshake-broken')
  })

  it('that comes twice is one too many, also while the first is still being looked at', async () => {
    const { a, b } = await devices()
    const { auth } = await greeted(b, helloOf(a), { role: 'answerer' })
    const atA = await greeted(a, helloOf(b))
    await atA.send({ type: 'prover.check', auth }, { type: 'prover.check', auth })
    expect(atA.facts.slice(1)).toContainEqual({ type: 'prover.refused', fault: 'handshake-broken' })
  })

  it('thrown back is nobody’s, with the hello that it is of and without', async () => {
    const { a, b } = await devices()
    const mirror = await greeted(a, helloOf(a))
    expect(await verdictOf(mirror, mirror.auth)).toBe('handshake-forged')
    const atA = await greeted(a, helloOf(b))
    expect(await verdictOf(atA, atA.auth)).toBe('handshake-foreign')
  })

  it('of the other role is none: two dialers have no link', async () => {
    const { a, b } = await devices()
    const atA = await greeted(a, helloOf(b))
    const asDialer = await greeted(b, helloOf(a), { role: 'dialer', fingerprints: ANSWERER })
    expect(await verdictOf(atA, asDialer.auth)).toBe('handshake-foreign')
  })

  it('of an earlier link is none on the next, for our hello is another', async () => {
    const { a, b } = await devices()
    const before = await greeted(b, helloOf(a, 1), { role: 'answerer' })
    // Hello and proof as they were, and even the same certificates.
    const later = await greeted(a, helloOf(b), { number: 2 })
    expect(await verdictOf(later, before.auth)).toBe('handshake-foreign')
  })

  it.each([
    ['ours', { ours: certificate(66), theirs: CERTIFICATE_B }],
    ['theirs', { ours: CERTIFICATE_A, theirs: certificate(66) }],
    ['both, exchanged', { ours: CERTIFICATE_B, theirs: CERTIFICATE_A }],
  ])('of other certificates is none: %s', async (_, fingerprints) => {
    const { a, b } = await devices()
    const { auth } = await greeted(b, helloOf(a), { role: 'answerer' })
    expect(await verdictOf(await greeted(a, helloOf(b), { fingerprints }), auth)).toBe('handshake-foreign')
  })
})

describe('a prover', () => {
  it('whose platform cannot compute any more refuses, and throws nothing', async () => {
    const { a, b } = await devices()
    const { auth } = await greeted(b, helloOf(a), { role: 'answerer' })
    const suite = { verify: () => Promise.reject(new Error('gone')) }
    expect(await verdictOf(await greeted(a, helloOf(b), { suite }), auth)).toBe('internal')
  })

  it('has nothing to say where no store is open', async () => {
    const { a, b } = await devices()
    const prover = proverOf(a, { session: undefined })
    await prover.send({ type: 'prover.introduced', hello: helloOf(a) }, { type: 'prover.greeted', hello: helloOf(b) })
    expect(prover.facts).toEqual([])
  })
})
