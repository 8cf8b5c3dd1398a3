import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { bodyHash } from '#trust/chain'
import { ControlLog } from '#trust/membership/control-log'
import { introduce } from '#trust/membership/issue-control'
import { decodeBatch, encodeBatch, encodeEntry, type PlacedProof } from '#wire/entry-codec'
import { collect, entryOf } from './batches.testing.ts'
import { signedBatch, trustOf } from './log-trust.testing.ts'
import { createMemoryDisk, createMemoryJournal } from './memory-journal.ts'
import { openReplicaStore } from './replica-store.ts'
import type { ReplicaStore } from './replica-store.types.ts'
import { openStore, PEERS, reading, send } from './stores.testing.ts'

const NOTHING_TAKEN = { held: [], applied: 0, duplicate: 0 }
const { b } = PEERS
const log = (from: number, to: number, data?: Entry['data']): Entry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => entryOf(b, from + i, data))
const other = (author: string, seq: number): Entry => entryOf(author, seq, { n: -seq })
const proofsIn = (bytes: Uint8Array) => {
  const batch = decodeBatch(bytes)
  if (!batch.ok) throw new Error(batch.reason)
  const placeOf = new Map(batch.items.map(({ entry }, at) => [entry, at]))
  return batch.proofs.map(({ last, ...proof }) => ({ ...proof, at: placeOf.get(last) ?? 0 }))
}
/** The same bodies with other proofs. */
const proving = (entries: readonly Entry[], proofs: readonly PlacedProof[]) =>
  encodeBatch(entries.map(encodeEntry), proofs)
const forged = async (entries: readonly Entry[]): Promise<Uint8Array> => {
  const proofs = proofsIn(await signedBatch(entries))
  return proving(
    entries,
    proofs.map((proof) => ({ ...proof, signature: new Uint8Array(64) })),
  )
}
const rows = (count: number) => Array.from({ length: count }, (_, i) => reading(`m${i}`, i))

describe('an entry is taken only as its author signed it', () => {
  it.each<[string, () => Promise<Uint8Array>]>([
    ['nobody', async () => proving(log(1, 2), [])],
    ['a forger', () => forged(log(1, 2))],
    [
      'another device',
      async () => {
        const signed = await signedBatch([entryOf(PEERS.c, 1)])
        return proving(log(1, 1), proofsIn(signed))
      },
    ],
    ['another device that speaks in its name', () => signedBatch(log(1, 2), { signer: PEERS.c })],
    ['its author, with another body', async () => proving(log(1, 1, { n: 7 }), proofsIn(await signedBatch(log(1, 1))))],
    [
      'its author, of which one was left out',
      async () =>
        proving(
          [entryOf(b, 2)],
          [...proofsIn(await signedBatch(log(1, 2)))].map((p) => ({ ...p, at: 0 })),
        ),
    ],
    [
      'its author, in another order',
      async () => proving([entryOf(b, 2), entryOf(b, 1)], proofsIn(await signedBatch(log(1, 2)))),
    ],
  ])('and not by %s', async (_, batch) => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    const result = await store.ingest(await batch(), PEERS.c)
    expect(result).toMatchObject(NOTHING_TAKEN)
    expect(result.refused.includes('entry-unproven') || result.waiting > 0).toBe(true)
    expect([store.size, store.waiting, journal.disk.segments.length, store.vector().size]).toEqual([0, 0, 0, 0])
  })

  it('in the room that it signed for', async () => {
    const journal = createMemoryJournal()
    const trust = { ...trustOf(PEERS.a), log: 'another room' }
    const store = await openReplicaStore({ journal, peerId: PEERS.a, now: () => 1, trust })
    expect(await store.ingest(await signedBatch(log(1, 1)), b)).toMatchObject({
      ...NOTHING_TAKEN,
      refused: ['entry-unproven'],
    })
  })

  it('and the others of the same batch are taken all the same', async () => {
    const store = await openStore()
    const [good, bad] = [await signedBatch([entryOf(PEERS.c, 1)]), await forged(log(1, 1))]
    const proofs = [...proofsIn(good), ...proofsIn(bad).map((proof) => ({ ...proof, at: 1 }))]
    const result = await store.ingest(proving([entryOf(PEERS.c, 1), ...log(1, 1)], proofs), b)
    expect(result).toMatchObject({ applied: 1, refused: ['entry-unproven'] })
    expect(store.vector().toJSON()).toEqual({ [PEERS.c]: 1 })
  })

  it('and up to its last signature', async () => {
    const store = await openStore()
    const proofs = proofsIn(await signedBatch(log(1, 2)))
    const result = await store.ingest(proving(log(1, 3), proofs), b)
    expect(result).toMatchObject({ applied: 2, refused: ['entry-unproven'] })
    expect(store.vector().get(b)).toBe(2)
  })

  it('and signatures stand close enough to each other', async () => {
    const entries = log(1, LIMITS.checkpointEntries + 1)
    const [, last] = proofsIn(await signedBatch(entries))
    const store = await openStore()
    const result = await store.ingest(proving(entries, last ? [last] : []), b)
    expect([result.applied, result.refused.length]).toEqual([0, entries.length])
    expect((await store.ingest(await signedBatch(entries), b)).applied).toBe(entries.length)
  })
})

