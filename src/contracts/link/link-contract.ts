import type { ContractCase } from '../contract-case.ts'
import { endingCases } from './ending-cases.ts'
import { flowCases } from './flow-cases.ts'
import { hostileCases } from './hostile-cases.ts'
import type { LinkHarness } from './link-harness.ts'
import { runLinkCase } from './link-pair.ts'
import { messageCases } from './message-cases.ts'
import { openingCases } from './opening-cases.ts'
import { pathCases } from './path-cases.ts'

const CASES = [...openingCases, ...messageCases, ...flowCases, ...endingCases, ...pathCases, ...hostileCases]

/**
 * What every link promises (the `transport` port), for whoever writes one: over another stack, another transport.
 *
 * @example
 * for (const { id, says, run } of linkContract({ open: () => ({ transport: (_, depot) => myLink({ depot }) }), until }))
 *   test(`${id} ${says}`, run)
 */
export const linkContract = (harness: LinkHarness): readonly ContractCase[] =>
  CASES.filter(({ needs }) => needs === undefined || harness.powers?.includes(needs)).map((one) => ({
    id: one.id,
    says: one.says,
    run: () => runLinkCase(harness, one),
  }))
