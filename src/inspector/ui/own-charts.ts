import type { AnyStateMachine } from 'xstate'
import type { ChartModel } from '#chart/chart.types'
import { describeMachine } from '#chart/describe-machine'
import type { Law } from '#machines/kit/law'
import { reassemblyLaws, reassemblyMachine } from '#machines/reassembly/index'
import { signalingLaws, signalingMachine } from '#machines/signaling/index'
import { syncEngineLaws, syncEngineMachine } from '#machines/sync-engine/index'
import { syncMeshLaws, syncMeshMachine } from '#machines/sync-mesh/index'
import { syncPeerLaws, syncPeerMachine } from '#machines/sync-peer/index'

/** A law as far as it can be told. */
export type LawWords = Pick<Law<never>, 'id' | 'says'>

const OURS: Readonly<Record<string, { readonly machine: AnyStateMachine; readonly laws: readonly LawWords[] }>> = {
  'sync-engine': { machine: syncEngineMachine, laws: syncEngineLaws },
  'sync-mesh': { machine: syncMeshMachine, laws: syncMeshLaws },
  signaling: { machine: signalingMachine, laws: signalingLaws },
  'sync-peer': { machine: syncPeerMachine, laws: syncPeerLaws },
  reassembly: { machine: reassemblyMachine, laws: reassemblyLaws },
}
const described = new Map<string, ChartModel>()

/** The chart of one of fieldmesh’s machines, for recordings that had no room for it. */
export const ownChart = (id: string): ChartModel | undefined => {
  const ours = Object.hasOwn(OURS, id) ? OURS[id] : undefined
  if (ours && !described.has(id)) described.set(id, describeMachine(ours.machine))
  return described.get(id)
}

/** Laws of one of fieldmesh’s machines; of others only those that were broken are known. */
export const ownLaws = (id: string): readonly LawWords[] => (Object.hasOwn(OURS, id) ? (OURS[id]?.laws ?? []) : [])
