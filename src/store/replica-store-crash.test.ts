import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { VectorClock } from '#model/vector-clock'
import { createFaultyJournal, diesAt, type Fate } from './faulty-journal.testing.ts'
import { createMemoryDisk, createMemoryJournal, type MemoryDisk } from './memory-journal.ts'
import type { ReplicaStore } from './replica-store.types.ts'
import { openStore, PEERS, reading, send } from './stores.testing.ts'

/** What a device does between two openings: writes (several at once), takes entries in, tells others, merges segments. */
type Step = { do: 'write'; counts: readonly number[] } | { do: 'take' } | { do: 'tell' } | { do: 'compact' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    counts: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ do: fc.constantFrom('take' as const, 'tell' as const, 'compact' as const) }),
)

/** Another device that never fails, and remembers all it was told. */
const createWitness = async () => {
  const store = await openStore(createMemoryJournal(), PEERS.b)
  let written = 0
  return { store, write: () => store.write([reading('shared', ++written), reading(`b${written}`, written)]) }
}
type Witness = Awaited<ReturnType<typeof createWitness>>

interface Device {
  readonly store: ReplicaStore
  readonly compact: () => Promise<void>
  /** Ids whose write was resolved for. */
  readonly promised: Set<string>
  /** What was acknowledged to others. */
  readonly acknowledged: VectorClock
}

let ids = 0
const fails = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    (error: unknown) => {
      expect(error).toBeInstanceOf(FieldmeshError)
      return true
    },
  )

const write = async ({ store, promised }: Device, counts: readonly number[]): Promise<void> => {
  await Promise.all(
    counts.map(async (count) => {
      const inputs = Array.from({ length: count }, (_, i) =>
        i === 0 ? reading('shared', ++ids) : reading(`a${++ids}`, ids),
      )
      const own = reading(`id${++ids}`, ids)
      if (!(await fails(store.write([...inputs, own])))) promised.add(own.id)
    }),
  )
}

const play = async (device: Device, witness: Witness, { do: what, ...rest }: Step): Promise<void> => {
  const { store, acknowledged } = device
  if (what === 'write') await write(device, 'counts' in rest ? rest.counts : [])
  else if (what === 'tell') await send(store, witness.store)
  else if (what === 'compact') await fails(device.compact())
  else {
    await witness.write()
    await fails(send(witness.store, store))
  }
  acknowledged.merge(store.vector())
}

/** Nothing promised is missing, nothing acknowledged is missing, nothing is half there, and nobody sees a fork. */
const expectWhole = async (store: ReplicaStore, device: Device, witness: Witness): Promise<void> => {
  expect(store.fault).toBeUndefined()
  expect(store.waiting).toBe(0)
  const shown = new Set(store.records('reading').map(({ id }) => id))
  expect([...device.promised].filter((id) => !shown.has(id))).toEqual([])
  expect(['equal', 'after']).toContain(store.vector().compare(device.acknowledged))
  await store.write([reading('afterwards', ++ids)])
  await send(witness.store, store)
  await send(store, witness.store)
  expect([store.forked, witness.store.forked]).toEqual([[], []])
  expect(witness.store.digest()).toBe(store.digest())
  expect(witness.store.records('reading')).toEqual(store.records('reading'))
}

const openDevice = async (disk: MemoryDisk, fateOf: (call: string, number: number) => Fate) => {
  const journal = createFaultyJournal(disk, fateOf)
  const store = await openStore(journal)
  const device: Device = {
    store,
    compact: () => journal.compact(),
    promised: new Set(),
    acknowledged: new VectorClock(),
  }
  return { device, calls: journal.calls }
}

/** Plays the steps on a disk that meets the given fates, then opens it again on a sound one. */
const playThenReopen = async (
  steps: readonly Step[],
  fateOf: (call: string, number: number) => Fate,
): Promise<number> => {
  const disk = createMemoryDisk()
  const witness = await createWitness()
  const { device, calls } = await openDevice(disk, fateOf)
  for (const next of steps) await play(device, witness, next)
  const count = calls.length
  await expectWhole(await openStore(createMemoryJournal(disk)), device, witness)
  return count
}

/** Calls that opening makes: they are no place to die at, since nothing was promised yet. */
const OPENING = 2

describe('a device that dies between any two calls of its journal', () => {
  const story: readonly Step[] = [
    { do: 'write', counts: [1, 2, 1] },
    { do: 'tell' },
    { do: 'take' },
    { do: 'write', counts: [1] },
    { do: 'compact' },
    { do: 'take' },
    { do: 'write', counts: [2, 2] },
    { do: 'tell' },
  ]

  test('comes back with everything that was promised and acknowledged, and never forks its log', async () => {
    const calls = await playThenReopen(story, () => 'works')
    expect(calls).toBeGreaterThan(OPENING + 5)
    for (let at = OPENING; at < calls; at++) {
      await playThenReopen(story, diesAt(at, false))
      await playThenReopen(story, diesAt(at, true))
    }
  })

  test('… in any story', async () => {
    const stories = fc.record({
      steps: fc.array(step, { maxLength: 12 }),
      at: fc.nat({ max: 25 }),
      after: fc.boolean(),
    })
    const checked = fc.assert(
      fc.asyncProperty(stories, async ({ steps, at, after }) => {
        await playThenReopen(steps, diesAt(OPENING + at, after))
      }),
      { numRuns: 150 },
    )
    await expect(checked).resolves.toBeUndefined()
  })
})

test('a disk that refuses and loses answers at random breaks no promise and forks no log, reopened or not', async () => {
  const fates = fc.infiniteStream(fc.constantFrom<Fate>('works', 'works', 'works', 'refused', 'lost'))
  const checked = fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), fates, async (steps, stream) => {
      const disk = createMemoryDisk()
      const witness = await createWitness()
      let sound = false
      const fateOf = (_call: string, number: number): Fate => {
        if (number < OPENING || sound) return 'works'
        return stream.next().value ?? 'works'
      }
      const { device } = await openDevice(disk, fateOf)
      for (const next of steps) await play(device, witness, next)
      sound = true
      await device.store.write([reading('healed', 1)])
      await expectWhole(device.store, device, witness)
      await expectWhole(await openStore(createMemoryJournal(disk)), device, witness)
    }),
    { numRuns: 150 },
  )
  await expect(checked).resolves.toBeUndefined()
})
