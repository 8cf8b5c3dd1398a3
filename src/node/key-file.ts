import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FieldmeshError, toFieldmeshError } from '#model/fault'

const OWNER_ONLY = 0o077
const OTHERS_WRITE = 0o022
/** On Windows the bits of a mode mean nothing: access lists do that work. */
const hasModes = process.platform !== 'win32'

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

const toStorageError = (error: unknown): FieldmeshError =>
  toFieldmeshError(error, codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT' ? 'storage-full' : 'storage-failed')

const refuseIf = (mode: number, bits: number, path: string): void => {
  if (hasModes && (mode & bits) !== 0)
    throw new FieldmeshError('key-exposed', `${path} has mode ${(mode & 0o777).toString(8).padStart(4, '0')}.`)
}

/** Who may replace the file in its folder may as well write it. */
const checkFolder = async (dir: string): Promise<void> => {
  refuseIf((await stat(dir)).mode, OTHERS_WRITE, dir)
}

/**
 * The text of a file that its owner alone can read; undefined where there is none.
 *
 * @throws FieldmeshError `key-exposed`, `storage-failed` (rejects)
 */
export const readKeyFile = async (path: string): Promise<string | undefined> => {
  try {
    const file = await open(path, 'r')
    try {
      // Of the file that is open, not of the name: it may be another one by now.
      refuseIf((await file.stat()).mode, OWNER_ONLY, path)
      await checkFolder(dirname(path))
      return await file.readFile('utf8')
    } finally {
      await file.close()
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw toStorageError(error)
  }
}

/** A name in a folder is durable once the folder is; some systems cannot be asked for that. */
const flushFolder = async (dir: string): Promise<void> => {
  const folder = await open(dir, 'r').catch(passOver)
  try {
    await folder?.sync().catch(passOver)
  } finally {
    await folder?.close()
  }
}

/** What systems say that have no such thing for folders; anything else, such as an error of the disk, is told. */
const NO_SUCH_FLUSH = ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF']
const passOver = (error: unknown): undefined => {
  if (NO_SUCH_FLUSH.includes(String(codeOf(error)))) return undefined
  throw error
}

const writeDurably = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Writes a file that its owner alone can read, whole or not at all, in the place of any other; its folder is made where
 * there is none. Durable when it resolves.
 *
 * @throws FieldmeshError `key-exposed`, `storage-full`, `storage-failed` (rejects)
 */
export const writeKeyFile = async (path: string, text: string): Promise<void> => {
  const dir = dirname(path)
  const draft = `${path}.${randomUUID()}.tmp`
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await checkFolder(dir)
    await writeDurably(draft, text)
    await rename(draft, path)
    await flushFolder(dir)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw toStorageError(error)
  }
}
