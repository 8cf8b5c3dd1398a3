import type { PanelSource } from './panel-devices.ts'

export interface MountOptions {
  /** A recorder, a recording, several of them, or what `connectInspector` gives. */
  readonly source: PanelSource
}

/**
 * Shows the inspector in an element of a page without React. React and react-dom (optional peer dependencies) are
 * loaded with it, as is elkjs, which places the charts.
 *
 * @returns takes it out again
 * @throws what the import throws where React is not installed, by `console.error` and in words in the element
 * @example
 * const recorder = createRecorder(engine)
 * const unmount = mountInspector(document.querySelector('#inspector'), { source: recorder })
 */
export const mountInspector = (element: HTMLElement, options: MountOptions): (() => void) => {
  let isWanted = true
  let unmount: (() => void) | undefined
  import('./mount-panel.tsx').then(
    ({ mountPanel }) => {
      if (isWanted) unmount = mountPanel(element, options)
    },
    (error: unknown) => {
      console.error('the inspector could not be loaded', error)
      element.textContent =
        'The inspector needs react, react-dom and elkjs: install them (npm install react react-dom elkjs).'
    },
  )
  return () => {
    isWanted = false
    unmount?.()
  }
}
