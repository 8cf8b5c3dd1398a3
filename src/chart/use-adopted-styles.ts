import { type RefObject, useLayoutEffect } from 'react'

/** By document or shadow root, the style texts that it has. */
const adopted = new WeakMap<Document | ShadowRoot, Set<string>>()

/**
 * Gives styles to the document (or shadow root) that an element is in, once. As a constructed style sheet: a policy that
 * forbids inline styles allows it. It has to be made by the window of that document, which need not be the script’s:
 * charts are rendered into other windows, too.
 */
export const useAdoptedStyles = (element: RefObject<HTMLElement | null>, styles: string): void => {
  useLayoutEffect(() => {
    const root = element.current?.getRootNode()
    const window = element.current?.ownerDocument.defaultView
    if (!window || root === undefined || !('adoptedStyleSheets' in root)) return
    const owner = root as Document | ShadowRoot
    const known = adopted.get(owner) ?? new Set()
    if (known.has(styles)) return
    adopted.set(owner, known.add(styles))
    const sheet = new window.CSSStyleSheet()
    sheet.replaceSync(styles)
    owner.adoptedStyleSheets.push(sheet)
  }, [element, styles])
}
