import fc from 'fast-check'
import { addressText, ADDRESS_BYTES, isDeviceAddress } from './candidate-address.ts'
import type { Candidate, Place } from './candidate.ts'
import type { SessionFields } from './session.ts'

const fingerprint = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) & 255)

/** A session as Chromium has it before it gathers; for tests that need any session at all. */
export const sampleSession: SessionFields = {
  ufrag: 'OpDk',
  pwd: 'OPd9GWsmjbN25gJMosh+0wjg',
  fingerprint,
  setup: 'actpass',
  candidates: [],
  complete: false,
}

export const hostCandidate: Candidate = {
  type: 'host',
  transport: 'udp',
  priority: 2_113_937_151,
  address: '192.0.2.7',
  port: 58_111,
}

const iceText = (minLength: number, maxLength: number) =>
  fc.string({
    unit: fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')),
    minLength,
    maxLength,
  })

const addresses = fc.constantFrom('ipv4', 'ipv6', 'mdns').chain((family) =>
  fc
    .oneof(
      fc.uint8Array({ minLength: ADDRESS_BYTES[family], maxLength: ADDRESS_BYTES[family] }),
      // Runs of zeros, which IPv6 shortens.
      fc.array(fc.constantFrom(0, 0, 0, 1, 32), { minLength: ADDRESS_BYTES[family], maxLength: ADDRESS_BYTES[family] }),
    )
    .map((bytes) => ({ family, bytes: Uint8Array.from(bytes) })),
)

const relatedPlaces: fc.Arbitrary<Place> = fc.record({ address: addresses.map(addressText), port: fc.nat(0xffff) })

const base = fc.record({
  transport: fc.constantFrom('udp', 'tcp-active', 'tcp-passive', 'tcp-so'),
  priority: fc.integer({ min: 1, max: 0x7fffffff }),
  address: addresses.filter(isDeviceAddress).map(addressText),
  port: fc.integer({ min: 1, max: 0xffff }),
})

export const candidates: fc.Arbitrary<Candidate> = fc.oneof(
  base.map((one) => ({ type: 'host' as const, ...one })),
  fc
    .tuple(base, fc.constantFrom('srflx', 'prflx', 'relay'), relatedPlaces)
    .map(([one, type, related]) => ({ type, ...one, related })),
)

export const ufrags = fc.oneof(iceText(4, 4), iceText(4, 9), iceText(4, 256))

export const sessions: fc.Arbitrary<SessionFields> = fc.record({
  ufrag: ufrags,
  pwd: fc.oneof(iceText(24, 24), iceText(22, 27), iceText(22, 256)),
  fingerprint: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  setup: fc.constantFrom('actpass', 'active', 'passive'),
  candidates: fc.array(candidates, { maxLength: 64, size: 'small' }),
  complete: fc.boolean(),
})
