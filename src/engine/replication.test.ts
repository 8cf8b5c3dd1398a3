import { SimulatedClock } from 'xstate'
import { describe, expect, test } from 'vitest'
import type { ReplicatorFact } from '#machines/ports'
import { base64url } from '#model/base64url'
import type { FaultCode } from '#model/fault'
import { VectorClock } from '#model/vector-clock'
import { createSimCrypto } from '#sim/crypto'
import { createMemoryJournal, type MemoryJournal } from '#store/memory-journal'
import { makeLock } from '#trust/locks'
import { encodeControl } from '#wire/control-codec'
import { createDepot } from '#wire/depot'
import { decodeBatch, encodeBatch } from '#wire/entry-codec'
import type { Hello } from '#wire/messages'
import { platformPorts } from './platform-ports.ts'
import { createReplication } from './replication.ts'
import { asRoom } from './room.ts'
import { openSession, type Session } from './session.ts'

const settle = async () => {
  for (let i = 0; i < 100; i++) await Promise.resolve()
}
const clock = new SimulatedClock()
const sim = createSimCrypto()
const openDevice = async (byte: number, room = 'r') => {
  const journal = createMemoryJournal()
  const randomBytes = (length: number) => new Uint8Array(length).fill(byte)
  const ports = {
    ...platformPorts([], new AbortController().signal),
    openJournal: async () => journal,
    crypto: sim.suiteFor(randomBytes),
    deviceKeys: sim.keysFor(randomBytes),
    randomBytes,
    now: () => 1_000,
    clock,
  }
  return { journal, session: await openSession({ name: 'test', room: asRoom(room), ports }, () => {}) }
}

/** One side of a link: the session, its replication, and what it told its chart. */
const sideOf = (session: Session, peer: Session, journal: MemoryJournal) => {
  const depot = createDepot()
  const facts: ReplicatorFact[] = []
  const refused: [fault: FaultCode, blamed?: string | undefined][] = []
  const peerId = peer.opened.peerId
  const replication = createReplication({
    peerId,
    connId: 'link',
    session,
    depot,
    clock,
    now: () => 2_000,
    nonce: () => 'A'.repeat(22),
    tell: (fact) => facts.push(fact),
    told: () => {},
    refused: (...given) => refused.push(given),
  })
  return { session, depot, facts, refused, replication, journal, peerId }
}
type Side = ReturnType<typeof sideOf>

const hello = ({ facts }: Side): Hello => {
  const fact = facts.find((one) => one.type === 'replicator.hello')
  if (!fact) throw new Error('no hello was told')
  return fact.hello
}
const put = ({ session }: Side, id: string) =>
  session.store.write([{ id, resourceType: 'r', action: 'create', data: { v: 1 } }])
/** Writes one record, and gives the batch that brings it to whoever has all before it. */
const written = async (side: Side, id: string): Promise<Uint8Array> => {
  const before = side.session.store.vector()
  await put(side, id)
  const batch = side.session.store.pack(before)
  if (!batch) throw new Error('nothing was written')
  return batch.bytes
}
const has = ({ session }: Side, id: string) => session.store.record('r', id) !== undefined
const hand = (to: Side, bytes: Uint8Array, kind: 'vector' | 'entries') => {
  const ticket = to.depot.put('link', bytes)
  if (ticket !== undefined) to.replication.take(ticket, kind)
}

/** Carries everything told on one side to the other, as chart, transport and link do. */
const carry = async (from: Side, to: Side): Promise<boolean> => {
  const told = from.facts.splice(0)
  for (const fact of told) {
    if (fact.type === 'replicator.news') from.replication.pack()
    if (fact.type === 'replicator.announce' || fact.type === 'replicator.packed') {
      const bytes = from.depot.take(fact.ticket)
      if (bytes) hand(to, bytes, fact.type === 'replicator.announce' ? 'vector' : 'entries')
      if (fact.type === 'replicator.packed') from.replication.pack()
    }
  }
  await settle()
  return told.length > 0
}
const carryAll = async (a: Side, b: Side) => {
  while ((await carry(a, b)) || (await carry(b, a)));
}
const pair = async () => {
  const [one, two] = [await openDevice(1), await openDevice(2)]
  return [sideOf(one.session, two.session, one.journal), sideOf(two.session, one.session, two.journal)] as const
}
const meet = async (a: Side, b: Side, between: () => Promise<unknown> = settle) => {
  a.replication.introduce()
  b.replication.introduce()
  const [fromA, fromB] = [hello(a), hello(b)]
  await between()
  a.replication.greeted(fromB)
  b.replication.greeted(fromA)
  await carryAll(a, b)
}
/** The log of `from` at `to`, as another device would have brought it. */
const copy = async (from: Side, to: Side) => {
  const batch = from.session.store.pack(new VectorClock())
  if (batch) await to.session.store.ingest(batch.bytes, 'a third device')
}

