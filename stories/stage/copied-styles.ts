const rulesOf = (sheet: CSSStyleSheet): string => {
  try {
    return Array.from(sheet.cssRules, (rule) => rule.cssText).join('\n')
  } catch {
    // A sheet of another origin keeps its rules to itself.
    return ''
  }
}

const allRules = (): string =>
  [...document.styleSheets, ...document.adoptedStyleSheets].map((sheet) => rulesOf(sheet)).join('\n')

/**
 * Gives another document of this origin every style of this one, and again whenever they change.
 *
 * @returns ends it
 */
export const copyStyles = (target: Document): (() => void) => {
  const view = target.defaultView as (Window & typeof globalThis) | null
  if (!view) return () => {}
  const sheet = new view.CSSStyleSheet()
  target.adoptedStyleSheets = [sheet]
  const copy = (): void => sheet.replaceSync(allRules())
  copy()
  const observer = new MutationObserver(copy)
  observer.observe(document.head, { childList: true, subtree: true, characterData: true })
  // A sheet that is loaded changes nothing in the head.
  document.head.addEventListener('load', copy, true)
  return () => {
    observer.disconnect()
    document.head.removeEventListener('load', copy, true)
  }
}
