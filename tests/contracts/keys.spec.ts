import { describe } from 'vitest'
import { keysContract } from '#contracts/keys/keys-contract'
import { browserKeys } from './support/browser-keys.ts'
import { keep } from './support/keep.ts'

const ALL = { powers: ['keeps', 'damage', 'wipe'] } as const

describe('keys in the IndexedDB of Chromium', () => {
  keep(keysContract(browserKeys({ keeping: 'kept' }), ALL))
})

describe('keys in the IndexedDB of a Chromium that cannot store Ed25519', () => {
  keep(keysContract(browserKeys({ keeping: 'wrapped', refuses: ['Ed25519'] }), ALL))
})
