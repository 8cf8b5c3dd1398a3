/**
 * What the pages may load and do, as they say it themselves: for hosts that set no headers. `fieldmesh start` sends the
 * same as a header, with the reasons (`src/cli/page-headers.ts`); a test holds the two together. A page cannot say who
 * may frame it, nor what its workers may do: a host that can should send the headers.
 */
const DIRECTIVES = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'connect-src': "'self' ws: wss:",
  'worker-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
}

const written = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')

export const PAGE_POLICY = written(DIRECTIVES)

/**
 * The same for Vite's development server, which puts a script and style elements of its own into the page: they, and
 * nothing else that is inline, carry the nonce. A nonce that is known to all protects nobody; it keeps the rest of the
 * page as honest as the built one.
 */
export const developmentPolicy = (nonce: string): string =>
  written({ ...DIRECTIVES, 'script-src': `'self' 'nonce-${nonce}'`, 'style-src': `'self' 'nonce-${nonce}'` })
