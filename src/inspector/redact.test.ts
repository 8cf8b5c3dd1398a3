import fc from 'fast-check'
import { createActor, createMachine } from 'xstate'
import { describe, expect, test } from 'vitest'
import { FAULT_CODES, FieldmeshError } from '#model/fault'
import { createRedactor, redact } from './redact.ts'

const PEER = 'KAO-SU1wo4D_JW4_5wxYMg'
const OTHER = 'ASkMTV0_0IP8b4mE-CjUww'
const CONN = `${OTHER}.${PEER}.1767225600000.0.1`

describe('what classifies stays', () => {
  test('ids of devices and attempts, tickets, kinds, numbers, booleans', () => {
    const told = {
      peerId: PEER,
      peers: [PEER, OTHER],
      connId: CONN,
      ticket: 't17',
      kind: 'entries',
      count: 3,
      final: true,
      fault: null,
      clock: { [PEER]: 4 },
    }
    expect(redact(told)).toEqual(told)
  })

  test.each(FAULT_CODES)('the fault %s', (fault) => {
    expect(redact({ fault })).toEqual({ fault })
  })
})

describe('content shows its size', () => {
  test.each([
    ['a session', { kind: 'offer', session: 'AQAdPk7k' }, { kind: 'offer', session: '‹8 characters›' }],
    ['a candidate', { candidate: 'candidate:1 1 udp' }, { candidate: '‹17 characters›' }],
    ['a room and an address', { room: PEER, url: 'ws://x' }, { room: '‹22 characters›', url: '‹6 characters›' }],
    ['a record', { type: 'x', data: { name: 'Anna', age: 5 } }, { type: '‹1 character›', data: '‹2 fields›' }],
    ['numbers in content', { fields: [1, 2], value: 7 }, { fields: '‹2 items›', value: '‹number›' }],
    ['prose', { note: 'ä'.repeat(1_234) }, { note: '‹1,234 characters›' }],
    ['a short word that nobody knows', { name: 'Anna' }, { name: '‹4 characters›' }],
    ['what looks like an id where none belongs', { name: PEER }, { name: '‹22 characters›' }],
    ['an id that is none', { peerId: 'Anna', connId: 'a.b', ticket: 'tea' }, expect.anything()],
    ['names of fields that are no names', { 'Anna Schmidt': 1, ok: 2 }, { ok: 2, '‹more›': '‹1 field›' }],
    ['bytes', { chunk: new Uint8Array(12) }, { chunk: '‹12 bytes›' }],
  ])('%s', (_what, value, shown) => {
    const redacted = redact(value)
    expect(redacted).toEqual(shown)
    expect(JSON.stringify(redacted)).not.toMatch(/Anna|tea/)
  })

  test('an error keeps its kind and its code, and loses its words', () => {
    const shown = redact({ error: new FieldmeshError('storage-full', 'Anna') })
    expect(shown).toEqual({
      error: { error: 'FieldmeshError', code: 'storage-full', message: expect.stringMatching(/^‹\d+ characters›$/) },
    })
  })
})

describe('nothing hostile makes it throw, or grow', () => {
  const cycle: Record<string, unknown> = { n: 1 }
  cycle['self'] = cycle
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const throws = {
    get: () => {
      throw new Error('no')
    },
    enumerable: true,
  }
  const getter = Object.defineProperty({ n: 1 }, 'trap', throws)
  const actor = createActor(createMachine({}))

  test.each([
    ['a cycle', cycle],
    ['a getter that throws', getter],
    ['a revoked proxy', revoked.proxy],
    ['a revoked proxy inside', { list: [revoked.proxy] }],
    [
      'a class with a hostile tag',
      {
        a: Object.create({
          get [Symbol.toStringTag]() {
            throw new Error('no')
          },
        }),
      },
    ],
    ['odd values', [1n, Symbol('x'), () => {}, undefined, NaN, -0, Infinity, new Date(), /x/, new Map([[1, 2]])]],
    ['an actor', { ref: actor, snapshot: actor.getSnapshot() }],
    ['prototype keys', JSON.parse('{"__proto__":{"a":1},"constructor":2}')],
    ['an error without a message', Object.assign(new Error('x'), { message: undefined })],
  ])('%s', (_what, value) => {
    const redacted = redact(value)
    expect(JSON.parse(JSON.stringify(redacted))).toEqual(redacted)
  })

  test('deep and wide things come to little', () => {
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i++) deep = { deep }
    const wide = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`k${i}`, Array.from({ length: 100 }, () => i)]),
    )
    expect(JSON.stringify(redact({ deep })).length).toBeLessThan(500)
    expect(JSON.stringify(redact({ wide })).length).toBeLessThan(10_000)
  })

  test('anything at all, and what comes out is JSON', () => {
    const redactor = createRedactor()
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withTypedArray: true,
    })
    fc.assert(
      fc.property(anything, (value) => {
        const redacted = redactor(value)
        expect(JSON.parse(JSON.stringify(redacted))).toEqual(redacted)
      }),
    )
  })
})

describe('by option', () => {
  test('keys of your own are shown, and hidden', () => {
    const redactor = createRedactor({ show: ['floor', 'value'], hide: ['count'] })
    expect(redactor({ floor: 'attic', value: 3, count: 4, name: 'Anna' })).toEqual({
      floor: 'attic',
      value: 3,
      count: '‹number›',
      name: '‹4 characters›',
    })
  })

  test('nothing is redacted where that is asked for by its name', () => {
    expect(redact({ data: { name: 'Anna' } }, 'none')).toEqual({ data: { name: 'Anna' } })
  })

  test.each([['all'], [null], [{ show: 'floor' }], [7]])('%j is no redaction', (redaction) => {
    expect(() => createRedactor(redaction as 'none')).toThrow(/redact takes/)
  })
})

describe('secrets put anywhere never come out', () => {
  /** No letter of a hexadecimal number: what is made around them cannot spell them. */
  const SDP = 'v=0\r\no=- 4611 2 IN IP4 127.0.0.1\r\na=ice-ufrag:qZpW\r\na=ice-pwd:XYZxyzXYZxyzXYZxyzXYZxyz\r\n'
  const SECRET = 'Zq9_mTgYwXvUtSrQpOnMlKjIhGzyxwvutsrqponmlkj'
  const RECORD = { owner: 'Zoltán Müller', remark: 'gate is stuck, key under the mat' }
  const planted = fc.constantFrom<unknown>(SDP, SECRET, RECORD, Object.values(RECORD), new Error(SDP), [SECRET, [SDP]])
  const noise = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom('offer', 't3', PEER))
  const keys = fc.constantFrom(
    'signal',
    'message',
    'peerId',
    'from',
    'ticket',
    'type2',
    'kind',
    'error',
    'output',
    'x',
    'connId',
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      planted,
      noise,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 5 }),
    ),
  }))

  test('as values, in any event and context', () => {
    const redactor = createRedactor()
    fc.assert(
      fc.property(tree, fc.dictionary(keys, tree), (value, event) => {
        const text = JSON.stringify([redactor(value), redactor.payload({ type: 'x', ...event })])
        for (const bare of ['a=ice', 'IN IP4', SECRET, 'Zoltán', 'stuck']) expect(text).not.toContain(bare)
      }),
      { numRuns: 2_000 },
    )
  })

  test('as keys', () => {
    const text = JSON.stringify(redact({ [SDP]: 1, [SECRET]: { [Object.values(RECORD)[1] ?? '']: 2 } }))
    for (const bare of ['a=ice', SECRET, 'stuck']) expect(text).not.toContain(bare)
  })
})
