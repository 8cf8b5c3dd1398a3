import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import type { CreatePlace } from '#contracts/keys/keys-contract'
import { createFileDeviceKeys } from '#node/file-device-keys'

/** Keys in files, in a new folder for each place. */
export const fileKeys: CreatePlace = async () => {
  const root = await mkdtemp(join(tmpdir(), 'fieldmesh-keys-'))
  const dir = join(root, 'keys')
  const suite = createWebCrypto()
  /** Files before a store's key is made tell which is its own afterwards. */
  const fileOf = async (store: string): Promise<string> => {
    const probe = join(root, 'probe')
    await createFileDeviceKeys({ dir: probe, suite }).create(store)
    const [file = ''] = await readdir(probe)
    await rm(probe, { recursive: true })
    return join(dir, file)
  }
  return {
    open: () => createFileDeviceKeys({ dir, suite }),
    suite,
    keeping: 'file',
    damage: async (store) =>
      writeFile(await fileOf(store), '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'),
    wipe: () => rm(dir, { recursive: true }),
    dispose: () => rm(root, { recursive: true, force: true }),
  }
}
