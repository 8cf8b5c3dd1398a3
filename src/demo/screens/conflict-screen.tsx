import { useState } from 'react'
import type { SyncEngine } from '#engine/types'
import type { Dot } from '#model/entry'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import type { ConflictingValue, ConflictView, RecordView } from '#model/view'
import { useConflicts, useRecord, useSyncEngine } from '#react/index'
import type { Editing } from '../app.tsx'
import { Problem } from '../parts/problem.tsx'
import { editedFields } from '../records/edited-fields.ts'
import { kindOf } from '../records/kinds.ts'
import { summarize } from '../records/summary.ts'
import { showValue } from '../records/values.ts'
import { useDeviceName } from '../use-device-name.ts'
import { useNow } from '../use-now.ts'
import { useWritingBar } from '../use-writing-bar.ts'
import { agoWords, count } from '../words.ts'

const MOST_SHOWN = 100

/** What two people wrote without knowing of each other. Devices never decide it. */
export const ConflictScreen = ({ onEdit }: { readonly onEdit: (editing: Editing) => void }) => {
  const conflicts = useConflicts()
  const shown = conflicts.slice(0, MOST_SHOWN)
  const bar = useWritingBar()
  return (
    <section className="screen" aria-label="Conflicts">
      <h1>Conflicts</h1>
      <p className="lead" role="status">
        {conflicts.length === 0
          ? 'No conflicts. When two people change the same field without knowing of each other, both values wait here.'
          : `${count(conflicts.length, 'conflict')}. Choose what holds; the other devices follow.`}
      </p>
      {bar && conflicts.length > 0 && <p className="warning">{bar}</p>}
      <ul className="cards">
        {shown.map((conflict) => (
          <ConflictCard
            key={`${conflict.resourceType}/${conflict.id}/${conflict.field}`}
            conflict={conflict}
            isBarred={bar !== undefined}
            onEdit={onEdit}
          />
        ))}
      </ul>
      {conflicts.length > shown.length && (
        <p className="lead">{conflicts.length - shown.length} more follow as these are decided.</p>
      )}
    </section>
  )
}

/** The field that stands for being there at all. */
const ALIVE = '$alive'

interface ConflictCardProps {
  readonly conflict: ConflictView
  /** Nothing can be written on this device. */
  readonly isBarred: boolean
  readonly onEdit: (editing: Editing) => void
}

const ConflictCard = ({ conflict, isBarred, onEdit }: ConflictCardProps) => {
  const { resourceType: type, id, field, winner, others } = conflict
  const engine = useSyncEngine()
  const record = useRecord(type, id)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<FieldmeshError>()
  const kind = kindOf(type)
  const label = kind.fields.find((spec) => spec.name === field)?.label ?? field
  const choose = async (value: ConflictingValue) => {
    setBusy(true)
    setProblem(undefined)
    await resolve(engine, conflict, value).catch((error: unknown) => setProblem(toFieldmeshError(error)))
    setBusy(false)
  }
  return (
    <li className="card" data-testid={`conflict-${id}-${field}`}>
      <div className="card-head">
        <h2>{record ? summarize(record).title : id}</h2>
        <button type="button" className="button quiet" onClick={() => onEdit({ type, id })}>
          Open
        </button>
      </div>
      <p className="muted">
        {field === ALIVE
          ? `One device deleted this ${kind.singular} while another edited it.`
          : `${kind.plural} · ${label}`}
      </p>
      {field === ALIVE && record && <Edited record={record} dot={winner.dot} />}
      <ul className="options">
        {[winner, ...others].map((value) => (
          <Option
            key={`${value.dot.peerId}/${value.dot.seq}`}
            value={value}
            isAlive={field === ALIVE}
            isShown={value === winner}
            disabled={busy || isBarred}
            onChoose={() => void choose(value)}
          />
        ))}
      </ul>
      <Problem problem={problem} />
    </li>
  )
}

/** What would be lost if the record were deleted after all. */
const Edited = ({ record, dot }: { readonly record: RecordView; readonly dot: Dot }) => {
  const { fields } = kindOf(record.resourceType)
  const edits = editedFields(record, dot).map((name) => {
    const label = fields.find((spec) => spec.name === name)?.label ?? name
    return `${label}: ${showValue(record.value[name]) || '(empty)'}`
  })
  return edits.length > 0 && <p data-testid="edited-fields">Edited: {edits.join(' · ')}</p>
}

/** Any later write by someone who saw all values decides the field. */
const resolve = (engine: SyncEngine, { resourceType, id, field }: ConflictView, { value }: ConflictingValue) => {
  if (field !== ALIVE) return engine.put(resourceType, id, { [field]: value })
  return value === false ? engine.remove(resourceType, id) : engine.put(resourceType, id, {})
}

interface OptionProps {
  readonly value: ConflictingValue
  readonly isAlive: boolean
  readonly isShown: boolean
  readonly disabled: boolean
  readonly onChoose: () => void
}

const Option = ({ value: { value, dot, timestamp }, isAlive, isShown, disabled, onChoose }: OptionProps) => {
  const nameOf = useDeviceName()
  const now = useNow()
  const keeps = value !== false
  return (
    <li className="option">
      <div className="option-text">
        <span className="option-value">{isAlive ? (keeps ? 'Edited' : 'Deleted') : showValue(value) || '(empty)'}</span>
        <span className="muted">
          by {nameOf(dot.peerId)}, <time dateTime={new Date(timestamp).toISOString()}>{agoWords(timestamp, now)}</time>
          {isShown && !isAlive && ' · shown in the list until decided'}
        </span>
      </div>
      <button
        type="button"
        className="button"
        disabled={disabled}
        data-testid={`choose-${dot.peerId}-${dot.seq}`}
        onClick={onChoose}
      >
        {isAlive ? (keeps ? 'Keep the record' : 'Delete it') : 'Use this'}
      </button>
    </li>
  )
}
