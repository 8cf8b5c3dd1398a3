import { afterEach, expect, test, vi } from 'vitest'
import { trustScripts } from './trusted-scripts.ts'

afterEach(() => vi.unstubAllGlobals())

type Create = (name: string, rules: { readonly createScriptURL: (url: string) => string | null }) => void

const rules = () => {
  const createPolicy = vi.fn<Create>()
  vi.stubGlobal('trustedTypes', { createPolicy })
  vi.stubGlobal('location', { origin: 'https://h' })
  vi.stubGlobal('document', { baseURI: 'https://h/app/' })
  trustScripts()
  const [call] = createPolicy.mock.calls
  if (!call) throw new Error('no policy was made')
  expect(call[0]).toBe('default')
  return call[1]
}

test('the worker that places charts may start, from the host of the page', () => {
  const { createScriptURL } = rules()
  for (const url of ['https://h/app/assets/layout-worker-DAx4Bd9Y.js', './assets/layout-worker-a_b-c.js'])
    expect(createScriptURL(url)).toBe(url)
  expect(createScriptURL('/src/chart/layout-worker.ts?worker_file&type=module')).not.toBeNull()
})

test.each([
  'https://elsewhere/assets/layout-worker-DAx4Bd9Y.js',
  'https://h/app/assets/other-DAx4Bd9Y.js',
  'https://h/layout-worker-x.js/other',
  'data:text/javascript,//layout-worker-x.js',
  'blob:https://h/layout-worker-x.js',
])('%s may not', (url) => {
  expect(rules().createScriptURL(url)).toBeNull()
})

test('no text becomes HTML or a script: there is no rule for it', () => {
  expect(Object.keys(rules())).toEqual(['createScriptURL'])
})

test('a browser without Trusted Types needs none', () => {
  vi.stubGlobal('trustedTypes', undefined)
  expect(trustScripts).not.toThrow()
})
