import 'fake-indexeddb/auto'
import { describe, expect, test, vi } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { createDeviceKeys, type DeviceKeysOptions } from './device-keys.ts'
import type { KeyRecord, KeptRecord, WrappedRecord } from './key-record.ts'
import { createKeyVault, KeyNotStorable, type KeyVault } from './key-vault.ts'
import { createWebCrypto } from './web-crypto.ts'

/** A vault in memory, which can be looked into and meddled with. */
const openVault = () => {
  const records = new Map<string, unknown>()
  const vault: KeyVault = {
    read: async (store) => records.get(store),
    write: async (store, record) => void records.set(store, structuredClone(record)),
    remove: async (store) => void records.delete(store),
  }
  return { records, vault }
}
const suite = createWebCrypto()
/** The many rounds are for PINs of people. */
const crypto = {
  ...suite,
  stretch: (input: Parameters<typeof suite.stretch>[0]) => suite.stretch({ ...input, rounds: 10 }),
}
const keysIn = (vault: KeyVault, more: Partial<DeviceKeysOptions> = {}) => createDeviceKeys({ vault, crypto, ...more })
const noKey = async (_store: string, record: unknown) => {
  const holdsKey = Object.values(record as object).some((value) => value instanceof CryptoKey)
  if (holdsKey) throw new KeyNotStorable('This key cannot be stored.')
}
const storesNoKeys = ({ vault }: ReturnType<typeof openVault>): KeyVault => ({
  ...vault,
  write: async (store, record) => {
    await noKey(store, record)
    await vault.write(store, record)
  },
})
const bytesIn = (record: unknown): string =>
  Object.values(record as object)
    .filter((value) => value instanceof Uint8Array)
    .map((bytes) => [...bytes].join(','))
    .join(';')
const rejected = (code: string) => expect.objectContaining({ code })

describe('a key is kept', () => {
  test('so that nobody can read it, where the browser can do that', async () => {
    const { records, vault } = openVault()
    const pin = vi.fn<() => string>()
    expect((await keysIn(vault, { pin }).create('s')).keeping).toBe('kept')
    const { privateKey } = records.get('s') as KeptRecord
    expect([privateKey.type, privateKey.extractable, privateKey.usages]).toEqual(['private', false, ['sign']])
    for (const format of ['pkcs8', 'jwk'] as const)
      await expect(suite.subtle.exportKey(format, privateKey)).rejects.toThrow(/extractable/)
    expect(pin).not.toHaveBeenCalled()
  })

  test('else sealed by a key that nobody can read', async () => {
    const { records, vault } = openVault()
    const seeds: string[] = []
    const watched = {
      ...crypto,
      signerOf: (seed: Uint8Array) => {
        seeds.push([...seed].join(','))
        return suite.signerOf(seed)
      },
    }
    const write: KeyVault['write'] = (store, record) =>
      (record as KeyRecord).kind === 'kept' ? Promise.reject(new KeyNotStorable()) : vault.write(store, record)
    expect((await keysIn({ ...vault, write }, { crypto: watched }).create('s')).keeping).toBe('wrapped')
    const { wrapping } = records.get('s') as WrappedRecord
    expect([wrapping.extractable, wrapping.algorithm]).toEqual([false, { name: 'AES-GCM', length: 256 }])
    expect(seeds.length).toBeGreaterThan(0)
    for (const seed of seeds) expect(bytesIn(records.get('s'))).not.toContain(seed)
  })

  test('else by a PIN, if there is one; else for this page alone', async () => {
    const open = openVault()
    const vault = storesNoKeys(open)
    expect((await keysIn(vault, { pin: () => '2580' }).create('s')).keeping).toBe('pin')
    const forgetful = keysIn(vault)
    const key = await forgetful.create('s')
    expect(key.keeping).toBe('memory')
    expect(open.records.size).toBe(0)
    expect(await keysIn(vault).find('s')).toBe(key)
    // After a reload that vault is another object.
    expect(await keysIn(storesNoKeys(open)).find('s')).toBeUndefined()
  })

  test.each(['', 'rejects'])('for this page alone where whoever is asked for a PIN gives none (%j)', async (answer) => {
    const pin = async () => {
      if (answer === 'rejects') throw new Error('cancelled')
      return answer
    }
    expect((await keysIn(storesNoKeys(openVault()), { pin }).create('s')).keeping).toBe('memory')
  })

  test('in another way where it can be written and not be read', async () => {
    const { records, vault } = openVault()
    const read: KeyVault['read'] = async (store) => {
      const record = records.get(store) as KeyRecord | undefined
      if (record?.kind === 'kept') throw new FieldmeshError('storage-failed')
      return record?.kind === 'wrapped' ? null : record
    }
    const broken = { ...vault, read }
    expect((await keysIn(broken, { pin: () => '1' }).create('s')).keeping).toBe('pin')
    expect((await keysIn(broken).create('t')).keeping).toBe('memory')
    expect([...records.keys()]).toEqual(['s'])
  })

  test('for this page alone where there is no storage at all, and found by the page only', async () => {
    const missing = async () => {
      throw new FieldmeshError('storage-missing')
    }
    const vault = { read: missing, write: missing, remove: missing }
    const keys = keysIn(vault)
    expect(await keys.find('s')).toBeUndefined()
    const key = await keys.create('s')
    expect([key.keeping, await keys.find('s')]).toEqual(['memory', key])
  })
})

