import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import type { RecordView } from '#model/view'
import { useRecords, useSyncEngine } from '#react/index'
import type { FieldSpec, Kind } from '../records/kinds.ts'
import { newId } from '../records/new-id.ts'
import { useDraft } from '../records/use-draft.ts'
import { formFields, specOf } from '../records/values.ts'
import { useNow } from '../use-now.ts'
import { useWritingBar } from '../use-writing-bar.ts'
import { AddField } from './add-field.tsx'
import { DeleteButton } from './delete-button.tsx'
import { FieldInput } from './field-input.tsx'
import { Problem } from './problem.tsx'
import { RecordReceipt } from './record-receipt.tsx'

interface RecordFormProps {
  readonly kind: Kind
  readonly record: RecordView | undefined
  /** Undefined for a new record. */
  readonly id: string | undefined
  readonly onDirty: (dirty: boolean) => void
  readonly onDone: () => void
  readonly onRemoved: () => void
}

/** The day of a moment as the person's calendar has it, YYYY-MM-DD. */
const dayOf = (at: number): string =>
  new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10)

/** Adds or edits a record. When saving fails, everything typed stays. */
export const RecordForm = ({ kind, record, id, onDirty, onDone, onRemoved }: RecordFormProps) => {
  const engine = useSyncEngine()
  const now = useNow()
  const bar = useWritingBar()
  const [initial] = useState(() => kind.initial(dayOf(now)))
  const [added, setAdded] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<FieldmeshError>()
  const [empty, setEmpty] = useState(false)
  const others = useRecords(kind.type)
  const draft = useDraft(record, initial, onDirty)
  const form = useRef<HTMLFormElement>(null)
  const barId = useId()
  const { problems } = draft
  useEffect(() => {
    if (problems.size > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problems])
  const fields = withAdded(formFields(kind, record, others), added)

  const attempt = async (write: () => Promise<unknown>, onWritten: () => void) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await write()
      onWritten()
    } catch (error) {
      setProblem(toFieldmeshError(error))
      setBusy(false)
    }
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    const changes = draft.collect(fields)
    const nothing = changes && Object.keys(changes).length === 0
    setEmpty(id === undefined && nothing === true)
    if (!changes) return
    if (!nothing) void attempt(() => engine.put(kind.type, id ?? newId(), changes), onDone)
    else if (id !== undefined) onDone()
  }

  return (
    <form className="form" ref={form} onSubmit={save} noValidate>
      {id !== undefined && !record?.alive && (
        <p className="problem">This record was deleted on another device. Saving brings it back.</p>
      )}
      {record?.editedWhileDeleted && (
        <p className="problem">
          One device deleted this record while another edited it. Saving a change keeps it; Delete removes it.
        </p>
      )}
      {bar && (
        <p className="warning" id={barId} data-testid="writing-bar">
          {bar}
        </p>
      )}
      <fieldset className="fields" disabled={bar !== undefined} aria-describedby={bar && barId}>
        <legend className="hidden">Fields</legend>
        {fields.map((spec) => (
          <FieldInput key={spec.name} spec={spec} draft={draft} conflict={record?.fields[spec.name]?.conflict} />
        ))}
      </fieldset>
      {!bar && <AddField taken={fields.map(({ name }) => name)} onAdd={(name) => setAdded([...added, name])} />}
      {record && <RecordReceipt record={record} />}
      <div className="actions sticky">
        <Problem problem={problem} />
        {empty && (
          <p className="problem" role="alert">
            Fill in at least one field.
          </p>
        )}
        <button type="submit" className="button primary" disabled={busy || bar !== undefined} data-testid="save">
          {busy ? 'Saving…' : 'Save'}
        </button>
        {id !== undefined && (
          <DeleteButton
            disabled={busy || bar !== undefined}
            onDelete={() => void attempt(() => engine.remove(kind.type, id), onRemoved)}
          />
        )}
      </div>
    </form>
  )
}

const withAdded = (fields: readonly FieldSpec[], added: readonly string[]): readonly FieldSpec[] => [
  ...fields,
  ...added.filter((name) => fields.every((field) => field.name !== name)).map((name) => specOf(name, undefined)),
]