describe('the first words', () => {
  test('equal logs need no vector at all', async () => {
    const [a, b] = await pair()
    await put(a, 'x')
    await copy(a, b)
    a.replication.introduce()
    b.replication.introduce()
    const fromB = hello(b)
    a.facts.length = 0
    a.replication.greeted(fromB)
    expect(a.facts).toEqual([])
  })

  test('what is written while the hellos cross is not taken for known', async () => {
    const [a, b] = await pair()
    await put(a, 'x')
    await copy(a, b)
    await meet(a, b, () => put(a, 'y'))
    expect(has(b, 'y')).toBe(true)
    await put(a, 'z')
    await put(b, 'w')
    await carryAll(a, b)
    expect([has(b, 'z'), has(a, 'w')]).toEqual([true, true])
  })

  test('logs that become equal while the hellos cross still end up knowing each other', async () => {
    const [a, b] = await pair()
    await put(b, 'q')
    await copy(b, a)
    await put(a, 'x')
    await meet(a, b, () => copy(a, b))
    expect(a.session.ledger.acked(a.peerId).toJSON()).toEqual(b.session.store.vector().toJSON())
    expect(b.session.ledger.acked(b.peerId).toJSON()).toEqual(a.session.store.vector().toJSON())
    await put(a, 'y')
    await put(b, 'z')
    await carryAll(a, b)
    expect([has(b, 'y'), has(a, 'z')]).toEqual([true, true])
  })
})

test('devices that know each other go on from there, without a whole vector', async () => {
  const [one, two] = await pair()
  await put(one, 'x')
  await put(two, 'y')
  await meet(one, two)
  one.replication.close()
  two.replication.close()
  await put(one, 'z')
  const [a, b] = [sideOf(one.session, two.session, one.journal), sideOf(two.session, one.session, two.journal)]
  await meet(a, b)
  await put(b, 'w')
  await carryAll(a, b)
  expect([has(b, 'z'), has(a, 'w')]).toEqual([true, true])
})

test('a backlog begins with a small batch, each further one is twice as large, and the next backlog begins so again', async () => {
  const [a, b] = await pair()
  const remark = 'x'.repeat(1_000)
  const write = (from: number) =>
    a.session.store.write(
      Array.from({ length: 100 }, (_, i) => ({
        id: `r${from + i}`,
        resourceType: 'r',
        action: 'create' as const,
        data: { remark },
      })),
    )
  const packed = (): number[] => {
    const sizes: number[] = []
    for (let at = 0; at < a.facts.length; at++) {
      const fact = a.facts[at]
      if (fact?.type !== 'replicator.packed') continue
      sizes.push(a.depot.take(fact.ticket)?.length ?? 0)
      a.replication.pack()
    }
    a.facts.length = 0
    return sizes
  }
  await meet(a, b)
  for (const from of [0, 100]) {
    await write(from)
    a.facts.length = 0
    a.replication.pack()
    const [first = 0, second = 0, third = 0] = packed()
    expect(first).toBeLessThan(18 * 1024)
    expect(first).toBeGreaterThan(14 * 1024)
    expect([second / first, third / second].map(Math.round)).toEqual([2, 2])
  }
})

test('what was lost before the hellos were through comes again when it is asked for', async () => {
  const [a, b] = await pair()
  await put(b, 'x')
  a.replication.introduce()
  b.replication.introduce()
  b.replication.greeted(hello(a))
  a.replication.greeted(hello(b))
  await carry(a, b)
  // What b packs now is dropped on the way, as a chart that still waits for the hello does.
  b.replication.pack()
  b.facts.length = 0
  await carryAll(a, b)
  expect(has(a, 'x')).toBe(false)
  a.replication.askAgain()
  await carryAll(a, b)
  expect(has(a, 'x')).toBe(true)
})

