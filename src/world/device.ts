import { waitFor } from 'xstate'
import type { SyncEngine } from '#engine/types'
import { syncEngineView } from '#machines/sync-engine/sync-engine.view'
import type { Dot, Entry } from '#model/entry'
import { beginLife, type Ground, type Life } from './life.ts'
import type { Machine } from './machine.ts'
import { createWorldDisk } from './world-disk.ts'
import type { DeviceState, WorldDevice } from './types.ts'

export interface DeviceOptions {
  readonly name: string
  /** Its own, or that of the device of which it is a further tab. */
  readonly machine: Machine
  readonly ground: Ground
  readonly wrote: (entries: readonly Entry[]) => void
  readonly applied: (device: WorldDevice, dots: readonly Dot[]) => void
}

type EngineSnapshot = Parameters<typeof syncEngineView>[0]

/** Resolves with true when the engine stands by for another tab, with false when it runs or failed. */
const standsBy = async ({ actor }: SyncEngine): Promise<boolean> => {
  const phaseOf = (snapshot: unknown) => syncEngineView(snapshot as EngineSnapshot).phase
  const settled = await waitFor(actor, (snapshot) => ['running', 'failed', 'standby'].includes(phaseOf(snapshot)))
  return phaseOf(settled) === 'standby'
}

/** One production engine on a machine of its own, or in one of several tabs of one. */
export const createDevice = ({ name, machine, ground, wrote, applied }: DeviceOptions): WorldDevice => {
  const { network } = ground
  const { timeline } = network
  const peerIds: string[] = []
  const luck = network.random.fork(`bytes of ${name}`)
  let state: DeviceState = 'off'
  let life: Life | undefined

  const alive = (): Life => {
    life ??= beginLife(ground, { name, machine, luck, wrote, applied: (dots) => applied(device, dots) })
    return life
  }
  const standStill = (next: 'frozen' | 'asleep') => {
    if (state !== 'running' || !life) return false
    state = next
    return true
  }
  /** Resolves when it runs; for one that stands by that may be much later. */
  const launch = async ({ engine, crashed }: Life): Promise<void> => {
    try {
      await Promise.race([engine.start(), crashed])
    } catch (error) {
      if (life?.engine === engine) state = 'off'
      throw error
    }
    if (peerIds.at(-1) !== engine.peerId) peerIds.push(engine.peerId)
  }

  const device: WorldDevice = {
    name,
    tabOf: name === machine.place ? undefined : machine.place,
    peerIds,
    disk: createWorldDisk(machine, () => machine.tabs.every((tab) => tab.state === 'off')),
    get state() {
      const isSpare = state === 'running' && machine.tabs.length > 1 && phase() === 'standby'
      return isSpare ? 'standby' : state
    },
    get engine() {
      return alive().engine
    },
    get restingBytes() {
      return life?.depot.bytes ?? 0
    },
    get sockets() {
      return life?.sockets() ?? 0
    },
    get timers() {
      return life?.host.timers ?? 0
    },
    start: async () => {
      if (state !== 'off') return
      const begun = alive()
      state = 'running'
      const launched = launch(begun)
      if (machine.tabs.length === 1) return launched
      // Raced below; of a spare tab that fails while it waits, its state and its engine’s status tell.
      launched.catch(() => undefined)
      const isSpare = await Promise.race([standsBy(begun.engine), launched.then(() => false)])
      return isSpare ? undefined : launched
    },
    stop: async () => {
      if (state === 'off' || !life) return
      if (state === 'frozen') device.thaw()
      if (state === 'asleep') device.wake()
      const { engine, crashed } = life
      await Promise.race([engine.stop(), crashed])
      if (life?.engine === engine) state = 'off'
    },
    crash: () => {
      if (!life || state === 'off') return
      const { host, crash } = life
      life = undefined
      if (state === 'asleep') network.setAttached(machine.place, true)
      state = 'off'
      host.kill()
      ground.rtc.bury(host)
      crash()
    },
    freeze: () => {
      if (!standStill('frozen')) return
      life?.page.hide()
      life?.page.freeze()
      life?.host.freeze()
    },
    thaw: () => {
      if (state !== 'frozen' || !life) return
      state = 'running'
      life.host.thaw()
      const { page, host } = life
      timeline.after(0, () => host.deliver(page.resume))
      timeline.after(0, () => host.deliver(page.show))
    },
    sleep: () => machine.sleep(),
    wake: () => machine.wake(),
    roam: () => {
      if (state !== 'running' || !life) return
      const { page, host } = life
      ground.rtc.moveAddress(host)
      host.deliver(() => page.setNetwork(`wifi ${timeline.now()}`))
    },
    setClock: (ms) => machine.setClock(ms),
  }
  const phase = () => life?.engine.store.getStatus().phase
  machine.tabs.push({
    get state() {
      return state
    },
    fallAsleep: () => void (standStill('asleep') && life?.host.freeze()),
    wakeUp: () => {
      state = 'running'
      life?.host.thaw()
    },
  })
  return device
}
