import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { InspectorSource } from '#inspector/inspector-source.types'
import { InspectorPanel } from '#inspector/ui/index'
import { DOCK_STYLES } from './inspection-dock-styles.ts'
import { DockHandle } from './inspection-dock-handle.tsx'

export interface DockProps {
  readonly source: InspectorSource
  /** Whether this browser records from the start of the app on. */
  readonly isKept: boolean
  readonly onKeep: (isOn: boolean) => void
  readonly onClose: () => void
}

/** A window of its own, in a process of its own: what it draws does not slow the app. */
const openWindow = () =>
  window.open(new URL('inspector.html', document.baseURI), '_blank', 'noopener,popup,width=1280,height=860')

const Actions = ({ isKept, onKeep, onClose }: Omit<DockProps, 'source'>) => {
  const [isOn, setOn] = useState(isKept)
  const keep = () => {
    setOn(!isOn)
    onKeep(!isOn)
  }
  return (
    <>
      <button
        type="button"
        className="fmi-button"
        aria-pressed={isOn}
        title="Record from the start of the app on, in this browser, also while nobody looks"
        data-testid="keep-recording"
        onClick={keep}
      >
        {isOn ? 'Always records' : 'Record always'}
      </button>
      <button type="button" className="fmi-button" data-testid="inspector-window" onClick={openWindow}>
        Open in its own window
      </button>
      <button type="button" className="fmi-button" data-testid="close-inspector" onClick={onClose}>
        Close
      </button>
    </>
  )
}

const Dock = ({ source, ...props }: DockProps) => (
  <>
    <DockHandle />
    <InspectorPanel source={source} actions={<Actions {...props} />} />
  </>
)

const adoptStyles = (): (() => void) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(DOCK_STYLES)
  document.adoptedStyleSheets.push(sheet)
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet)
  }
}

/** Shows the inspector below the app, which makes room for it; returns what closes it. */
export const showDock = (props: DockProps): (() => void) => {
  const before = document.activeElement
  const removeStyles = adoptStyles()
  const host = document.createElement('aside')
  Object.assign(host, { className: 'inspection-dock', tabIndex: -1 })
  host.setAttribute('aria-label', 'Developer tools')
  document.body.append(host)
  const root = createRoot(host)
  root.render(<Dock {...props} />)
  host.focus()
  return () => {
    root.unmount()
    host.remove()
    removeStyles()
    if (before instanceof HTMLElement) before.focus()
  }
}
