import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PAGE_POLICY } from '../demo/page-policy.ts'
import { createStaticHandler } from './static-files.ts'

let folder: string
let server: Server

/** The path goes out exactly as written: `fetch` would tidy it first. */
const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, headers, method }, resolve).on('error', reject).end()
  })
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

/** A content security policy, by directive. */
const policyIn = (text: string): Map<string, string[]> =>
  new Map(
    text.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/)
      return [name, sources]
    }),
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmesh-'))
  await mkdir(join(folder, 'app/assets'), { recursive: true })
  await mkdir(join(folder, 'app-secret'))
  const files = {
    'secret.txt': 'secret',
    'app-secret/a.txt': 'secret',
    'app/index.html': '<p>app</p>',
    'app/.env': 'secret',
    'app/sw.js': 'worker',
    'app/assets/index-BxYz1234.js': 'script',
    'app/assets/plain.css': 'style',
    'app/app.webmanifest': '{}',
    'app/ü b.bin': 'bytes',
  }
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)))
  await symlink(join(folder, 'secret.txt'), join(folder, 'app/link.txt'))
  const handler = await createStaticHandler(join(folder, 'app'))
  server = createServer((req, res) => void handler(req, res))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

describe('files of the app', () => {
  it.each([
    ['/', '<p>app</p>', 'text/html; charset=utf-8', 'no-cache'],
    ['/index.html?x=1', '<p>app</p>', 'text/html; charset=utf-8', 'no-cache'],
    ['/sw.js', 'worker', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/assets/plain.css', 'style', 'text/css; charset=utf-8', 'no-cache'],
    ['/assets/index-BxYz1234.js', 'script', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/app.webmanifest', '{}', 'application/manifest+json; charset=utf-8', 'no-cache'],
    ['/%C3%BC%20b.bin', 'bytes', 'application/octet-stream', 'no-cache'],
  ])('%s', async (path, body, type, cache) => {
    expect(await get(path)).toMatchObject({
      status: 200,
      body,
      headers: { 'content-type': type, 'cache-control': cache },
    })
  })

  it.each(['/', '/sw.js', '/app.webmanifest', '/nowhere', '/..%2fsecret.txt'])('%s is guarded', async (path) => {
    expect((await get(path)).headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(self)'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
  })

  it('may load from here, signal anywhere, and run nothing that is text', async () => {
    const policy = policyIn(String((await get('/')).headers['content-security-policy']))
    expect(policy.get('default-src')).toEqual(["'none'"])
    expect(policy.get('script-src')).toEqual(["'self'"])
    expect(policy.get('connect-src')).toEqual(["'self'", 'ws:', 'wss:'])
    expect(policy.get('require-trusted-types-for')).toEqual(["'script'"])
    expect(policy.get('frame-ancestors')).toEqual(["'none'"])
    expect([...policy.values()].flat().filter((source) => source.includes('unsafe'))).toEqual([])
  })

  it('may do the same where another host serves them, as far as a page itself can say so', async () => {
    const policy = policyIn(String((await get('/')).headers['content-security-policy']))
    policy.delete('frame-ancestors')
    expect(policyIn(PAGE_POLICY)).toEqual(policy)
  })

  it('answer HEAD without a body', async () => {
    expect(await get('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '10' } })
  })

  it('are the app itself for a page that the app alone knows', async () => {
    expect(await get('/records/m-17', { accept: 'text/html,*/*' })).toMatchObject({ status: 200, body: '<p>app</p>' })
    expect(await get('/records/m-17')).toMatchObject({ status: 404 })
    expect(await get('/assets/gone.js', { accept: 'text/html' })).toMatchObject({ status: 404 })
  })
})

describe('everything else is refused', () => {
  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/../app-secret/a.txt',
    '/..%2fapp-secret/a.txt',
    '/link.txt',
    '/.env',
    '/%2eenv',
    '/assets',
    '/a%00b',
    '/%',
    '//secret.txt',
    'http://[',
  ])('%s', async (path) => {
    const { status, body } = await get(path)
    expect(status).toBe(404)
    expect(body).toBe('not found\n')
  })

  it('writing', async () => {
    expect(await get('/', {}, 'PUT')).toMatchObject({ status: 405 })
  })
})
