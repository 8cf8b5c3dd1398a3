import type { ContractCase } from '../contract-case.ts'
import { relayCases } from './relay-cases.ts'
import { roomCases } from './room-cases.ts'
import { runSocketCase } from './socket-case.ts'
import { socketEndCases } from './socket-end-cases.ts'
import type { SocketHarness } from './socket-harness.ts'

const CASES = [...roomCases, ...relayCases, ...socketEndCases]

/** What every signaling socket promises (the `socket` port), together with a server of `fieldmesh.sig.v1`. */
export const socketContract = (harness: SocketHarness): readonly ContractCase[] =>
  CASES.filter(({ needs }) => needs === undefined || harness.powers?.includes(needs)).map((one) => ({
    id: one.id,
    says: one.says,
    run: () => runSocketCase(harness, one),
  }))
