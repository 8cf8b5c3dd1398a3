import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { createSimCrypto } from '#sim/crypto'
import { drained } from '#sim/drained'
import type { Random } from '#sim/random'
import type { CryptoSuite, DeviceKey, DeviceKeys, MacKey, SealingKey, Signer } from '#trust/crypto.types'

/** What the devices of a stage compute with. */
export interface StageCrypto {
  readonly suiteFor: (luck: Random) => CryptoSuite
  readonly keysFor: (luck: Random) => DeviceKeys
  /** Resolves once nothing is being computed any more: the stage's clock stands still until then. */
  readonly idle: () => Promise<void>
}

const simulated = (): StageCrypto => {
  const crypto = createSimCrypto()
  return {
    suiteFor: ({ bytes }) => crypto.suiteFor(bytes),
    keysFor: ({ bytes }) => crypto.keysFor(bytes),
    idle: drained,
  }
}

type Counted = <A extends unknown[], R>(work: (...given: A) => Promise<R>) => (...given: A) => Promise<R>

const countMac =
  (counted: Counted) =>
  ({ mac, verify }: MacKey): MacKey => ({ mac: counted(mac), verify: counted(verify) })
const countSealing =
  (counted: Counted) =>
  ({ seal, open }: SealingKey): SealingKey => ({ seal: counted(seal), open: counted(open) })
const countSigner =
  (counted: Counted) =>
  ({ publicKey, sign }: Signer): Signer => ({ publicKey, sign: counted(sign) })

/** The same suite, and every answer that is still to come is counted. */
const countSuite = (suite: CryptoSuite, counted: Counted): CryptoSuite => ({
  randomBytes: suite.randomBytes,
  hkdf: counted(suite.hkdf),
  stretch: counted(suite.stretch),
  macKey: counted(async (key) => countMac(counted)(await suite.macKey(key))),
  sealingKey: counted(async (key) => countSealing(counted)(await suite.sealingKey(key))),
  signerOf: counted(async (seed) => countSigner(counted)(await suite.signerOf(seed))),
  verify: counted(suite.verify),
})

const keysInMemory = (suite: CryptoSuite): DeviceKeys => {
  const kept = new Map<string, DeviceKey>()
  return {
    find: async (store) => kept.get(store),
    create: async (store) => {
      const key: DeviceKey = { ...(await suite.signerOf(suite.randomBytes(32))), keeping: 'kept' }
      kept.set(store, key)
      return key
    },
  }
}

const platform = (): StageCrypto => {
  let busy = 0
  const counted: Counted =
    (work) =>
    async (...given) => {
      busy += 1
      try {
        return await work(...given)
      } finally {
        busy -= 1
      }
    }
  const suite = countSuite(createWebCrypto(), counted)
  return {
    suiteFor: () => suite,
    keysFor: () => keysInMemory(suite),
    idle: async () => {
      do await drained()
      while (busy > 0)
    },
  }
}

/** The simulation's cryptography, and the real one under a simulated clock. */
export const stageCryptos: readonly { readonly name: string; readonly makeCrypto: () => StageCrypto }[] = [
  { name: 'the simulation', makeCrypto: simulated },
  { name: 'WebCrypto', makeCrypto: platform },
]