describe('a disk', () => {
  test.each(['storage-full', 'storage-failed'] as const)(
    'that refuses (%s) is no reason for a key that is not kept',
    async (code) => {
      const { vault } = openVault()
      const write = () => Promise.reject(new FieldmeshError(code))
      await expect(keysIn({ ...vault, write }).create('s')).rejects.toEqual(rejected(code))
    },
  )

  test('that cannot be read now does not say that there is no key', async () => {
    const { vault } = openVault()
    await keysIn(vault).create('s')
    const read = () => Promise.reject(new FieldmeshError('storage-failed'))
    await expect(keysIn({ ...vault, read }).find('s')).rejects.toEqual(rejected('storage-failed'))
  })

  test('of a page without Ed25519 does not say so either', async () => {
    const { vault } = openVault()
    await keysIn(vault).create('s')
    const verify = () => Promise.reject(new FieldmeshError('crypto-missing'))
    await expect(keysIn(vault, { crypto: { ...crypto, verify } }).find('s')).rejects.toEqual(rejected('crypto-missing'))
  })
})

describe('a PIN', () => {
  const locked = async () => {
    const open = openVault()
    const vault = storesNoKeys(open)
    const key = await keysIn(vault, { pin: () => '2580' }).create('s')
    return { ...open, key }
  }

  test('is asked for once, and opens the same key', async () => {
    const { vault, key } = await locked()
    const pin = vi.fn<() => Promise<string>>().mockResolvedValue('2580')
    expect((await keysIn(vault, { pin }).find('s'))?.publicKey).toEqual(key.publicKey)
    expect(pin).toHaveBeenCalledTimes(1)
  })

  test('that is wrong or missing costs no key', async () => {
    const { vault, key } = await locked()
    await expect(keysIn(vault, { pin: () => '2581' }).find('s')).rejects.toEqual(rejected('pin-wrong'))
    await expect(keysIn(vault).find('s')).rejects.toEqual(rejected('pin-missing'))
    expect((await keysIn(vault, { pin: () => '2580' }).find('s'))?.publicKey).toEqual(key.publicKey)
  })

  test('opens what is stretched from it as a person’s secret should be', async () => {
    const stretch = vi.fn<typeof crypto.stretch>(crypto.stretch)
    await keysIn(storesNoKeys(openVault()), { pin: () => '1', crypto: { ...crypto, stretch } }).create('s')
    expect(stretch.mock.calls.map(([{ rounds }]) => rounds)).toEqual([600_000, 600_000])
    expect(stretch.mock.calls[0]?.[0].salt).toHaveLength(16)
  })
})

describe('what is no key of this store', () => {
  const made = async (refuse: readonly KeyRecord['kind'][]) => {
    const { records, vault } = openVault()
    const write: KeyVault['write'] = (store, record) =>
      refuse.includes((record as KeyRecord).kind) ? Promise.reject(new KeyNotStorable()) : vault.write(store, record)
    const keys = keysIn({ ...vault, write })
    await keys.create('s')
    await keys.create('t')
    return {
      records,
      keys,
      swap: (part: string) => {
        const [s, t] = [records.get('s') as object, records.get('t') as object]
        records.set('s', { ...s, [part]: Reflect.get(t, part) as unknown })
      },
    }
  }

  test.each(['privateKey', 'publicKey'])('the %s of another key', async (part) => {
    const { keys, swap } = await made([])
    swap(part)
    expect(await keys.find('s')).toBeUndefined()
    expect(await keys.find('t')).toBeDefined()
  })

  test.each(['publicKey', 'wrapping', 'box', 'iv'])('the %s of another sealed key', async (part) => {
    const { keys, swap } = await made(['kept'])
    swap(part)
    expect(await keys.find('s')).toBeUndefined()
  })

  test('a sealed key that was copied from another store, whole', async () => {
    const { keys, records } = await made(['kept'])
    records.set('s', records.get('t'))
    expect(await keys.find('s')).toBeUndefined()
  })

  test.each([null, 7, 'kept', {}, [], { kind: 'kept' }, { kind: 'kept', publicKey: new Uint8Array(31) }])(
    '%j',
    async (record) => {
      const { keys, records } = await made([])
      records.set('s', record)
      expect(await keys.find('s')).toBeUndefined()
    },
  )
})

describe('the vault of the page', () => {
  test('tells what cannot be stored from a disk that refuses', async () => {
    const vault = createKeyVault('vault-1')
    await expect(vault.write('s', { key: () => {} })).rejects.toBeInstanceOf(KeyNotStorable)
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await expect(vault.write('s', {})).rejects.toEqual(rejected('storage-full'))
    vi.restoreAllMocks()
    expect(await vault.read('s')).toBeUndefined()
  })

  test('holds no connection open: its database can be deleted at any time', async () => {
    const vault = createKeyVault('vault-2')
    await vault.write('s', 1)
    expect(await vault.read('s')).toBe(1)
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase('vault-2')
      request.onsuccess = () => resolve()
      request.onblocked = () => reject(new Error('held open'))
    })
    expect(await vault.read('s')).toBeUndefined()
    await vault.write('s', 2)
    await vault.remove('s')
    expect(await vault.read('s')).toBeUndefined()
  })

  test('is there, or not, when it is asked', async () => {
    vi.stubGlobal('indexedDB', undefined)
    await expect(createKeyVault('vault-3').read('s')).rejects.toEqual(rejected('storage-missing'))
    expect((await keysIn(createKeyVault('vault-3')).create('s')).keeping).toBe('memory')
    vi.unstubAllGlobals()
  })
})
