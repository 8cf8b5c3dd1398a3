import type { ChartModel } from '#chart/chart.types'
import { describeMachine } from '#chart/describe-machine'
import { spec as reassembly } from '../../tests/specs/reassembly.ts'
import { spec as signaling } from '../../tests/specs/signaling.ts'
import { spec as syncEngine } from '../../tests/specs/sync-engine.ts'
import { spec as syncMesh } from '../../tests/specs/sync-mesh.ts'
import { spec as syncPeer } from '../../tests/specs/sync-peer.ts'
import type { AnyMachineSpec } from '../../tests/support/machine-spec.ts'

/** Everything there is to know of each of our machines, by id. */
export const SPECS = {
  'sync-engine': syncEngine,
  'sync-mesh': syncMesh,
  'sync-peer': syncPeer,
  signaling,
  reassembly,
} as const satisfies Record<string, AnyMachineSpec>

export type MachineId = keyof typeof SPECS

const described = new Map<MachineId, ChartModel>()

/** A machine's chart; always the same object, so that it is placed once. */
export const chartOf = (id: MachineId): ChartModel => {
  const chart = described.get(id) ?? describeMachine(SPECS[id].machine)
  described.set(id, chart)
  return chart
}
