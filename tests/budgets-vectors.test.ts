import { describe, expect, test } from 'vitest'
import { SimulatedClock } from 'xstate'
import type { FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { VectorClock } from '#model/vector-clock'
import { openLedger } from '#store/ledger'
import { createMemoryJournal } from '#store/memory-journal'
import { createWorld } from '#world/create-world'
import { boasts } from '#world/hostile-floods'

describe('a member that claims to have all there could ever be of everybody', () => {
  const claimed = async () => {
    const world = createWorld({ seed: 5, peers: 2 })
    await world.start()
    const [a, b] = world.devices
    if (!a || !b) throw new Error('a world of two has two')
    await world.settle(a.engine.put('reading', 'm0', { kwh: 1 }))
    await world.until('both are linked', () => world.isQuiet())
    const hostile = world.addHostile([boasts([a.engine.peerId, b.engine.peerId, 'nobody'])])
    const shown = () => a.engine.store.getStatus().peers.find(({ peerId }) => peerId === hostile.peerId)
    await world.until('its claim was heard', () => (shown()?.ahead ?? 0) > 0)
    return { world, a, b, hostile, shown }
  }

  test('is shown to be ahead by a figure that people can read, and breaks no rule', async () => {
    const { world, shown } = await claimed()
    expect(shown()).toMatchObject({ state: 'connected', ahead: LIMITS.aheadShown, lacks: 0 })
    await world.quiesce()
    await world.stop()
  })

  test('keeps nobody from anything: what is written leaves the outbox by the honest device alone', async () => {
    const { world, a, b } = await claimed()
    world.network.cut('a', 'b')
    const entry = await world.settle(a.engine.put('reading', 'm1', { kwh: 2 }))
    await world.pass(20_000)
    const dot = { peerId: entry.peerId, seq: 2 }
    expect(a.engine.store.getStatus().outboxCount).toBe(1)
    expect(a.engine.receipts(dot)).toMatchObject({ state: 'local', on: [] })
    world.network.heal('a', 'b')
    await world.until('the other one has it', () => b.engine.record('reading', 'm1')?.alive === true)
    await world.until('and says so', () => a.engine.store.getStatus().outboxCount === 0)
    expect(a.engine.receipts(dot).on).toContain(b.engine.peerId)
    await world.quiesce()
    await world.stop()
  })

  test('is not asked for what it does not have, neither again and again nor at all', async () => {
    const { world, hostile } = await claimed()
    const begun = world.now()
    let frames = 0
    let bytes = 0
    world.onTrace((_, what, size = 0) => {
      if (!what.startsWith(`a>${hostile.name} `)) return
      frames += 1
      bytes += size
    })
    await world.pass(60_000)
    const seconds = (world.now() - begun) / 1_000
    // Heartbeats, and what its wishes for everything cost, which it utters some hundred times; no question of ours.
    expect(frames / seconds).toBeLessThan(10)
    expect(bytes / seconds).toBeLessThan(2_000)
    await world.quiesce()
    await world.stop()
  })
})

describe('vectors of made-up authors, from many members', () => {
  /** As many authors as a vector may name, another set for each device. */
  const madeUp = (device: number) =>
    new VectorClock(Array.from({ length: LIMITS.vectorAuthors }, (_, i) => [`${device}/${i}`, 1] as const))
  const pairsOf = (ledger: Awaited<ReturnType<typeof openLedger>>) =>
    ledger.peers().reduce((pairs, { peerId }) => pairs + ledger.acked(peerId).size, 0)
  const open = async () => {
    const faults: FaultCode[] = []
    const timers = new SimulatedClock()
    const clock = {
      setTimeout: (task: () => void, ms: number) => timers.setTimeout(task, ms),
      clearTimeout: (id: unknown) => timers.clearTimeout(id as number),
    }
    return {
      ledger: await openLedger(createMemoryJournal(), { clock, onFault: (fault) => faults.push(fault) }),
      faults,
    }
  }

  test('fill the ledger to its bound, whoever sends them; the last ones heard of are remembered', {
    timeout: 60_000,
  }, async () => {
    const { ledger } = await open()
    const devices = LIMITS.ledgerPairs / LIMITS.vectorAuthors + 4
    for (let device = 0; device < devices; device++) ledger.announce(`m${device}`, madeUp(device), true)
    expect(pairsOf(ledger)).toBe(LIMITS.ledgerPairs)
    expect(ledger.acked('m0').size).toBe(0)
    expect(ledger.acked(`m${devices - 1}`).size).toBe(LIMITS.vectorAuthors)
  })

  test('in pieces come to no more than one vector for each: what is beyond is refused and told', async () => {
    const { ledger, faults } = await open()
    ledger.announce('m', madeUp(1), true)
    for (let piece = 2; piece < 6; piece++) ledger.announce('m', madeUp(piece), false)
    expect(ledger.acked('m').size).toBe(LIMITS.vectorAuthors)
    expect(faults).toEqual(['wire-limit', 'wire-limit', 'wire-limit', 'wire-limit'])
  })
})
