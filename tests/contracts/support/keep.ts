import { expect, test } from 'vitest'
import type { ContractCase } from '#contracts/contract-case'

/** One test for each case of a contract. */
export const keep = (cases: readonly ContractCase[]): void => {
  for (const { id, says, run } of cases)
    test(`${id} ${says}`, async () => {
      await expect(run()).resolves.toBeUndefined()
    })
}