describe('what cannot be judged yet', () => {
  it('is not held, not credited, and noticed as missing something', async () => {
    const store = await openStore()
    const early = await signedBatch(log(2, 3))
    expect(await store.ingest(early, PEERS.c)).toMatchObject({
      ...NOTHING_TAKEN,
      waiting: 2,
      refused: [],
      doubtful: [],
    })
    expect(store.waiting).toBe(0)
    await store.ingest(await signedBatch(log(1, 1)), PEERS.c)
    expect(await store.ingest(early, PEERS.c)).toMatchObject({ applied: 2 })
  })

  it('is an author whose key was not told; with it the same is taken', async () => {
    const store = await openStore()
    expect(await store.ingest(await signedBatch(log(1, 1), { keyless: true }), b)).toMatchObject({
      ...NOTHING_TAKEN,
      refused: ['entry-unproven'],
    })
    expect(await store.ingest(await signedBatch(log(1, 1)), b)).toMatchObject({ applied: 1 })
    expect(await store.ingest(await signedBatch(log(2, 2), { keyless: true }), b)).toMatchObject({ applied: 1 })
  })

  it('is in doubt where it does not continue the log held here', async () => {
    const store = await openStore()
    await store.ingest(await signedBatch(log(1, 3)), b)
    const result = await store.ingest(await forged(log(4, 4)), PEERS.c)
    expect(result).toMatchObject({ ...NOTHING_TAKEN, refused: [], doubtful: [b] })
    expect(await store.ingest(await forged([...log(1, 3), ...log(4, 4)]), PEERS.c)).toMatchObject({
      applied: 0,
      refused: ['entry-unproven'],
    })
    expect([store.forked, store.vector().get(b)]).toEqual([[], 3])
  })
})

describe('two logs of one author', () => {
  const forkAt = async (first: number, seqs: readonly number[]) =>
    signedBatch(
      seqs.map((seq) => (seq < first ? entryOf(b, seq) : other(b, seq))),
      { before: (author, seq) => (seq < first ? entryOf(author, seq) : other(author, seq)) },
    )

  it('are a fork where both are signed, and both stay on disk with what proves them', async () => {
    const disk = createMemoryDisk()
    const store = await openStore(createMemoryJournal(disk))
    await store.ingest(await signedBatch(log(1, 3)), b)
    const result = await store.ingest(await forkAt(2, [2, 3, 4]), PEERS.c)
    expect(result.refused).toEqual(['author-forked', 'author-forked', 'author-forked'])
    expect(store.forked).toEqual([b])
    const [, evidence] = await collect(createMemoryJournal(disk).readAll())
    expect(evidence && proofsIn(evidence)).toMatchObject([{ tail: [expect.anything(), expect.anything()] }])
    const again = await openStore(createMemoryJournal(disk))
    expect([again.forked, again.size, again.fault]).toEqual([[b], 3, undefined])
  })

  it('are no fork where one is forged: nobody can freeze another device', async () => {
    const store = await openStore()
    await store.ingest(await signedBatch(log(1, 3)), b)
    expect(await store.ingest(await forged([entryOf(b, 1), other(b, 2)]), PEERS.c)).toMatchObject({
      applied: 0,
      refused: expect.arrayContaining(['entry-unproven']),
    })
    expect(store.forked).toEqual([])
    expect(await store.ingest(await signedBatch(log(4, 4)), b)).toMatchObject({ applied: 1 })
  })

  it('are told apart once the whole of the second is sent', async () => {
    const store = await openStore()
    await store.ingest(await signedBatch(log(1, 3)), b)
    expect(await store.ingest(await forkAt(2, [4]), PEERS.c)).toMatchObject({ applied: 0, doubtful: [b] })
    expect(store.forked).toEqual([])
    await store.ingest(await forkAt(2, [1, 2, 3, 4]), PEERS.c)
    expect(store.forked).toEqual([b])
  })
})

