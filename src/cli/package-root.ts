import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Manifest {
  readonly name: string
  readonly version: string
}

const isOurs = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && 'name' in value && value.name === 'fieldmesh' && 'version' in value

const readManifest = (directory: string): Manifest | undefined => {
  const path = join(directory, 'package.json')
  if (!existsSync(path)) return undefined
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'))
  return isOurs(manifest) ? manifest : undefined
}

/** Where the package lies and which version it is; the same from the sources and from `dist`. */
export const findPackage = (
  from: string = import.meta.dirname,
): { readonly root: string; readonly version: string } => {
  const manifest = readManifest(from)
  if (manifest) return { root: from, version: manifest.version }
  const parent = dirname(from)
  if (parent === from) throw new Error('fieldmesh runs outside of its package.')
  return findPackage(parent)
}
