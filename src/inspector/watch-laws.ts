import type { AnyMachineSnapshot } from 'xstate'
import { getOwn } from '#model/plain-object'
import type { Law } from '#machines/kit/law'
import { reassemblyLaws, reassemblyMachine } from '#machines/reassembly/index'
import { signalingLaws, signalingMachine } from '#machines/signaling/index'
import { syncEngineLaws, syncEngineMachine } from '#machines/sync-engine/index'
import { syncMeshLaws, syncMeshMachine } from '#machines/sync-mesh/index'
import { syncPeerLaws, syncPeerMachine } from '#machines/sync-peer/index'

/** A law of any machine. */
export type AnyLaw = Law<AnyMachineSnapshot>

/** Laws that try events on the chart are for tests: a hundred times as dear as all others together. */
const watchable = (laws: readonly unknown[]): readonly AnyLaw[] =>
  (laws as readonly AnyLaw[]).filter(({ tried }) => tried !== true)

/** By the machine's definition, which `.provide()` keeps: a machine of the same id may be somebody else's. */
const OURS = new Map<unknown, readonly AnyLaw[]>([
  [syncEngineMachine.config, watchable(syncEngineLaws)],
  [syncMeshMachine.config, watchable(syncMeshLaws)],
  [syncPeerMachine.config, watchable(syncPeerLaws)],
  [signalingMachine.config, watchable(signalingLaws)],
  [reassemblyMachine.config, watchable(reassemblyLaws)],
])

const holds = (law: AnyLaw, snapshot: AnyMachineSnapshot): boolean => {
  try {
    return law.holds(snapshot)
  } catch {
    return false
  }
}

/**
 * Watches the laws of machines: fieldmesh's own, and others by the id of their machine. Gives the laws that have just
 * ceased to hold; one that goes on not holding is not told again.
 */
export const createLawWatch = (others: Readonly<Record<string, readonly AnyLaw[]>> = {}) => {
  const broken = new WeakMap<object, ReadonlySet<AnyLaw>>()
  const none: ReadonlySet<AnyLaw> = new Set()
  const lawsOf = ({ machine }: AnyMachineSnapshot): readonly AnyLaw[] =>
    OURS.get(machine.config) ?? watchable(getOwn(others, machine.id) ?? [])

  return (actor: object, snapshot: AnyMachineSnapshot): readonly AnyLaw[] => {
    const breaks = lawsOf(snapshot).filter((law) => !holds(law, snapshot))
    const before = broken.get(actor) ?? none
    if (breaks.length === 0 && before.size === 0) return breaks
    broken.set(actor, new Set(breaks))
    return breaks.filter((law) => !before.has(law))
  }
}
