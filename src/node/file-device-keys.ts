import { createHash, createPrivateKey } from 'node:crypto'
import { join } from 'node:path'
import { platformWebCrypto } from '#adapters/crypto/platform-crypto'
import { FieldmeshError } from '#model/fault'
import type { CryptoSuite, DeviceKey, DeviceKeys } from '#trust/crypto.types'
import { statement } from '#trust/statement'
import { readKeyFile, writeKeyFile } from './key-file.ts'

/** What `createFileDeviceKeys` takes. */
export interface FileDeviceKeysOptions {
  /** Folder of the key files; made, for its owner alone, where there is none. */
  readonly dir: string
  readonly suite?: Pick<CryptoSuite, 'randomBytes' | 'signerOf' | 'verify'>
}

type Suite = NonNullable<FileDeviceKeysOptions['suite']>

/** PKCS #8 of an Ed25519 key (RFC 8410) up to its seed. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const pemOf = (seed: Uint8Array): string => {
  const lines = Buffer.concat([PKCS8, seed]).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`
}

/** The seed of an Ed25519 key in PKCS #8; undefined for anything else. */
const seedOf = (pem: string): Uint8Array | undefined => {
  try {
    const key = createPrivateKey(pem)
    const { d } = key.export({ format: 'jwk' })
    return key.asymmetricKeyType === 'ed25519' && d !== undefined
      ? new Uint8Array(Buffer.from(d, 'base64url'))
      : undefined
  } catch {
    return undefined
  }
}

/** Names of stores may be too long for a file, or differ in nothing but case. */
const fileOf = (store: string): string => `${createHash('sha256').update(store).digest('hex').slice(0, 32)}.pem`

const isUsable = async (suite: Suite, { publicKey, sign }: Omit<DeviceKey, 'keeping'>): Promise<boolean> => {
  const words = statement('fieldmesh.device-key.v1 probe', suite.randomBytes(16))
  return suite.verify(publicKey, await sign(words), words)
}

const readKey = async (suite: Suite, path: string): Promise<DeviceKey | undefined> => {
  const pem = await readKeyFile(path)
  const seed = pem === undefined ? undefined : seedOf(pem)
  if (!seed) return undefined
  const signer = await suite.signerOf(seed)
  return (await isUsable(suite, signer)) ? { ...signer, keeping: 'file' } : undefined
}

/**
 * The keys of a program on Node: one file for each store, PKCS #8 in PEM, as OpenSSL writes and reads it, mode 0600.
 * Written whole or not at all, and durable before it is given. A file that others on this computer can read, or replace,
 * is refused: who has it can pass for this device.
 *
 * Its methods reject with FieldmeshError `key-exposed`, `storage-full`, `storage-failed`.
 *
 * @throws FieldmeshError `options-invalid` where no folder is given
 * @example
 * createSyncEngine({ room, ports: { deviceKeys: createFileDeviceKeys({ dir: '/var/lib/depot/keys' }) } })
 */
export const createFileDeviceKeys = ({ dir, suite = platformWebCrypto() }: FileDeviceKeysOptions): DeviceKeys => {
  if (typeof dir !== 'string' || dir === '')
    throw new FieldmeshError('options-invalid', 'Give dir, the folder of the keys.')
  const find = (store: string) => readKey(suite, join(dir, fileOf(store)))
  return {
    find,
    create: async (store) => {
      const path = join(dir, fileOf(store))
      const seed = suite.randomBytes(32)
      await writeKeyFile(path, pemOf(seed))
      const signer = await suite.signerOf(seed)
      seed.fill(0)
      return { ...signer, keeping: 'file' }
    },
  }
}
