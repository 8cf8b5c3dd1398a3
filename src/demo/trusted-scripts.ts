/** What is used of Trusted Types; browsers without them have no such rule either. */
interface TrustedTypes {
  createPolicy(name: 'default', rules: { readonly createScriptURL: (url: string) => string | null }): unknown
}

/** The worker that places charts: the only script that the app starts by its address. */
const isLayoutWorker = (url: string): boolean => {
  const { origin, pathname } = new URL(url, document.baseURI)
  return origin === location.origin && /^\/(.*\/)?layout-worker[-.][\w.-]+$/.test(pathname)
}

/**
 * The policy by which text may become something that runs: the address of one worker may, and nothing else. It is the
 * default one because libraries start their workers by plain addresses; who starts another way gets the browser's error.
 */
export const trustScripts = (): void => {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes }
  trustedTypes?.createPolicy('default', { createScriptURL: (url) => (isLayoutWorker(url) ? url : null) })
}
