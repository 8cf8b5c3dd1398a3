import { type FileHandle, open, realpath } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { contentType } from './content-type.ts'
import { PAGE_HEADERS } from './page-headers.ts'

/** Names with a content hash, as bundlers write them: `assets/index-BxYz1234.js`. */
const HASHED = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/
const FOREVER = 'public, max-age=31536000, immutable'

interface OpenFile {
  readonly handle: FileHandle
  readonly size: number
  readonly path: string
}

/** The path that a request names, or undefined for one that names none of ours: hidden files and tricks included. */
const pathOf = (request: IncomingMessage): string | undefined => {
  try {
    const path = decodeURIComponent(request.url?.split(/[?#]/, 1)[0] ?? '')
    // Hidden names and ways upward both begin with “/.”.
    return !path.startsWith('/') || /[\0\\]|\/\.|\/\//.test(path) ? undefined : path
  } catch {
    return undefined
  }
}

/** Opens a file below the root; links that lead out of it lead nowhere. */
const openBelow = async (root: string, path: string): Promise<OpenFile | undefined> => {
  let handle: FileHandle | undefined
  try {
    const real = await realpath(join(root, path))
    if (!real.startsWith(root + sep)) return undefined
    handle = await open(real)
    const stats = await handle.stat()
    if (stats.isFile()) return { handle, size: stats.size, path: real }
  } catch {
    // Not there, or not ours to read: both are 404.
  }
  await handle?.close()
  return undefined
}

const refuse = (response: ServerResponse, status: number, text: string) =>
  void response.writeHead(status, { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(text)

const send = async (request: IncomingMessage, response: ServerResponse, file: OpenFile, path: string) => {
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': contentType(file.path),
    'content-length': file.size,
    'cache-control': HASHED.test(path) ? FOREVER : 'no-cache',
  })
  if (request.method === 'HEAD') {
    response.end()
    await file.handle.close()
    return
  }
  // A browser that goes away in the middle is no error of ours.
  await pipeline(file.handle.createReadStream(), response).catch(() => response.destroy())
}

/** A page of the app, whose address is known to the app alone. */
const isPage = (request: IncomingMessage, path: string): boolean =>
  extname(path) === '' && (request.headers.accept ?? '').includes('text/html')

/**
 * Serves a built single-page app. Only files below the directory, only GET and HEAD.
 * @throws if the directory does not exist
 */
export const createStaticHandler = async (directory: string) => {
  const root = await realpath(directory)
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'method not allowed\n')
    const path = pathOf(request)
    if (path === undefined) return refuse(response, 404, 'not found\n')
    const wanted = path.endsWith('/') ? `${path}index.html` : path
    const file =
      (await openBelow(root, wanted)) ?? (isPage(request, path) ? await openBelow(root, 'index.html') : undefined)
    if (!file) return refuse(response, 404, 'not found\n')
    await send(request, response, file, wanted)
  }
}
