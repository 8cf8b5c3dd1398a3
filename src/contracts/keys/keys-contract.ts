import { FieldmeshError } from '#model/fault'
import type { CryptoSuite, DeviceKeys, KeyKeeping } from '#trust/crypto.types'
import { checkPowers, checkUnderTest, type HarnessShape, within } from '../check-harness.ts'
import type { ContractCase } from '../contract-case.ts'
import { keysCases } from './keys-cases.ts'

/** One place where keys lie, empty, and what can be done to it. Optional powers bring further cases. */
export interface KeysUnderTest {
  /** The keys of that place, as after a restart of the device each time it is called. */
  readonly open: () => DeviceKeys | Promise<DeviceKeys>
  /** What verifies their signatures. */
  readonly suite: Pick<CryptoSuite, 'verify'>
  /** How well this place keeps them. */
  readonly keeping: KeyKeeping
  /** What lies there for a store is damaged, so that no key can be made of it. */
  readonly damage?: (store: string) => void | Promise<void>
  /** Everything that lies there is deleted. */
  readonly wipe?: () => void | Promise<void>
  /** Called when a case is over, whatever became of it. */
  readonly dispose?: () => void | Promise<void>
}

/** `keeps`: keys outlive a restart. */
export type KeysPower = 'keeps' | 'damage' | 'wipe'

export interface KeysOptions {
  /** Cases that need another power are left out. Default: none. */
  readonly powers?: readonly KeysPower[]
}

/** Gives a new, empty place, another one each time it is called. */
export type CreatePlace = () => KeysUnderTest | Promise<KeysUnderTest>

export const PLACE_SHAPE: HarnessShape<KeysPower> = {
  contract: 'keysContract',
  harness: {},
  opener: 'createPlace()',
  under: 'KeysUnderTest',
  needs: { open: 'function', suite: 'object', keeping: 'string' },
  powers: { keeps: [], damage: ['damage'], wipe: ['wipe'] },
}

const runOn = async (
  createPlace: CreatePlace,
  powers: readonly KeysPower[],
  work: (place: KeysUnderTest) => Promise<void>,
): Promise<void> => {
  const place = checkUnderTest(PLACE_SHAPE, await createPlace(), powers)
  try {
    await work(place)
  } finally {
    await place.dispose?.()
  }
}

/**
 * What every home of device keys promises (see `DeviceKeys`).
 *
 * @throws FieldmeshError `options-invalid` for other arguments, and from `run()` for a power without its method
 */
export const keysContract = (createPlace: CreatePlace, options: KeysOptions = {}): readonly ContractCase[] => {
  if (typeof createPlace !== 'function')
    throw new FieldmeshError('options-invalid', 'keysContract takes a function that gives a new place: { open }.')
  const { powers = [] } = options
  checkPowers(PLACE_SHAPE, powers)
  return within(keysCases, powers).map(({ id, says, check }) => ({
    id,
    says,
    run: () => runOn(createPlace, powers, check),
  }))
}