describe('digesting', () => {
  test('messages behind the first rest in the depot, where they hold back credit', async () => {
    const [a, b] = await pair()
    await meet(a, b)
    const batches = [await written(b, 'x'), await written(b, 'y'), await written(b, 'z')]
    const untouched = { ...a.journal }
    const waits: (() => void)[] = []
    a.journal.append = async (...given) => {
      await new Promise<void>((resolve) => waits.push(resolve))
      return untouched.append(...given)
    }
    for (const bytes of batches) hand(a, bytes, 'entries')
    await settle()
    expect(a.depot.bytesOf('link')).toBe((batches[1]?.length ?? 0) + (batches[2]?.length ?? 0))
    while (waits.length > 0) {
      waits.shift()?.()
      await settle()
    }
    expect([has(a, 'x'), has(a, 'y'), has(a, 'z')]).toEqual([true, true, true])
  })

  test('a sender is credited with what it sent, not with what that unlocked', async () => {
    const [a, b] = await pair()
    await meet(a, b)
    const [third, fourth] = [3, 4].map(async (byte) => sideOf((await openDevice(byte)).session, a.session, a.journal))
    const [asked, answering] = [await third, await fourth]
    if (!asked || !answering) throw new Error('two more devices')
    const question = await written(asked, 'x')
    await copy(asked, answering)
    const answer = await written(answering, 'x')
    await a.session.store.ingest(answer, 'a third device')
    hand(a, question, 'entries')
    await settle()
    const acked = a.session.ledger.acked(a.peerId)
    const [ofAsked, ofAnswering] = [asked, answering].map(({ session }) => acked.get(session.opened.peerId))
    expect([ofAsked, ofAnswering, a.session.store.size]).toEqual([1, 0, 2])
    a.replication.pack()
    expect(a.facts.some((fact) => fact.type === 'replicator.packed')).toBe(true)
  })

  test('a sender is credited with all before what it sent, also where others brought that', async () => {
    const [a, b] = await pair()
    await meet(a, b)
    const [first, second] = [await written(b, 'x'), await written(b, 'y')]
    await a.session.store.ingest(first, 'a third device')
    hand(a, second, 'entries')
    await settle()
    expect(a.session.ledger.acked(a.peerId).get(a.peerId)).toBe(2)
  })

  test('what others brought of a device is sent back to it, and its duplicate says that it has it', async () => {
    const [a, b] = await pair()
    await meet(a, b)
    await put(a, 'x')
    await copy(a, b)
    expect(b.session.ledger.acked(b.peerId).get(b.peerId)).toBe(0)
    b.replication.pack()
    await carryAll(b, a)
    await carryAll(a, b)
    expect(b.session.ledger.acked(b.peerId).get(b.peerId)).toBe(1)
  })

  test('what is missing is asked for once at a time, and more rarely while that does not help', async () => {
    const [a, b] = await pair()
    await meet(a, b)
    const third = sideOf((await openDevice(3)).session, a.session, a.journal)
    await put(third, 'x')
    const late: Uint8Array[] = []
    for (const id of ['a', 'b', 'c', 'd', 'e']) late.push(await written(third, id))
    const pulls = () => a.facts.splice(0).filter((fact) => fact.type === 'replicator.announce').length
    pulls()
    for (const bytes of late) hand(a, bytes, 'entries')
    await settle()
    clock.increment(1_000)
    expect(pulls()).toBe(1)
    clock.increment(60_000)
    expect(pulls()).toBe(0)
  })

  test('only what was written shows that our storage takes something: not what waits, nor what is here already', async () => {
    const [a, b] = await pair()
    await meet(a, b)
    const third = sideOf((await openDevice(3)).session, a.session, a.journal)
    const [first, second] = [await written(third, 'x'), await written(third, 'y')]
    const stored = async (bytes: Uint8Array) => {
      a.facts.length = 0
      hand(a, bytes, 'entries')
      await settle()
      return a.facts.some((fact) => fact.type === 'replicator.stored')
    }
    expect([await stored(second), await stored(first), await stored(first)]).toEqual([false, true, false])
  })

  test('hostile bytes are refused, a claim beyond our log empties no outbox', async () => {
    const [a, b] = await pair()
    await meet(a, b)
    hand(a, Uint8Array.of(1, 2, 3), 'entries')
    hand(a, Uint8Array.of(9), 'vector')
    await settle()
    expect(a.facts.splice(0).filter((fact) => fact.type === 'replicator.refused')).toHaveLength(2)
    hand(
      a,
      encodeControl({ kind: 'vector', base: '', clock: { [a.session.opened.peerId]: 2 ** 50 }, pull: false }),
      'vector',
    )
    expect(a.facts.map((fact) => fact.type)).toContain('replicator.stored')
  })
})

