import type { Dot, Entry } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { createDevice } from './device.ts'
import type { Ground } from './life.ts'
import { createMachine, type Machine } from './machine.ts'
import type { WorldDevice, WorldOptions } from './types.ts'

export interface DevicesGround {
  readonly ground: Ground
  readonly wrote: (device: string, entries: readonly Entry[]) => void
  readonly applied: (device: WorldDevice, dots: readonly Dot[]) => void
}

const nameOf = (index: number): string => String.fromCharCode(97 + index)

const refuse = (says: string): never => {
  throw new FieldmeshError('options-invalid', says)
}

/** @throws FieldmeshError `options-invalid` */
const checkTabs = (names: readonly string[], tabs: Readonly<Record<string, string>>): void => {
  for (const [tab, device] of Object.entries(tabs)) {
    for (const name of [tab, device])
      if (!names.includes(name)) refuse(`tabs: there is no “${name}” in this world: it has ${names.join(', ')}.`)
    if (tab === device || Object.hasOwn(tabs, device))
      refuse(`tabs: “${device}” is no device of its own, so “${tab}” cannot be a tab of it.`)
  }
}

/**
 * The devices of a world, a, b, c …, each on a machine of its own, but for further tabs.
 *
 * @throws FieldmeshError `options-invalid`
 */
export const createDevices = (
  { peers, tabs = {} }: WorldOptions,
  { ground, wrote, applied }: DevicesGround,
): readonly WorldDevice[] => {
  const names = Array.from({ length: peers }, (_, index) => nameOf(index))
  checkTabs(names, tabs)
  const hosts = new Map(Object.entries(tabs))
  const machines = new Map<string, Machine>()
  const machineOf = (name: string): Machine => {
    const place = hosts.get(name) ?? name
    const machine = machines.get(place) ?? createMachine(place, ground.network, ground.crypto)
    machines.set(place, machine)
    return machine
  }
  return names.map((name) =>
    createDevice({ name, machine: machineOf(name), ground, applied, wrote: (entries) => wrote(name, entries) }),
  )
}
