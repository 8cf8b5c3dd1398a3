import { FieldmeshError } from '#model/fault'
import type { CryptoSuite } from '#trust/crypto.types'
import { checkPowers, checkUnderTest, type HarnessShape, within } from '../check-harness.ts'
import type { ContractCase } from '../contract-case.ts'
import { boxCases } from './box-cases.ts'
import type { CryptoCase } from './crypto-case.ts'
import { derivingCases } from './deriving-cases.ts'
import { signingCases } from './signing-cases.ts'

/** `standard`: computes what the standards say, to the bit; a simulation need only bind as well. */
export type CryptoPower = 'standard'

export interface CryptoOptions {
  /** Cases that need another power are left out. Default: none. */
  readonly powers?: readonly CryptoPower[]
}

/** Gives a suite. */
export type CreateSuite = () => CryptoSuite | Promise<CryptoSuite>

export const SUITE_SHAPE: HarnessShape<CryptoPower> = {
  contract: 'cryptoContract',
  harness: {},
  opener: 'createSuite()',
  under: 'CryptoSuite',
  needs: {
    randomBytes: 'function',
    hkdf: 'function',
    stretch: 'function',
    macKey: 'function',
    sealingKey: 'function',
    signerOf: 'function',
    verify: 'function',
  },
  powers: { standard: [] },
}

const CASES: readonly CryptoCase[] = [...derivingCases, ...boxCases, ...signingCases]

/**
 * What every suite of cryptography promises (see `CryptoSuite`).
 *
 * @throws FieldmeshError `options-invalid` for other arguments
 */
export const cryptoContract = (createSuite: CreateSuite, options: CryptoOptions = {}): readonly ContractCase[] => {
  if (typeof createSuite !== 'function')
    throw new FieldmeshError('options-invalid', 'cryptoContract takes a function that gives a CryptoSuite.')
  const { powers = [] } = options
  checkPowers(SUITE_SHAPE, powers)
  return within(CASES, powers).map(({ id, says, check }) => ({
    id,
    says,
    run: async () => check(checkUnderTest(SUITE_SHAPE, await createSuite(), powers)),
  }))
}
