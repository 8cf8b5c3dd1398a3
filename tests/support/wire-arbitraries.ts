import fc from 'fast-check'
import type { Entry } from '#model/entry'
import type { ControlMessage } from '#wire/messages'
import { base64url } from '#model/base64url'

/** Ids as hostile as JSON can carry them: prototype keys, byte order marks, lone surrogates, 256 characters. */
export const ids = fc.oneof(
  fc.string({ minLength: 1, maxLength: 256 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 256 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom('__proto__', 'constructor', '\ufeffx', '\ud800', '\udfff\ud800', 'é'.repeat(256), '漢'.repeat(256)),
)
const seqs = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }))
const digests = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => n.toString(16).padStart(16, '0'))
const clocks = fc.array(fc.tuple(ids, seqs), { maxLength: 12 }).map((pairs) => Object.fromEntries(pairs))

const encoded = (bytes: number) => fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(base64url)

export const controlMessages: fc.Arbitrary<ControlMessage> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('hello' as const),
      protocol: fc.constant(1),
      peerId: ids,
      epoch: fc.maxSafeNat(),
      digest: digests,
      cookie: fc.oneof(digests, fc.constant('')),
      nonce: encoded(16),
      pub: encoded(32),
      heads: digests,
      certificate: fc.uint8Array({ minLength: 1, maxLength: 1_536 }).map(base64url),
      locks: fc.array(digests, { minLength: 1, maxLength: 4 }),
    },
    { requiredKeys: ['kind', 'protocol', 'peerId', 'epoch', 'digest', 'cookie', 'nonce', 'pub'] },
  ),
  fc.record({ kind: fc.constant('auth' as const), mac: encoded(32), signature: encoded(64) }),
  fc.record(
    {
      kind: fc.constant('vector' as const),
      base: fc.oneof(digests, fc.constant('')),
      clock: clocks,
      pull: fc.boolean(),
      lock: fc.record({ epoch: seqs, secret: encoded(32), by: encoded(32), sig: encoded(64) }),
    },
    { requiredKeys: ['kind', 'base', 'clock', 'pull'] },
  ),
  fc.record({ kind: fc.constantFrom('ping' as const, 'pong' as const), id: fc.maxSafeNat() }),
  fc.record({ kind: fc.constant('credit' as const), received: fc.nat(0xffffffff) }),
  fc.record({
    kind: fc.constant('bye' as const),
    reason: fc.constantFrom('stopped' as const, 'refused' as const, 'redial' as const),
  }),
)

const jsons = fc.jsonValue({ maxDepth: 4, noneValue: null } as fc.JsonSharedConstraints)

/** Valid entries with hostile ids, keys and values. */
export const entries: fc.Arbitrary<Entry> = fc
  .record({
    id: ids,
    resourceType: ids,
    action: fc.constantFrom('create' as const, 'update' as const),
    data: fc.dictionary(
      ids.filter((id) => id !== '$alive'),
      jsons,
      { maxKeys: 5 },
    ),
    timestamp: fc.maxSafeNat(),
    peerId: ids,
    seq: seqs,
    others: clocks,
    counter: fc.nat(3),
  })
  .map(({ seq, others, counter, data, ...rest }) => ({
    ...rest,
    data: JSON.parse(JSON.stringify(data)) as Entry['data'],
    vectorClock: Object.fromEntries([...Object.entries(others), [rest.peerId, seq]]),
    ...(counter > 0 && { counter }),
  }))
