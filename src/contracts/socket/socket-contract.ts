import { checkHarness, within } from '../check-harness.ts'
import type { ContractCase } from '../contract-case.ts'
import { relayCases } from './relay-cases.ts'
import { roomCases } from './room-cases.ts'
import { runSocketCase } from './socket-case.ts'
import { socketEndCases } from './socket-end-cases.ts'
import { SERVER_SHAPE, type SocketHarness } from './socket-harness.ts'
import { trustCases } from './trust-cases.ts'

const CASES = [...roomCases, ...relayCases, ...socketEndCases, ...trustCases]

/**
 * What every signaling socket promises (the `socket` port), together with a server of `fieldmesh.sig.v1`.
 *
 * @throws FieldmeshError `options-invalid` for what is no harness, and from `run()` for a power without its method
 */
export const socketContract = (harness: SocketHarness): readonly ContractCase[] => {
  checkHarness(SERVER_SHAPE, harness)
  return within(CASES, harness.powers).map((one) => ({
    id: one.id,
    says: one.says,
    run: () => runSocketCase(harness, one),
  }))
}
