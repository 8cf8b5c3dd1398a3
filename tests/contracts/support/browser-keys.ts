import { createDeviceKeys, type DeviceKeysOptions } from '#adapters/crypto/device-keys'
import { createKeyVault, KeyNotStorable, type KeyVault } from '#adapters/crypto/key-vault'
import { createWebCrypto, type WebCrypto } from '#adapters/crypto/web-crypto'
import type { CreatePlace } from '#contracts/keys/keys-contract'
import type { KeyKeeping } from '#trust/crypto.types'

let places = 0

const isPlatformKey = (value: unknown): value is CryptoKey =>
  typeof value === 'object' && value !== null && 'algorithm' in value
const keysIn = (record: unknown): readonly CryptoKey[] =>
  typeof record === 'object' && record !== null ? Object.values(record).filter(isPlatformKey) : []

/** A vault as of a browser that can store no keys of these algorithms; all: none at all. */
export const refusing = (vault: KeyVault, names: readonly string[] | 'all'): KeyVault => ({
  ...vault,
  write: (store, record) =>
    keysIn(record).some(({ algorithm: { name } }) => names === 'all' || names.includes(name))
      ? Promise.reject(new KeyNotStorable('This key cannot be stored.'))
      : vault.write(store, record),
})

export interface BrowserPlace extends Pick<DeviceKeysOptions, 'pin'> {
  readonly keeping: KeyKeeping
  readonly crypto?: () => WebCrypto
  /** Algorithms of keys that this browser cannot store. */
  readonly refuses?: readonly string[] | 'all'
}

const removeDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error ?? new Error('not deleted'))
  })

/** Keys in a database of their own for each place, in a browser that can do so much. */
export const browserKeys =
  ({ keeping, pin, crypto: make = () => createWebCrypto(), refuses = [] }: BrowserPlace): CreatePlace =>
  () => {
    const name = `fieldmesh.keys.contract-${++places}`
    const vault = refusing(createKeyVault(name), refuses)
    const crypto = make()
    return {
      open: () => createDeviceKeys({ crypto, vault, ...(pin && { pin }) }),
      suite: crypto,
      keeping,
      damage: async (store) => {
        const record = await vault.read(store)
        // Behind a PIN, bytes that do not open may as well be a PIN that is wrong; a record that is none is damage.
        const damaged = keeping === 'pin' ? { salt: undefined } : { publicKey: crypto.randomBytes(32) }
        await vault.write(store, { ...(record as object), ...damaged })
      },
      wipe: () => removeDatabase(name),
      dispose: () => removeDatabase(name),
    }
  }