test('who passes on a forked log is not blamed for it, and who sends garbage is', async () => {
  const [a, b] = await pair()
  await meet(a, b)
  const copies = await Promise.all([openDevice(3), openDevice(3)])
  const [one, other] = copies.map(({ session }) => sideOf(session, a.session, a.journal))
  if (!one || !other) throw new Error('two copies of one device')
  for (const [side, id] of [
    [one, 'x'],
    [other, 'y'],
  ] as const)
    hand(a, await written(side, id), 'entries')
  hand(a, Uint8Array.of(1, 2, 3), 'entries')
  await settle()
  expect(a.refused).toEqual([
    ['author-forked', undefined],
    ['wire-malformed', a.peerId],
  ])
  expect(a.session.store.forked).toEqual([one.session.opened.peerId])
})

describe('entries that do not continue what is held', () => {
  /** Two devices that use one key, as after a restored backup. */
  const doubles = async (a: Side) => {
    const [one, other] = await Promise.all([openDevice(3), openDevice(3)])
    return [sideOf(one.session, a.session, a.journal), sideOf(other.session, a.session, a.journal)] as const
  }

  test('are compared from the first on, and show that their author keeps two logs', async () => {
    const [a, b] = await pair()
    const [one, other] = await doubles(a)
    await put(one, 'x')
    await copy(one, a)
    for (const id of ['y', 'z']) await put(other, id)
    await copy(other, b)
    await meet(a, b)
    const author = one.session.opened.peerId
    expect([a.session.store.forked, has(a, 'x'), has(a, 'z')]).toEqual([[author], true, false])
    expect(a.refused).toEqual([['author-forked', undefined]])
    expect(a.facts.some(({ type }) => type === 'replicator.refused')).toBe(false)
  })

  test('are found even where both logs are equally long, and both devices learn of it, once', async () => {
    const [a, b] = await pair()
    const [one, other] = await doubles(a)
    for (const [side, at, id] of [
      [one, a, 'x'],
      [other, b, 'y'],
    ] as const) {
      await put(side, id)
      await copy(side, at)
    }
    await meet(a, b)
    const author = one.session.opened.peerId
    expect([a.session.store.forked, b.session.store.forked]).toEqual([[author], [author]])
    expect([has(a, 'x'), has(b, 'y')]).toEqual([true, true])
    const [again, and] = [sideOf(a.session, b.session, a.journal), sideOf(b.session, a.session, b.journal)]
    again.replication.introduce()
    and.replication.introduce()
    expect(hello(again).heads).toBe(hello(and).heads)
  })

  test('are compared to the end, however long, whatever is said meanwhile', async () => {
    const [a, b] = await pair()
    const [one, other] = await doubles(a)
    const rows = Array.from({ length: 900 }, (_, i) => ({
      id: `m${i}`,
      resourceType: 'r',
      action: 'create' as const,
      data: { text: 'x'.repeat(200) },
    }))
    for (const side of [one, other]) await side.session.store.write(rows)
    for (const [side, at, id] of [
      [one, a, 'x'],
      [other, b, 'y'],
    ] as const) {
      await put(side, id)
      for (let next = side.session.store.pack(at.session.store.vector()); next; ) {
        await at.session.store.ingest(next.bytes, 'a third device')
        next = side.session.store.pack(at.session.store.vector())
      }
    }
    expect([a.session.store.size, b.session.store.size]).toEqual([901, 901])
    await meet(a, b)
    expect([a.session.store.forked.length, b.session.store.forked.length]).toEqual([1, 1])
  })

  test('are refused as forged where the whole log does not bear them out', async () => {
    const [a, b] = await pair()
    const third = sideOf((await openDevice(3)).session, a.session, a.journal)
    await put(third, 'x')
    await copy(third, a)
    await meet(a, b)
    const known = third.session.store.vector()
    const forged = async (id: string, from = known) => {
      await put(third, id)
      const batch = third.session.store.pack(from)?.bytes ?? new Uint8Array()
      const spoiled = decodeBatch(batch)
      if (!spoiled.ok) throw new Error(spoiled.reason)
      const at = spoiled.items.length - 1
      const proofs = spoiled.proofs.map((proof) => ({ ...proof, at, signature: new Uint8Array(64) }))
      return encodeBatch(
        spoiled.items.map(({ bytes }) => bytes),
        proofs,
      )
    }
    const verdicts = () => a.facts.splice(0).flatMap((fact) => (fact.type === 'replicator.refused' ? [fact.fault] : []))
    hand(a, await forged('y'), 'entries')
    await settle()
    expect(a.facts.filter(({ type }) => type === 'replicator.announce')).toHaveLength(1)
    expect(verdicts()).toEqual([])
    hand(a, await forged('z', new VectorClock()), 'entries')
    await settle()
    expect(verdicts()).toEqual(['entry-unproven'])
    for (let i = 0; i < 16; i++) hand(a, await forged(`m${i}`), 'entries')
    await settle()
    expect(new Set(verdicts())).toEqual(new Set(['entry-unproven']))
    expect([a.session.store.size, a.session.store.forked]).toEqual([1, []])
  })
})

