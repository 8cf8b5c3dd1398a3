import {
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { useRecord } from '#react/index'
import type { Editing } from '../app.tsx'
import { kindOf } from '../records/kinds.ts'
import { summarize } from '../records/summary.ts'
import { RecordForm } from './record-form.tsx'

/** The form over the list: a sheet on a phone, a drawer on a desk. Escape closes it, unless something would be lost. */
export const RecordDialog = ({ type, id, onClose }: Editing & { readonly onClose: () => void }) => {
  const kind = kindOf(type)
  const record = useRecord(type, id ?? '')
  const [dirty, setDirty] = useState(false)
  const [asking, setAsking] = useState(false)
  const close = useCallback(() => {
    if (dirty) setAsking(true)
    else onClose()
  }, [dirty, onClose])
  useLeaveQuestion(dirty)
  const dialog = useRef<HTMLDialogElement>(null)
  /** The row that opened the form is gone: the focus must not fall off the page. */
  const closeRemoved = () => {
    const page = dialog.current?.ownerDocument
    flushSync(onClose)
    page?.querySelector<HTMLElement>('.toolbar .button')?.focus()
  }
  return (
    <Drawer
      dialog={dialog}
      label={id === undefined ? `New ${kind.singular}` : (record && summarize(record).title) || kind.singular}
      onClose={close}
    >
      {asking && (
        <div className="banner" role="alert">
          <p>What you typed is not saved yet.</p>
          <div className="actions">
            <button type="button" className="button danger" onClick={onClose}>
              Discard
            </button>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              Keep editing
            </button>
          </div>
        </div>
      )}
      <RecordForm kind={kind} record={record} id={id} onDirty={setDirty} onDone={onClose} onRemoved={closeRemoved} />
    </Drawer>
  )
}

/** The browser asks before a reload or a closed tab takes what was typed. */
const useLeaveQuestion = (dirty: boolean) => {
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [dirty])
}

interface DrawerProps {
  readonly dialog: RefObject<HTMLDialogElement | null>
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
}

const Drawer = ({ dialog, label, onClose, children }: DrawerProps) => {
  // Before the element leaves the page: only then does the browser give the focus back to what opened it.
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    element.showModal()
    element.querySelector<HTMLElement>('form :is(input, select, textarea)')?.focus()
    return () => element.close()
  }, [dialog])
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
      aria-labelledby="drawer-title"
      onCancel={cancel}
      onClose={reopen}
      data-testid="record-dialog"
    >
      <div className="drawer-head">
        <h2 id="drawer-title">{label}</h2>
        <button type="button" className="button quiet" onClick={onClose} data-testid="close-form">
          Close
        </button>
      </div>
      {children}
    </dialog>
  )
}
