import { type RefObject, useLayoutEffect } from 'react'
import { CHART_STYLES } from './chart-styles.ts'

const adopters = new WeakSet<Document | ShadowRoot>()

/**
 * Gives the styles of charts to the document (or shadow root) that an element is in, once. As a constructed style sheet:
 * a policy that forbids inline styles allows it. It has to be made by the window of that document, which need not be
 * the script’s: charts are rendered into other windows, too.
 */
export const useChartStyles = (element: RefObject<HTMLElement | null>): void => {
  useLayoutEffect(() => {
    const root = element.current?.getRootNode()
    const window = element.current?.ownerDocument.defaultView
    if (!window || root === undefined || !('adoptedStyleSheets' in root)) return
    const owner = root as Document | ShadowRoot
    if (adopters.has(owner)) return
    adopters.add(owner)
    const sheet = new window.CSSStyleSheet()
    sheet.replaceSync(CHART_STYLES)
    owner.adoptedStyleSheets.push(sheet)
  }, [element])
}
