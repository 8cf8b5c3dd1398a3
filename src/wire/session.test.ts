import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import type { Candidate } from './candidate.ts'
import { decodeSession, encodeSession, SESSION_BYTES, type SessionFields } from './session.ts'
import { readSession, SESSION_TEXT_LENGTH, sessionText } from './session-signal.ts'
import { hostCandidate, sampleSession, sessions } from './session.testing.ts'

const twoCandidates = (...addresses: readonly string[]): SessionFields => ({
  ...sampleSession,
  candidates: addresses.map((address) => ({ ...hostCandidate, address })),
})
const largest: Candidate = {
  ...hostCandidate,
  type: 'relay',
  address: '2001:db8::1',
  related: { address: '2001:db8::2', port: 9 },
}
const withByte = (bytes: Uint8Array, at: number, byte: number): Uint8Array =>
  bytes.map((value, i) => (i === at ? byte : value))
const faultOf = (bytes: Uint8Array) => {
  const parsed = decodeSession(bytes)
  return parsed.ok ? 'none' : parsed.fault
}

describe('a session as bytes', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(sessions, (session) => {
        expect(decodeSession(encodeSession(session))).toEqual({ ok: true, session })
      }),
    )
  })

  it('has one form: what can be read is what would be written', () => {
    const bent = fc.tuple(sessions, fc.nat(), fc.nat(255)).map(([session, at, byte]) => {
      const bytes = encodeSession(session)
      return withByte(bytes, at % Math.min(bytes.length, 40), byte)
    })
    const anything = fc.oneof(fc.uint8Array({ maxLength: 200 }), bent)
    let read = 0
    fc.assert(
      fc.property(anything, (bytes) => {
        const parsed = decodeSession(bytes)
        if (!parsed.ok) return
        read += 1
        expect(encodeSession(parsed.session)).toEqual(bytes)
      }),
      { numRuns: 2_000 },
    )
    expect(read).toBeGreaterThan(100)
  })

  it.each([
    ['none', twoCandidates(), 58],
    ['two of IPv4', twoCandidates('192.0.2.7', '10.0.0.1'), 80],
    ['IPv4 and IPv6', twoCandidates('192.0.2.7', '2001:db8::1'), 92],
    ['two mDNS names', twoCandidates(...[1, 2].map((n) => `c17ad899-fc88-4380-9152-8a02ba055a4${n}.local`)), 104],
  ])('is small, with candidates: %s', (_, session, size) => {
    expect(encodeSession(session)).toHaveLength(size)
  })

  it('is never larger than its bound, and the largest is as large', () => {
    const credentials = { ufrag: 'u'.repeat(256), pwd: 'p'.repeat(256) }
    const many = Array.from({ length: LIMITS.candidatesPerDescription }, () => largest)
    const session = { ...sampleSession, ...credentials, candidates: many }
    expect(encodeSession(session)).toHaveLength(SESSION_BYTES)
    expect(sessionText(session)).toHaveLength(SESSION_TEXT_LENGTH)
    expect(sessionText(session).length).toBeLessThan(LIMITS.signalBytes)
    expect(faultOf(new Uint8Array(SESSION_BYTES + 1))).toBe('wire-too-large')
  })

  it.each<[string, Partial<SessionFields>]>([
    ['a ufrag too short', { ufrag: 'abc' }],
    ['a ufrag too long', { ufrag: 'a'.repeat(257) }],
    ['a ufrag that brings a line', { ufrag: 'abcd\r\na=x' }],
    ['a pwd too short', { pwd: 'a'.repeat(21) }],
    ['a pwd too long', { pwd: 'a'.repeat(257) }],
    ['a pwd of other letters', { pwd: `${'a'.repeat(22)}-` }],
    ['a pwd outside of Unicode’s first plane', { pwd: `${'a'.repeat(22)}😀` }],
    ['a fingerprint by sha-1', { fingerprint: new Uint8Array(20) }],
    ['an unknown setup', { setup: 'holdconn' as 'active' }],
    ['too many candidates', { candidates: Array.from({ length: 65 }, () => hostCandidate) }],
  ])('is not written with %s', (_, wrong) => {
    expect(() => encodeSession({ ...sampleSession, ...wrong })).toThrow(FieldmeshError)
  })

  it.each<[string, Partial<Candidate>]>([
    ['port 0', { port: 0 }],
    ['a port too high', { port: 65_536 }],
    ['priority 0', { priority: 0 }],
    ['a priority beyond 2^31−1', { priority: 2 ** 31 }],
    ['an unknown type', { type: 'magic' as 'host' }],
    ['an unknown transport', { transport: 'sctp' as 'udp' }],
    ['an address that brings a line', { address: '192.0.2.7\r\na=x' }],
    ['a name that is not of mDNS', { address: 'example.org' }],
    ['a multicast address', { address: '224.0.0.251' }],
    ['an unspecified address', { address: '::' }],
    ['a related address for a host', { related: { address: '10.0.0.1', port: 1 } }],
    ['no related address for a reflexive one', { type: 'srflx' }],
  ])('is not written with a candidate of %s', (_, wrong) => {
    const session = { ...sampleSession, candidates: [{ ...hostCandidate, ...wrong }] }
    expect(() => encodeSession(session)).toThrow(FieldmeshError)
  })

  const bytes = encodeSession(twoCandidates('192.0.2.7'))
  /** First byte of the only candidate. */
  const at = bytes.length - 11
  it.each<[string, Uint8Array]>([
    ['is empty', new Uint8Array()],
    ['goes on after its end', Uint8Array.from([...bytes, 0])],
    ['ends early', bytes.subarray(0, -1)],
    ['has an unknown setup', withByte(bytes, 1, 3)],
    ['has an unknown flag', withByte(bytes, 1, 8)],
    ['claims a pwd of 257 characters', withByte(bytes, 6, 235)],
    ['claims more candidates than it has', withByte(bytes, at - 1, 2)],
    ['claims too many candidates', withByte(bytes, at - 1, 65)],
    ['has a candidate without an address', withByte(bytes, at, 0)],
    ['has a candidate of priority 0', bytes.map((byte, i) => (i > at && i < at + 5 ? 0 : byte))],
    ['has a candidate of port 0', bytes.map((byte, i) => (i >= at + 5 && i < at + 7 ? 0 : byte))],
    ['has a candidate at a multicast address', withByte(bytes, at + 7, 224)],
    ['has a reflexive candidate that nobody saw', withByte(bytes, at, 0x44)],
  ])('is refused where it %s', (_, wrong) => {
    expect(faultOf(wrong)).toBe('wire-malformed')
  })

  it('is refused where bits follow the credentials', () => {
    const odd = encodeSession({ ...sampleSession, ufrag: 'abcde' })
    expect(faultOf(odd)).toBe('none')
    expect(faultOf(withByte(odd, 6, (odd[6] ?? 0) | 1))).toBe('wire-malformed')
  })

  it('of another version is told as such, whatever follows', () => {
    expect(faultOf(Uint8Array.of(2))).toBe('wire-version')
    expect(faultOf(withByte(bytes, 0, 0))).toBe('wire-version')
  })
})

describe('a session in a signal', () => {
  it('is an offer only with actpass, and an answer only without', () => {
    for (const setup of ['actpass', 'active', 'passive'] as const) {
      const text = sessionText({ ...sampleSession, setup })
      expect([readSession('offer', text).ok, readSession('answer', text).ok]).toEqual(
        setup === 'actpass' ? [true, false] : [false, true],
      )
    }
  })

  it('is refused where it is no base64url, padded, or too long', () => {
    const text = sessionText(sampleSession)
    for (const wrong of ['', 'v=0\r\n', `${text}=`, `${text}\n`, `${text}!`])
      expect(readSession('offer', wrong)).toMatchObject({ ok: false, fault: 'wire-malformed' })
    const long = 'A'.repeat(SESSION_TEXT_LENGTH + 1)
    expect(readSession('offer', long)).toMatchObject({ ok: false, fault: 'wire-too-large' })
  })
})