describe('what a hostile relay or author adds to genuine entries', () => {
  const tailed = async (entries: readonly Entry[], upTo: number) => {
    const whole = await signedBatch(log(1, upTo))
    const [proof] = proofsIn(whole)
    const tail = log(entries.length + 1, upTo).map((entry) => bodyHash(encodeEntry(entry)))
    return proving(entries, proof ? [{ ...proof, at: entries.length - 1, tail }] : [])
  }

  it('is never kept unchecked: a restart finds the same chain, and others take it', async () => {
    const disk = createMemoryDisk()
    const store = await openStore(createMemoryJournal(disk))
    await store.ingest(await tailed(log(1, 10), 20), b)
    const garbage = Array.from({ length: 63 }, (_, i) => new Uint8Array(32).fill(i + 1))
    const spoiled = proving(log(11, 20), [{ at: 9, tail: garbage, signature: new Uint8Array(64).fill(9) }])
    expect(await store.ingest(spoiled, PEERS.c)).toMatchObject({ applied: 10 })
    const again = await openStore(createMemoryJournal(disk))
    expect(await again.ingest(await signedBatch(log(21, 25)), b)).toMatchObject({ applied: 5, doubtful: [] })
    const third = await openStore(undefined, PEERS.d)
    await send(again, third)
    expect([third.vector().get(b), third.forked]).toEqual([25, []])
  })

  it('is no signature far behind a fork: what could not be read again is not written', async () => {
    const disk = createMemoryDisk()
    const store = await openStore(createMemoryJournal(disk))
    await store.ingest(await signedBatch(log(1, 2)), b)
    const branch = [entryOf(b, 1), ...Array.from({ length: 199 }, (_, i) => other(b, i + 2))]
    const proofs = proofsIn(await signedBatch(branch)).slice(-1)
    const result = await store.ingest(proving(branch, proofs), PEERS.c)
    expect(result).toMatchObject({ applied: 0, refused: expect.arrayContaining(['entry-unproven']) })
    const again = await openStore(createMemoryJournal(disk))
    expect([again.fault, again.size]).toEqual([undefined, 2])
  })

  it('does not mix two branches where one is known by its hashes alone: the author is frozen', async () => {
    const store = await openStore()
    await store.ingest(await tailed(log(1, 10), 20), b)
    const branch = Array.from({ length: 5 }, (_, i) => other(b, i + 11))
    const result = await store.ingest(await signedBatch(branch), PEERS.c)
    expect(result).toMatchObject({ applied: 0 })
    expect([store.forked, store.vector().get(b)]).toEqual([[b], 10])
    expect(await store.ingest(await signedBatch(log(11, 20)), b)).toMatchObject({
      refused: Array(10).fill('author-forked'),
    })
  })

  it('says nothing of our own log by its clock', async () => {
    const store = await openStore()
    const boast = { ...entryOf(b, 1), vectorClock: { [b]: 1, [PEERS.a]: 1_000_000 } }
    expect(await store.ingest(await signedBatch([boast]), b)).toMatchObject({ applied: 0, waiting: 1 })
    expect(store.fault).toBeUndefined()
    await store.write([reading('m1', 1)])
  })

  it('takes no room in memory for what is not taken', async () => {
    const store = await openStore()
    await store.ingest(await signedBatch([entryOf(b, 1)]), b)
    await store.ingest(await signedBatch([{ ...entryOf(b, 1), data: { n: -1 } }]), PEERS.c)
    expect(store.forked).toEqual([b])
    const result = await store.ingest(await signedBatch(log(2, 200)), b)
    expect(new Set(result.refused)).toEqual(new Set(['author-forked']))
  })
})

