import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { writeKeyFile } from './key-file.ts'

/** What the system says when the folder is to be flushed. */
const said = vi.hoisted(() => ({ code: '' }))

vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>()
  const open: typeof fs.open = async (path, flags, mode) => {
    const file = await fs.open(path, flags, mode)
    if (flags === 'r' && said.code !== '') {
      file.sync = async () => {
        throw Object.assign(new Error('as the system says'), { code: said.code })
      }
    }
    return file
  }
  return { ...fs, open }
})

beforeEach(() => {
  said.code = ''
})
const place = async () => join(await mkdtemp(join(tmpdir(), 'fieldmesh-key-')), 'device.key')

test.each(['', 'EISDIR', 'EINVAL', 'ENOTSUP'])('a key is kept where a folder cannot be flushed: %s', async (code) => {
  said.code = code
  const path = await place()
  await writeKeyFile(path, 'the key')
  expect(await readFile(path, 'utf8')).toBe('the key')
})

test('an error of the disk is told: the name might not be there after a cut of power', async () => {
  said.code = 'EIO'
  await expect(writeKeyFile(await place(), 'the key')).rejects.toMatchObject({ code: 'storage-failed' })
})
