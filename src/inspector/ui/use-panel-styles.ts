import { type RefObject, useLayoutEffect } from 'react'
import { PANEL_STYLES } from './styles/panel-styles.ts'

const adopters = new WeakSet<Document | ShadowRoot>()

/**
 * Gives the styles of the panel to the document (or shadow root) that it is in, once: as a constructed sheet, which a
 * policy that forbids inline styles allows, made by the window of that document.
 */
export const usePanelStyles = (element: RefObject<HTMLElement | null>): void => {
  useLayoutEffect(() => {
    const root = element.current?.getRootNode()
    const window = element.current?.ownerDocument.defaultView
    if (!window || root === undefined || !('adoptedStyleSheets' in root)) return
    const owner = root as Document | ShadowRoot
    if (adopters.has(owner)) return
    adopters.add(owner)
    const sheet = new window.CSSStyleSheet()
    sheet.replaceSync(PANEL_STYLES)
    owner.adoptedStyleSheets.push(sheet)
  }, [element])
}
