import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { copyStyles } from './copied-styles.ts'
import { inspectable } from './inspectable.ts'
import { usePageTheme } from './page-theme.ts'

interface DeviceWindowProps {
  readonly title: string
  /** CSS pixels of the device itself. */
  readonly width: number
  readonly height: number
  /** What it is drawn at. */
  readonly scale: number
  /** Nothing in it can be reached, as behind a dark screen. */
  readonly isInert: boolean
  readonly onScreen: (body: HTMLElement | undefined) => void
  readonly children: ReactNode
}

/** A document of its own, in standards mode. */
const PAGE = '<!doctype html><html lang="en"><head><title>Device</title></head><body></body></html>'

const dress = (page: Document, title: string, theme: string, isInert: boolean): void => {
  page.title = title
  page.documentElement.dataset['theme'] = theme
  page.documentElement.inert = isInert
}

/**
 * A window of its own in the page, of a device's size: media queries, dialogs and the focus in it are the device's own.
 * What is in it is rendered by this page.
 */
export const DeviceWindow = ({ title, width, height, scale, isInert, onScreen, children }: DeviceWindowProps) => {
  const [body, setBody] = useState<HTMLElement>()
  const theme = usePageTheme()
  useEffect(() => {
    if (!body) return
    const { ownerDocument } = body
    const endCopy = copyStyles(ownerDocument)
    let isThere = true
    void inspectable(ownerDocument).then(() => isThere && onScreen(body))
    return () => {
      isThere = false
      endCopy()
      onScreen(undefined)
    }
  }, [body, onScreen])
  useEffect(() => {
    if (!body) return
    dress(body.ownerDocument, title, theme, isInert)
  }, [body, title, theme, isInert])
  return (
    <div className="stage-window" style={{ width: width * scale, height: height * scale }}>
      <iframe
        title={title}
        srcDoc={PAGE}
        width={width}
        height={height}
        style={{ transform: `scale(${scale})` }}
        onLoad={(event) => setBody(event.currentTarget.contentDocument?.body)}
      />
      {body && createPortal(children, body)}
    </div>
  )
}