describe('what is written here', () => {
  it('is signed every 64 entries and at the end, with the key in the first batch alone', async () => {
    const journal = createMemoryJournal()
    const store = await openStore(journal)
    await store.write(rows(200))
    await store.write(rows(1))
    const [first, second] = (await collect(journal.readAll())).map(proofsIn)
    expect(first?.map(({ at, key, tail }) => [at, key !== undefined, tail.length])).toEqual([
      [63, true, 0],
      [127, false, 0],
      [191, false, 0],
      [199, false, 0],
    ])
    expect(second?.map(({ at, key }) => [at, key])).toEqual([[0, undefined]])
  })

  it('is signed anew after a disk refused it, so that others take what was kept', async () => {
    const journal = createMemoryJournal()
    const [store, reader] = [await openStore(journal), await openStore(undefined, b)]
    await store.write([reading('m1', 1)])
    journal.failNext('full', 'failed-after-commit')
    await expect(store.write([reading('m2', 2)])).rejects.toMatchObject({ code: 'storage-full' })
    await store.write([reading('m3', 3)])
    await store.write([reading('m4', 4)])
    await send(store, reader)
    expect(reader.records('reading').map(({ id }) => id)).toEqual(['m1', 'm3', 'm4'])
  })

  it('is cut anywhere and taken by whoever has what came before', async () => {
    const [store, reader] = [await openStore(), await openStore(undefined, b)]
    await store.write(rows(150))
    for (let size = 1; ; size = size * 2 + 300) {
      const packed = store.pack(reader.vector(), size)
      if (!packed) break
      const result = await reader.ingest(packed.bytes, store.peerId)
      expect(result).toMatchObject({ applied: packed.entries, refused: [], doubtful: [], waiting: 0 })
    }
    expect(reader.size).toBe(150)
  })
})

describe('a platform that cannot judge who belongs to the room for a moment', () => {
  it('refuses no write that is durable, says so, and judges with the next', async () => {
    let isBroken = true
    class Breaking extends ControlLog {
      override take(entries: readonly Entry[]): Promise<boolean> {
        if (isBroken && entries.length > 0) return Promise.reject(new FieldmeshError('crypto-missing'))
        return super.take(entries)
      }
    }
    const control = new Breaking({ policy: 'tofu' })
    const trust = trustOf(PEERS.a)
    const store = await openReplicaStore({
      journal: createMemoryJournal(),
      peerId: PEERS.a,
      now: () => 1,
      trust,
      control,
    })
    const named = introduce({ publicKey: trust.device.publicKey, name: 'Ann' })
    await store.write([{ ...named, id: PEERS.a }])
    expect([store.size, store.fault]).toEqual([1, 'crypto-missing'])
    const judged: string[] = []
    store.subscribe(({ origin }) => judged.push(origin))
    isBroken = false
    await store.write([reading('m1', 1)])
    expect([judged.includes('judged'), store.fault]).toEqual([true, undefined])
  })
})

describe('a log from before entries were signed', () => {
  it('is refused with words, and nothing of it is touched', async () => {
    const disk = createMemoryDisk()
    const unsigned = encodeBatch(log(1, 2).map(encodeEntry))
    unsigned[3] = 1
    await createMemoryJournal(disk).append(unsigned)
    await expect(openStore(createMemoryJournal(disk))).rejects.toMatchObject({ code: 'log-unsigned' })
    expect(disk.segments.map(({ bytes }) => bytes)).toEqual([unsigned])
  })
})

