import { type ReactNode, type RefObject, type SyntheticEvent, useId, useLayoutEffect } from 'react'

interface DrawerProps {
  readonly dialog: RefObject<HTMLDialogElement | null>
  readonly label: string
  /** Where the focus goes at first: into the first field, or to the title of what must be read before. */
  readonly begins: 'field' | 'title'
  /** Escape, too. It stays open until its owner takes it away. */
  readonly onClose: () => void
  readonly testId: string
  readonly children: ReactNode
}

/** Something to do over the screen: a sheet on a phone, a drawer on a desk. The focus goes back to what opened it. */
export const Drawer = ({ dialog, label, begins, onClose, testId, children }: DrawerProps) => {
  const titleId = useId()
  // Before the element leaves the page: only then does the browser give the focus back to what opened it.
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    element.showModal()
    element.querySelector<HTMLElement>(begins === 'title' ? 'h2' : 'form :is(input, select, textarea)')?.focus()
    return () => element.close()
  }, [dialog, begins])
  const cancel = (event: SyntheticEvent) => {
    event.preventDefault()
    onClose()
  }
  /** A second Escape closes a dialog whatever its owner says: it comes back to ask. */
  const reopen = () => {
    const element = dialog.current
    if (!element || element.open) return
    element.showModal()
    onClose()
  }
  return (
    <dialog
      className="drawer"
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={cancel}
      onClose={reopen}
      data-testid={testId}
    >
      <div className="drawer-head">
        <h2 id={titleId} tabIndex={begins === 'title' ? -1 : undefined}>
          {label}
        </h2>
        <button type="button" className="button quiet" onClick={onClose} data-testid="close-form">
          Close
        </button>
      </div>
      {children}
    </dialog>
  )
}
