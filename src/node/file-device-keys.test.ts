import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { createFileDeviceKeys } from './file-device-keys.ts'

let root: string
let dir: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fieldmesh-keys-'))
  dir = join(root, 'state', 'keys')
})
afterEach(() => rm(root, { recursive: true, force: true }))

const keys = () => createFileDeviceKeys({ dir })
const onlyFile = async (): Promise<string> => {
  const files = await readdir(dir)
  expect(files).toHaveLength(1)
  return join(dir, files[0] ?? '')
}
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

test('a key lies in a file of its owner alone, in a folder of its owner alone, as other programs read it', async () => {
  const { publicKey } = await keys().create('s')
  const file = await onlyFile()
  expect([await modeOf(file), await modeOf(dir)]).toEqual(['600', '700'])
  const read = createPublicKey(await readFile(file, 'utf8'))
  expect(Buffer.from(read.export({ format: 'jwk' }).x ?? '', 'base64url')).toEqual(Buffer.from(publicKey))
})

test('a key is written whole beside the one before, is on the disk, and only then takes its place', async () => {
  await keys().create('s')
  const file = await onlyFile()
  const handle = await open(file)
  const before = await handle.stat()
  const sync = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync')
  await keys().create('s')
  const synced = sync.mock.contexts.length
  vi.restoreAllMocks()
  expect((await stat(file)).ino).not.toBe(before.ino)
  expect(createPublicKey(await handle.readFile('utf8')).asymmetricKeyType).toBe('ed25519')
  // The file, and its folder for the name.
  expect(synced).toBe(2)
  await handle.close()
})

test('a key that another program made is taken; one of another kind is none', async () => {
  await keys().create('s')
  const file = await onlyFile()
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  await writeFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const found = await keys().find('s')
  expect(Buffer.from(found?.publicKey ?? []).toString('base64url')).toBe(publicKey.export({ format: 'jwk' }).x)
  for (const other of [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('x25519')]) {
    await writeFile(file, other.privateKey.export({ format: 'pem', type: 'pkcs8' }))
    expect(await keys().find('s')).toBeUndefined()
  }
})

describe.runIf(process.platform !== 'win32')('is refused', () => {
  test.each(['0640', '0604', '0660', '0666'])('a file of mode %s, with what to do', async (text) => {
    const made = await keys().create('s')
    const file = await onlyFile()
    await chmod(file, Number.parseInt(text, 8))
    await expect(keys().find('s')).rejects.toMatchObject({
      code: 'key-exposed',
      message: expect.stringContaining(`${file} has mode ${text}`),
      hint: expect.stringContaining('chmod 600'),
    })
    await chmod(file, 0o600)
    expect((await keys().find('s'))?.publicKey).toEqual(made.publicKey)
    await chmod(file, 0o400)
    expect((await keys().find('s'))?.publicKey).toEqual(made.publicKey)
  })

  test.each(['0720', '0702', '0777'])('a folder of mode %s, in which others could replace it', async (text) => {
    await keys().create('s')
    await chmod(dir, Number.parseInt(text, 8))
    await expect(keys().find('s')).rejects.toMatchObject({ code: 'key-exposed' })
    await expect(keys().create('s')).rejects.toMatchObject({ code: 'key-exposed' })
    await chmod(dir, 0o755)
    expect(await keys().find('s')).toBeDefined()
  })
})

describe('a write that fails', () => {
  test('leaves nothing behind, and the key before it', async () => {
    const { publicKey } = await keys().create('s')
    const suite = createWebCrypto()
    const file = await onlyFile()
    await rm(file)
    // What lies in the way of the new name keeps it from being taken.
    await mkdir(join(file, 'in the way'), { recursive: true })
    await expect(keys().create('s')).rejects.toMatchObject({ code: 'storage-failed' })
    expect(await readdir(dir)).toHaveLength(1)
    await rm(file, { recursive: true })
    const again = await createFileDeviceKeys({ dir, suite }).create('s')
    expect(again.publicKey).not.toEqual(publicKey)
  })

  test('says so where the folder cannot be made', async () => {
    await writeFile(join(root, 'state'), 'a file')
    await expect(keys().create('s')).rejects.toMatchObject({ code: 'storage-failed' })
    await expect(keys().find('s')).rejects.toMatchObject({ code: 'storage-failed' })
  })

  test('or was cut short by a crash is not looked at', async () => {
    const { publicKey } = await keys().create('s')
    await writeFile(`${await onlyFile()}.0.tmp`, '-----BEGIN PRI')
    expect((await keys().find('s'))?.publicKey).toEqual(publicKey)
  })
})

test.each([undefined, '', 7])('%j is no folder', (bad) => {
  expect(() => createFileDeviceKeys({ dir: bad as string })).toThrow(
    expect.objectContaining({ code: 'options-invalid' }),
  )
})