describe('a device whose disk lost a part', () => {
  it('shows what others can prove once the part has come again', async () => {
    const disk = createMemoryDisk()
    const store = await openStore(createMemoryJournal(disk))
    for (const [from, to] of [
      [1, 3],
      [4, 9],
    ] as const)
      await store.ingest(await signedBatch(log(from, to)), b)
    disk.segments[0]?.bytes.fill(7, 20, 40)
    const damaged = await openStore(createMemoryJournal(disk))
    expect([damaged.size, damaged.waiting]).toEqual([0, 6])
    await damaged.ingest(await signedBatch(log(1, 3)), PEERS.c)
    expect(damaged.size).toBe(9)
    const third = await openStore(undefined, PEERS.d)
    await send(damaged, third)
    expect(third.vector().get(b)).toBe(9)
    const again = await openStore(createMemoryJournal(disk))
    const fourth = await openStore(undefined, PEERS.c)
    await send(again, fourth)
    expect(fourth.vector().get(b)).toBe(9)
  })
})

/** Devices that write, meet in part, are closed and opened, and tidy up their disks, in any order. */
const STEP = fc.oneof(
  fc.record({ do: fc.constant('write' as const), at: fc.nat(2), count: fc.integer({ min: 1, max: 90 }) }),
  fc.record({
    do: fc.constant('send' as const),
    at: fc.nat(2),
    to: fc.nat(2),
    bytes: fc.integer({ min: 1, max: 20_000 }),
  }),
  fc.record({ do: fc.constant('reopen' as const), at: fc.nat(2) }),
  fc.record({ do: fc.constant('compact' as const), at: fc.nat(2) }),
)
type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never

const IDS = [PEERS.a, PEERS.b, PEERS.c] as const
const createTrio = async () => {
  const disks = IDS.map(() => createMemoryDisk())
  const stores: ReplicaStore[] = []
  const open = async (at: number) => {
    stores[at] = await openStore(createMemoryJournal(disks[at]), IDS[at])
  }
  for (const at of IDS.keys()) await open(at)
  const storeAt = (at: number): ReplicaStore => {
    const store = stores[at]
    if (!store) throw new Error('no such device')
    return store
  }
  const bring = async (from: number, to: number, bytes?: number): Promise<boolean> => {
    const packed = storeAt(from).pack(storeAt(to).vector(), bytes)
    if (!packed) return false
    const result = await storeAt(to).ingest(packed.bytes, IDS[from] ?? '')
    expect(result).toMatchObject({ applied: packed.entries, waiting: 0, refused: [], doubtful: [] })
    return true
  }
  const take = async (step: Step): Promise<void> => {
    if (step.do === 'write') await storeAt(step.at).write(rows(step.count))
    else if (step.do === 'send') await bring(step.at, step.to, step.bytes)
    else if (step.do === 'reopen') await open(step.at)
    else {
      await createMemoryJournal(disks[step.at]).compact()
      await open(step.at)
    }
  }
  return { storeAt, bring, take }
}

describe('any story of three devices', () => {
  it('ends with the same log everywhere, each part proven wherever it was cut, kept and passed on', async () => {
    const story = async (steps: Step[]) => {
      const { storeAt, bring, take } = await createTrio()
      for (const step of steps) await take(step)
      for (const [from, to] of [
        [0, 1],
        [1, 2],
        [2, 0],
        [0, 1],
      ] as const)
        while (await bring(from, to));
      expect(storeAt(1).digest()).toBe(storeAt(0).digest())
      expect(storeAt(2).digest()).toBe(storeAt(0).digest())
    }
    const cut: Step[] = [
      { do: 'write', at: 1, count: 67 },
      { do: 'send', at: 1, to: 2, bytes: 3_939 },
      { do: 'write', at: 1, count: 62 },
      { do: 'send', at: 1, to: 2, bytes: 8_915 },
      { do: 'compact', at: 2 },
    ]
    await story(cut)
    await fc.assert(fc.asyncProperty(fc.array(STEP, { maxLength: 25 }), story), { numRuns: 60 })
  })
})
