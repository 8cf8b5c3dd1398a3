import { type KeyboardEvent, useState } from 'react'

const MOST_CHARACTERS = 256

/** Gives a record a field that its kind does not have. */
export const AddField = ({
  taken,
  onAdd,
}: {
  readonly taken: readonly string[]
  readonly onAdd: (name: string) => void
}) => {
  const [name, setName] = useState('')
  const wanted = name.trim()
  const isTaken = taken.includes(wanted)
  const add = () => {
    if (!wanted || isTaken) return
    onAdd(wanted)
    setName('')
  }
  /** Enter would otherwise save the record around it. */
  const addOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    add()
  }
  return (
    <details className="add-field">
      <summary>Add a field</summary>
      <div className="inline">
        <label className="field">
          <span className="label">Name of the field</span>
          <input
            value={name}
            maxLength={MOST_CHARACTERS}
            aria-describedby={isTaken ? 'field-taken' : undefined}
            data-testid="new-field-name"
            onKeyDown={addOnEnter}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <button type="button" className="button" disabled={!wanted || isTaken} onClick={add}>
          Add
        </button>
      </div>
      {isTaken && (
        <p className="problem" id="field-taken" role="alert">
          The record has this field already.
        </p>
      )}
    </details>
  )
}
