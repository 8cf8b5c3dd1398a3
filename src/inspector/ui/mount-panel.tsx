import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { InspectorPanel, type InspectorPanelProps } from './inspector-panel.tsx'

/** Renders a panel into an element; returns what takes it out again. */
export const mountPanel = (element: HTMLElement, props: InspectorPanelProps): (() => void) => {
  const root = createRoot(element)
  root.render(
    <StrictMode>
      <InspectorPanel {...props} />
    </StrictMode>,
  )
  return () => root.unmount()
}
