import { useId } from 'react'
import type { ConflictingValue } from '#model/view'
import type { FieldSpec } from '../records/kinds.ts'
import type { Draft } from '../records/use-draft.ts'
import { showValue } from '../records/values.ts'

interface FieldInputProps {
  readonly spec: FieldSpec
  readonly draft: Draft
  readonly conflict: readonly ConflictingValue[] | undefined
}

/** One field with its label, and what the user should know about it. */
export const FieldInput = ({ spec, draft, conflict }: FieldInputProps) => {
  const id = useId()
  const problem = draft.problems.get(spec.name)
  const changed = draft.changedBelow(spec)
  const notes = [
    changed !== undefined && `Changed on another device meanwhile, to “${changed}”. Saving keeps yours.`,
    conflict &&
      `Other values: ${conflict.map(({ value }) => `“${showValue(value)}”`).join(', ')}. Saving a change here decides it.`,
  ].filter((note) => typeof note === 'string')
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {spec.label}
        {spec.required && <span className="needed"> (needed)</span>}
      </label>
      <Control id={id} spec={spec} draft={draft} invalid={problem !== undefined} />
      <div id={`${id}-notes`}>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        {notes.map((note) => (
          <p className="note" key={note}>
            {note}
          </p>
        ))}
      </div>
    </div>
  )
}

interface ControlProps {
  readonly id: string
  readonly spec: FieldSpec
  readonly draft: Draft
  readonly invalid: boolean
}

const Control = ({ id, spec, draft, invalid }: ControlProps) => {
  const shared = {
    id,
    name: spec.name,
    value: draft.text(spec),
    'aria-invalid': invalid,
    'aria-describedby': `${id}-notes`,
    'data-testid': `field-${spec.name}`,
    onChange: (event: { target: { value: string } }) => draft.set(spec, event.target.value),
  }
  if (spec.input === 'longText' || spec.input === 'json') return <textarea rows={4} {...shared} />
  if (spec.input === 'choice' || spec.input === 'yesNo') return <Choice spec={spec} {...shared} />
  if (spec.input === 'number') return <input type="text" inputMode="decimal" autoComplete="off" {...shared} />
  return <input type={dateFits(spec, shared.value) ? 'date' : 'text'} autoComplete="off" {...shared} />
}

/** A browser shows nothing at all for a date in another form: such a value stays text. */
const dateFits = (spec: FieldSpec, value: string): boolean =>
  spec.input === 'date' && (value === '' || /^\d{4}-\d\d-\d\d$/.test(value))

const Choice = ({ spec, ...shared }: { readonly spec: FieldSpec; readonly value: string }) => {
  const choices = spec.input === 'yesNo' ? ['true', 'false'] : (spec.choices ?? [])
  const all = choices.includes(shared.value) || shared.value === '' ? choices : [...choices, shared.value]
  return (
    <select {...shared}>
      <option value="">–</option>
      {all.map((choice) => (
        <option key={choice} value={choice}>
          {spec.input === 'yesNo' ? showValue(choice === 'true') : choice}
        </option>
      ))}
    </select>
  )
}
