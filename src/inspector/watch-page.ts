/** Tells when the page is left, and when it comes back: one that is left may be kept. Where there is no page, never. */
export const watchPage = (left: () => void, back: (event: PageTransitionEvent) => void): (() => void) => {
  const page = globalThis as Partial<Pick<typeof globalThis, 'addEventListener' | 'removeEventListener'>>
  page.addEventListener?.('pagehide', left)
  page.addEventListener?.('pageshow', back)
  return () => {
    page.removeEventListener?.('pagehide', left)
    page.removeEventListener?.('pageshow', back)
  }
}
