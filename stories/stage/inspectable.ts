import axeUrl from 'axe-core/axe.min.js?url'

/**
 * Where stories run as tests, the accessibility check of the page reaches into its frames only if it is loaded there
 * too. Resolves when it is; rejects where it cannot be, or frames would pass unchecked.
 */
export const inspectable = (page: Document): Promise<void> => {
  if (!('__vitest_browser__' in window)) return Promise.resolve()
  const script = page.createElement('script')
  script.src = axeUrl
  const loaded = new Promise<void>((resolve, reject) => {
    const failed = () => reject(new Error(`The accessibility check did not load: ${axeUrl}`))
    script.addEventListener('load', () => resolve(), { once: true })
    script.addEventListener('error', failed, { once: true })
  })
  page.head.append(script)
  return loaded
}
