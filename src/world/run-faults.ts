import type { FaultPlan } from './plan.types.ts'
import type { World, WorldDevice } from './types.ts'

/** What a fault does when it begins and when it comes right; a promise returned is to be watched. */
export interface FaultStage {
  readonly begin: () => unknown
  readonly end: () => unknown
}

const nothing = () => {}

const crash = (device: WorldDevice): void => {
  if (device.state !== 'off') device.crash()
}
const restart = (device: WorldDevice): Promise<void> | undefined =>
  device.state === 'off' ? device.start() : undefined

const serverFlaps = (world: World, everyMs: number): FaultStage => {
  let on = true
  const flap = (): void => {
    if (!on) return
    if (world.server.isUp) world.server.stop()
    else world.server.start()
    world.after(everyMs, flap)
  }
  return {
    begin: flap,
    end: () => {
      on = false
      if (!world.server.isUp) world.server.start()
    },
  }
}

const onNetwork = (world: World, fault: FaultPlan): FaultStage | undefined => {
  const { network } = world
  switch (fault.kind) {
    case 'cut':
      return {
        begin: () => network.cut(fault.a, fault.b, fault.way),
        end: () => network.heal(fault.a, fault.b),
      }
    case 'partition':
      return { begin: () => network.partition(...fault.groups), end: () => network.partition() }
    case 'break':
      return { begin: () => network.breakLinks(...(fault.between ?? [])), end: nothing }
    case 'hostile': {
      let leave = nothing
      return {
        begin: () => {
          leave = world.addHostile().leave
        },
        end: () => leave(),
      }
    }
    case 'vanish':
      return { begin: () => network.vanishLinks(fault.device), end: nothing }
  }
  return undefined
}

const onServer = (world: World, fault: FaultPlan): FaultStage | undefined => {
  const { server } = world
  switch (fault.kind) {
    case 'serverDown':
      return { begin: () => server.stop(), end: () => server.start() }
    case 'serverFlaps':
      return serverFlaps(world, fault.everyMs)
    case 'serverForgets':
      return { begin: () => server.dropAll(), end: nothing }
    case 'serverLies': {
      const { duplicate, delay, staleRoster } = fault
      return {
        begin: () => server.misbehave({ duplicate, delay, staleRoster }),
        end: () => server.misbehave({ duplicate: 0, delay: 0, staleRoster: false }),
      }
    }
  }
  return undefined
}

const onDisk = (world: World, fault: FaultPlan): FaultStage | undefined => {
  switch (fault.kind) {
    case 'diskFull': {
      const { disk } = world.device(fault.device)
      return { begin: () => disk.fill(), end: () => disk.free() }
    }
    case 'diskFails':
      return { begin: () => world.device(fault.device).disk.failNext(fault.appends, fault.when), end: nothing }
    case 'diskSlow': {
      const { disk } = world.device(fault.device)
      return { begin: () => disk.setSlowness(fault.slowMs), end: () => disk.setSlowness(2) }
    }
    case 'wipe': {
      const device = world.device(fault.device)
      const wipe = () => {
        crash(device)
        device.disk.wipe()
      }
      return { begin: wipe, end: () => restart(device) }
    }
    case 'restore': {
      const device = world.device(fault.device)
      const restore = () => {
        crash(device)
        device.disk.restore()
        return restart(device)
      }
      return { begin: () => device.disk.backup(), end: restore }
    }
  }
  return undefined
}

const onDevice = (world: World, fault: FaultPlan): FaultStage | undefined => {
  switch (fault.kind) {
    case 'crash': {
      const device = world.device(fault.device)
      return { begin: () => crash(device), end: () => restart(device) }
    }
    case 'stop': {
      const device = world.device(fault.device)
      return {
        begin: () => (device.state === 'running' ? device.stop() : undefined),
        end: () => restart(device),
      }
    }
    case 'freeze': {
      const device = world.device(fault.device)
      return { begin: () => device.freeze(), end: () => device.thaw() }
    }
    case 'sleep': {
      const device = world.device(fault.device)
      return { begin: () => device.sleep(), end: () => device.wake() }
    }
    case 'roam': {
      const device = world.device(fault.device)
      return { begin: () => device.roam(), end: nothing }
    }
    case 'clock': {
      const device = world.device(fault.device)
      return { begin: () => device.setClock(fault.aheadMs), end: () => device.setClock(0) }
    }
  }
  return undefined
}

/** A planned fault in a world. */
export const faultStage = (world: World, fault: FaultPlan): FaultStage =>
  onNetwork(world, fault) ??
  onServer(world, fault) ??
  onDisk(world, fault) ??
  onDevice(world, fault) ?? { begin: nothing, end: nothing }
