import { FieldmeshError } from '#model/fault'
import type { DeviceKey, DeviceKeys, Signer } from '#trust/crypto.types'
import { statement } from '#trust/statement'
import { KEY_FORMS, type KeyPlace, openKeyRecord } from './key-forms.ts'
import { parseKeyRecord } from './key-record.ts'
import { pageVault, KeyNotStorable, type KeyVault } from './key-vault.ts'
import { platformWebCrypto } from './platform-crypto.ts'
import type { WebCrypto } from './web-crypto.ts'

/** What `createDeviceKeys` takes. */
export interface DeviceKeysOptions {
  /**
   * Asked only by a browser that can keep no key by itself: the key then lies in the database, sealed by the PIN. It
   * guards against a curious hand, not against one that copies the disk and tries every PIN. Default: none; such a
   * browser then has a new key, so is a new device, after each reload.
   */
  readonly pin?: () => Promise<string> | string
  readonly crypto?: WebCrypto
  readonly vault?: KeyVault
}

/** Keys that are not kept, for as long as the page lives. */
const unkept = new WeakMap<KeyVault, Map<string, DeviceKey>>()

const unkeptOf = (vault: KeyVault): Map<string, DeviceKey> => {
  const keys = unkept.get(vault) ?? new Map<string, DeviceKey>()
  unkept.set(vault, keys)
  return keys
}

/** It signs, and its signature is verified by its public half. A key that is broken does not. */
const isUsable = async (crypto: WebCrypto, signer: Signer): Promise<boolean> => {
  const words = statement('fieldmesh.device-key.v1 probe', crypto.randomBytes(16))
  const signature = await signer.sign(words).catch(() => undefined)
  return signature !== undefined && crypto.verify(signer.publicKey, signature, words)
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i])

/** The key as it lies in the vault, tried out. */
const stored = async (vault: KeyVault, place: KeyPlace): Promise<DeviceKey | undefined> => {
  const record = parseKeyRecord(await vault.read(place.store))
  const signer = record && (await openKeyRecord(place, record))
  if (!signer || !isSame(signer.publicKey, record.publicKey)) return undefined
  return (await isUsable(place.crypto, signer)) ? { ...signer, keeping: record.kind } : undefined
}

const isMissing = (error: unknown): boolean => error instanceof FieldmeshError && error.code === 'storage-missing'

/** One way to keep a key, tried as a whole: made, written, read back, used. undefined where this browser cannot. */
const keep = async (
  vault: KeyVault,
  place: KeyPlace,
  form: (typeof KEY_FORMS)[number],
): Promise<DeviceKey | undefined> => {
  const record = await form(place)
  if (!record) return undefined
  try {
    await vault.write(place.store, record)
  } catch (error) {
    if (error instanceof KeyNotStorable || isMissing(error)) return undefined
    throw error
  }
  // What can be written and not be read is not kept; that some browsers do.
  const key = await stored(vault, place).catch(() => undefined)
  return key && isSame(key.publicKey, record.publicKey) ? key : undefined
}

const keepInMemory = async (vault: KeyVault, { crypto, store }: KeyPlace): Promise<DeviceKey> => {
  // Something that cannot be read would stand in the way of every later start.
  await vault.remove(store).catch(() => undefined)
  const key: DeviceKey = { ...(await crypto.signerOf(crypto.randomBytes(32))), keeping: 'memory' }
  unkeptOf(vault).set(store, key)
  return key
}

/** Asks at most once; whoever gives no answer gives no PIN. */
const once = (pin: DeviceKeysOptions['pin']): KeyPlace['askPin'] => {
  let answer: Promise<string | undefined> | undefined
  const ask = async () => (await pin?.()) || undefined
  return () => {
    answer ??= ask().catch(() => undefined)
    return answer
  }
}

/**
 * The keys of this browser, in a database of their own beside the journals: made so that nobody can read them, page and
 * extensions included, where the browser can keep such keys; else sealed by a key that nobody can read; else by a PIN;
 * else for this page alone, which the engine then tells (`key-not-kept`). Each is read back and tried before it is given.
 *
 * Its methods reject with FieldmeshError `storage-full`, `storage-failed`, `crypto-missing`, `pin-missing`, `pin-wrong`.
 *
 * @example
 * createSyncEngine({ room, ports: { deviceKeys: createDeviceKeys({ pin: () => askForPin() }) } })
 */
export const createDeviceKeys = ({ pin, crypto, vault = pageVault }: DeviceKeysOptions = {}): DeviceKeys => {
  const placeOf = (store: string): KeyPlace => ({ crypto: crypto ?? platformWebCrypto(), store, askPin: once(pin) })
  return {
    find: async (store) => {
      const place = placeOf(store)
      try {
        return unkeptOf(vault).get(store) ?? (await stored(vault, place))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    create: async (store) => {
      const place = placeOf(store)
      unkeptOf(vault).delete(store)
      for (const form of KEY_FORMS) {
        const key = await keep(vault, place, form)
        if (key) return key
      }
      return keepInMemory(vault, place)
    },
  }
}