test('a wish for everything is heeded at once, the next ones together after a second', async () => {
  const [a, b] = await pair()
  await put(a, 'x')
  await meet(a, b)
  const pull = () => hand(a, encodeControl({ kind: 'vector', base: '', clock: {}, pull: true }), 'vector')
  const packed = () => {
    a.replication.pack()
    return a.facts.splice(0).some(({ type }) => type === 'replicator.packed')
  }
  expect(packed()).toBe(false)
  pull()
  expect([packed(), packed()]).toEqual([true, false])
  for (let i = 0; i < 50; i++) pull()
  expect(packed()).toBe(false)
  clock.increment(1_000)
  expect([packed(), packed()]).toEqual([true, false])
  clock.increment(10_000)
  expect(packed()).toBe(false)
})

describe('a lock that is handed over', () => {
  const secret = 'A'.repeat(43)
  const root = base64url(sim.signerOf(new Uint8Array(32).fill(99)).publicKey)
  const handed = async (room: string) => {
    const [one, two] = [await openDevice(1, room), await openDevice(2, room)]
    const [a, b] = [sideOf(one.session, two.session, one.journal), sideOf(two.session, one.session, two.journal)]
    await meet(a, b)
    const { room: keys, device } = b.session
    const suite = sim.suiteFor((length) => new Uint8Array(length).fill(7))
    const lock = await makeLock(suite, device, { room: keys.id, after: 0 })
    hand(a, encodeControl({ kind: 'vector', base: '', clock: {}, pull: false, lock }), 'vector')
    await settle()
    return { lock, newest: a.session.locks.newest, refused: a.refused, peerId: a.peerId }
  }

  test('is looked at once the entries of who handed it are here: they may say who was removed', async () => {
    const [one, two] = [await openDevice(1, `${secret}.t`), await openDevice(2, `${secret}.t`)]
    const a = sideOf(one.session, two.session, one.journal)
    const b = sideOf(two.session, one.session, two.journal)
    await meet(a, b)
    const entries = await written(b, 'x')
    const suite = sim.suiteFor((length) => new Uint8Array(length).fill(7))
    const lock = await makeLock(suite, b.session.device, { room: b.session.room.id, after: 0 })
    const clock = b.session.store.vector().toJSON()
    hand(a, encodeControl({ kind: 'vector', base: '', clock, pull: false, lock }), 'vector')
    await settle()
    expect(a.session.locks.newest).toBeUndefined()
    hand(a, entries, 'entries')
    await settle()
    expect(a.session.locks.newest?.epoch).toBe(1)
  })

  test('is taken from whoever belongs to the room', async () => {
    const { lock, newest, refused } = await handed(`${secret}.t`)
    expect([newest, refused]).toEqual([{ epoch: 1, secret: lock.secret }, []])
  })

  test('is not, where devices are admitted, unless an admin put it in', async () => {
    const { newest, refused, peerId } = await handed(`${secret}.c${root}`)
    expect([newest, refused]).toEqual([undefined, [['member-not-admin', peerId]]])
  })
})

test('nothing is told after the end of the link', async () => {
  const [a, b] = await pair()
  await meet(a, b)
  a.replication.close()
  a.facts.length = 0
  await put(a, 'x')
  expect(a.facts).toEqual([])
})
