import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { type CryptoPower, cryptoContract, SUITE_SHAPE } from '#contracts/crypto/crypto-contract'
import { keysContract } from '#contracts/keys/keys-contract'
import { createSimCrypto } from '#sim/crypto'
import { createRandom } from '#sim/random'
import { browserKeys } from './support/browser-keys.ts'
import { ed25519OfNode, withoutEd25519 } from './support/ed25519-of-node.ts'
import { fileKeys } from './support/file-keys.ts'
import { keep } from './support/keep.ts'

const ALL = { powers: ['keeps', 'damage', 'wipe'] } as const

test('no two promises of keys or of cryptography share an id, and an alien power is refused', () => {
  const suites = cryptoContract(() => createWebCrypto(), { powers: Object.keys(SUITE_SHAPE.powers) as CryptoPower[] })
  const ids = [...suites, ...keysContract(fileKeys, ALL)].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(expect.arrayContaining(['CRYPTO-1', 'CRYPTO-19', 'KEYS-1', 'KEYS-10']))
  const alien = { powers: ['flight' as 'keeps'] }
  expect(() => keysContract(fileKeys, alien)).toThrow(/knows no power “flight”/)
  expect(() => keysContract(undefined as unknown as typeof fileKeys)).toThrow(/takes a function/)
  expect(() => cryptoContract(undefined as unknown as () => never)).toThrow(/takes a function/)
})

describe('keys in files', () => {
  keep(keysContract(fileKeys, ALL))
})

describe('keys of the simulation', () => {
  const createPlace = () => {
    const [sim, { bytes }] = [createSimCrypto(), createRandom(1)]
    const keys = sim.keysFor(bytes)
    return { open: () => keys, suite: sim.suiteFor(bytes), keeping: 'kept', wipe: keys.wipe } as const
  }
  keep(keysContract(createPlace, { powers: ['keeps', 'wipe'] }))
})

describe('keys in IndexedDB, as the platform hands them out to nobody', () => {
  keep(keysContract(browserKeys({ keeping: 'kept' }), ALL))
})

describe('keys in IndexedDB of a browser that cannot store Ed25519', () => {
  keep(keysContract(browserKeys({ keeping: 'wrapped', refuses: ['Ed25519'] }), ALL))
})

describe('keys in IndexedDB of a browser without Ed25519, with a fallback', () => {
  const crypto = () => createWebCrypto(withoutEd25519(globalThis.crypto), async () => ed25519OfNode)
  keep(keysContract(browserKeys({ keeping: 'wrapped', crypto }), ALL))
})

/** The many rounds are for PINs of people. */
const hasty = () => {
  const suite = createWebCrypto()
  return { ...suite, stretch: (input: Parameters<typeof suite.stretch>[0]) => suite.stretch({ ...input, rounds: 10 }) }
}

describe('keys in IndexedDB of a browser that can store none, under a PIN', () => {
  keep(keysContract(browserKeys({ keeping: 'pin', refuses: 'all', pin: () => '2580', crypto: hasty }), ALL))
})

describe('keys in a page that can keep none', () => {
  keep(keysContract(browserKeys({ keeping: 'memory', refuses: 'all' })))
})
