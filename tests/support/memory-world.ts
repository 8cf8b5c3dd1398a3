import { fromCallback, SimulatedClock } from 'xstate'
import { createPulse } from '#adapters/page/pulse'
import { alwaysLeader } from '#adapters/storage/leadership'
import { seedOf } from '#machines/kit/seed'
import { createSyncEngine } from '#engine/create-sync-engine'
import type { EnginePorts } from '#engine/ports'
import type { SyncEngine } from '#engine/types'
import { createSimCrypto } from '#sim/crypto'
import type { DeviceKeys } from '#trust/crypto.types'
import { createMemoryDisk, createMemoryJournal, type MemoryDisk, type MemoryJournal } from '#store/memory-journal'
import { createMemoryLinks, type MemoryLinks } from './memory-links.ts'
import { createMemorySignaling, type MemorySignaling } from './memory-signaling.ts'

const EPOCH = Date.UTC(2026, 0, 1)
const STEP = 100
const MOST_STEPS = 20_000

/** Some engines, their links and their server in one process, on one simulated clock. */
export interface MemoryWorld {
  readonly clock: SimulatedClock
  readonly links: MemoryLinks
  readonly signaling: MemorySignaling
  /** `aheadMs`: how far this device’s clock is wrong. */
  engine(name: string, aheadMs?: number): SyncEngine
  journal(name: string): MemoryJournal | undefined
  /** Turns the clock until the condition holds; fails with `what` if it never does. */
  until(what: string, holds: () => boolean): Promise<void>
  /** Turns the clock by so many ms. */
  pass(ms: number): Promise<void>
  /** Stops every engine. */
  stop(): Promise<void>
}

export const createMemoryWorld = (): MemoryWorld => {
  const clock = new SimulatedClock()
  const links = createMemoryLinks()
  const signaling = createMemorySignaling()
  const crypto = createSimCrypto()
  const keys = new Map<string, DeviceKeys>()
  const disks = new Map<string, MemoryDisk>()
  const journals = new Map<string, MemoryJournal>()
  const engines: SyncEngine[] = []

  const turn = async (ms: number) => {
    clock.increment(ms)
    await settle()
  }
  const keysOf = (name: string): DeviceKeys => {
    const known = keys.get(name) ?? crypto.keysFor(seededBytes(`keys of ${name}`))
    keys.set(name, known)
    return known
  }
  const portsOf = (name: string, aheadMs: number): EnginePorts => ({
    transport: links.transport(name),
    socket: () => signaling.socket,
    presence: fromCallback(() => {}),
    leadership: alwaysLeader,
    pulse: createPulse({ clock }),
    openJournal: async () => {
      const disk = disks.get(name) ?? createMemoryDisk()
      disks.set(name, disk)
      const journal = createMemoryJournal(disk)
      journals.set(name, journal)
      return journal
    },
    crypto: crypto.suiteFor(seededBytes(`crypto of ${name}`)),
    deviceKeys: keysOf(name),
    now: () => EPOCH + clock.now() + aheadMs,
    randomBytes: seededBytes(name),
    clock,
  })

  return {
    clock,
    links,
    signaling,
    engine: (name, aheadMs = 0) => {
      const engine = createSyncEngine({
        room: 'a room for tests',
        signaling: 'ws://memory.test/',
        storage: { name },
        ports: portsOf(name, aheadMs),
      })
      engines.push(engine)
      return engine
    },
    journal: (name) => journals.get(name),
    until: async (what, holds) => {
      for (let step = 0; step < MOST_STEPS; step++) {
        await settle()
        if (holds()) return
        await turn(STEP)
      }
      throw new Error(
        `never came true: ${what}\n${engines.map((engine) => JSON.stringify([engine.peerId, engine.explain()])).join('\n')}`,
      )
    },
    pass: async (ms) => {
      for (let passed = 0; passed < ms; passed += STEP) await turn(Math.min(STEP, ms - passed))
    },
    stop: async () => {
      await Promise.all(engines.map((engine) => engine.stop()))
    },
  }
}

/** Lets everything that waits for nothing but microtasks run. */
const settle = async () => {
  for (let i = 0; i < 200; i++) await Promise.resolve()
}

/** Reproducible bytes, other ones for each name. */
const seededBytes = (name: string) => {
  let state = seedOf(name)
  return (length: number) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      return state >>> 24
    })
}
