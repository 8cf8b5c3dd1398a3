import { checkHarness, within } from '../check-harness.ts'
import type { ContractCase } from '../contract-case.ts'
import { endingCases } from './ending-cases.ts'
import { flowCases } from './flow-cases.ts'
import { hostileCases } from './hostile-cases.ts'
import { LINK_SHAPE, type LinkHarness } from './link-harness.ts'
import { runLinkCase } from './link-pair.ts'
import { messageCases } from './message-cases.ts'
import { openingCases } from './opening-cases.ts'
import { pathCases } from './path-cases.ts'
import { sessionCases } from './session-cases.ts'

const CASES = [
  ...openingCases,
  ...messageCases,
  ...flowCases,
  ...endingCases,
  ...pathCases,
  ...hostileCases,
  ...sessionCases,
]

/**
 * What every link promises (the `transport` port), for whoever brings another WebRTC stack.
 *
 * @throws FieldmeshError `options-invalid` for what is no harness, and from `run()` for a power without its method
 *
 * @example
 * const open = () => ({ transport: (_at, depot) => createMyLink({ depot }) })
 * for (const { id, says, run } of linkContract({ open, until, powers: ['trickle'] })) test(`${id} ${says}`, run)
 */
export const linkContract = (harness: LinkHarness): readonly ContractCase[] => {
  checkHarness(LINK_SHAPE, harness)
  return within(CASES, harness.powers).map((one) => ({
    id: one.id,
    says: one.says,
    run: () => runLinkCase(harness, one),
  }))
}
