import { useCallback, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useRecord } from '#react/index'
import type { Editing } from '../app.tsx'
import { kindOf } from '../records/kinds.ts'
import { summarize } from '../records/summary.ts'
import { useLeaveQuestion } from '../use-leave-question.ts'
import { Drawer } from './drawer.tsx'
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
      begins="field"
      testId="record-dialog"
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
