import { describe, expect, test } from 'vitest'
import { createWorld } from '#world/create-world'
import { planOf } from '#world/plan'
import type { WorldPlan } from '#world/plan.types'
import type { PeerStatus } from '#store/sync-store.types'
import { runWorld } from '#world/run-seed'
import type { WorldDevice } from '#world/types'

const plain = (plan: Partial<WorldPlan> & Pick<WorldPlan, 'seed'>): WorldPlan => ({
  peers: 2,
  durationMs: 1_000,
  roads: [],
  writes: [],
  faults: [],
  ...plan,
})

describe('seeds that found something', () => {
  test('seed 1062: a disk that fails right before healing', async () => {
    const { findings } = await runWorld(
      plain({
        seed: 1062,
        durationMs: 1,
        faults: [{ id: 1, at: 0, ms: 0, kind: 'diskFails', device: 'b', appends: 3, when: 'before' }],
      }),
    )
    expect(findings).toEqual([])
  })

  test('seed 1094: storage wiped, and the device it was before is still being looked for', async () => {
    const { findings } = await runWorld(
      plain({
        seed: 1094,
        durationMs: 22_698,
        roads: [
          { road: { latencyMs: 1, jitterMs: 71, loss: 0.15 } },
          { road: { latencyMs: 135, jitterMs: 18, loss: 0 }, between: ['a', 'b'] },
        ],
        faults: [{ id: 5, at: 22_697, ms: 0, kind: 'wipe', device: 'b' }],
      }),
    )
    expect(findings).toEqual([])
  })
})

describe('a run', () => {
  test('is the same for the same seed, to the byte, and another one for another seed', async () => {
    const plan = planOf(40)
    const first = await runWorld(plan)
    expect(await runWorld(plan)).toEqual(first)
    expect(first.writes).toBeGreaterThan(3)
    expect((await runWorld({ ...plan, seed: 41 })).digest).not.toBe(first.digest)
  })

  test('is the same with and without somebody who listens', async () => {
    const plan = plain({
      seed: 8,
      writes: [{ id: 0, at: 10, device: 'a', does: 'put', record: 'r', fields: ['f'], bytes: 20_000 }],
    })
    const told: string[] = []
    const { digest } = await runWorld(plan, { trace: (at, says) => told.push(`${at} ${says}`) })
    expect(told.join('\n')).toMatch(/a: .*"put".*#0(.|\n)*b: has 1 more, from a 1/)
    expect((await runWorld(plan)).digest).toBe(digest)
  })
})

test('an application’s own test: two readings of one meter while apart', async () => {
  const world = createWorld({ seed: 7, peers: 2 })
  await world.start()
  await world.quiesce()
  const [a, b] = [world.device('a'), world.device('b')]
  world.network.partition(['a'], ['b', 'server'])
  const writing = Promise.all([
    a.engine.put('reading', 'meter-17', { kwh: 812 }),
    b.engine.put('reading', 'meter-17', { kwh: 821 }),
  ])
  await world.pass(100)
  await writing
  expect(b.engine.record('reading', 'meter-17')?.value).toEqual({ kwh: 821 })

  await world.quiesce()
  const [conflict] = a.engine.conflicts()
  expect(b.engine.conflicts()).toEqual([conflict])
  const values = [conflict?.winner.value, ...(conflict?.others.map(({ value }) => value) ?? [])]
  expect(new Set(values)).toEqual(new Set([812, 821]))
  await world.stop()
})

const isLinkTo =
  (device: WorldDevice) =>
  ({ peerId, state }: PeerStatus): boolean =>
    peerId === device.engine.peerId && state === 'connected'

test('restored from a backup, linked to who has the lost entries only later: it learns that it forked before it writes on', async () => {
  const world = createWorld({ seed: 11, peers: 3 })
  const [a, b] = [world.device('a'), world.device('b')]
  const write = (kwh: number) => world.settle(a.engine.put('reading', `m${kwh}`, { kwh }))
  const readings = () => b.engine.records('reading').length
  await world.start()
  await write(1)
  await world.quiesce()
  a.disk.backup()
  world.network.partition(['a', 'c', 'server'], ['b'])
  for (const kwh of [2, 3]) await write(kwh)
  await world.until('c has what will be lost', () => world.device('c').engine.records('reading').length === 3)
  a.crash()
  a.disk.restore()
  // The lost entries are on c alone, which meets b only once b and a are linked.
  world.network.healAll()
  for (const other of ['a', 'b']) world.network.cut('c', other)
  await world.settle(a.start())
  await world.until('a and b are linked', () => b.engine.store.getStatus().peers.some(isLinkTo(a)))
  expect(readings()).toBe(1)
  world.network.heal('b', 'c')
  await world.until('b has what was lost', () => readings() === 3)
  await world.until('a knows that its log forked', () => a.engine.store.getStatus().fault === 'author-forked', 30_000)
  await expect(write(4)).rejects.toThrow(expect.objectContaining({ code: 'author-forked' }))
  await world.until('a has again what it lost', () => a.engine.records('reading').length === 3)
  await world.stop()
})
