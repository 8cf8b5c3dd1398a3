import { type FormEvent, useDeferredValue, useId, useMemo, useState } from 'react'
import { kindOf } from '../records/kinds.ts'
import { showValue } from '../records/values.ts'
import { DEVICE_TYPE } from '../use-device-name.ts'
import { count } from '../words.ts'
import { planWords } from './import-words.ts'
import type { Table } from './table.ts'
import type { ImportPlan } from './to-inputs.ts'
import { type ImportChoices, LIST_TYPE, type LoadedFile } from './use-import.ts'

interface ImportChoiceProps {
  readonly file: LoadedFile
  readonly types: readonly string[]
  readonly planOf: (file: LoadedFile, choices: ImportChoices) => ImportPlan
  readonly onStart: (choices: ImportChoices) => void
  readonly onBack: () => void
}

const MAKE_IDS = '(make ids)'
/** Types that the app keeps its own records in, and names of its screens. */
const RESERVED = [DEVICE_TYPE, LIST_TYPE, 'import', 'conflicts', 'devices']

/** What the file holds, and what it shall become. */
export const ImportChoice = ({ file, types, planOf, onStart, onBack }: ImportChoiceProps) => {
  const { table, guessedId } = file
  const [type, setType] = useState('reading')
  const [idColumn, setIdColumn] = useState(guessedId ?? MAKE_IDS)
  const listId = useId()
  const wanted = type.trim()
  const reserved = RESERVED.includes(wanted)
  const resourceType = useDeferredValue(wanted)
  const plan = useMemo(() => {
    if (!resourceType) return undefined
    return planOf(file, { resourceType, idColumn: idColumn === MAKE_IDS ? undefined : idColumn })
  }, [file, planOf, resourceType, idColumn])
  const start = (event: FormEvent) => {
    event.preventDefault()
    if (wanted && !reserved) onStart({ resourceType: wanted, idColumn: idColumn === MAKE_IDS ? undefined : idColumn })
  }
  return (
    <form className="card form" onSubmit={start} data-testid="import-choice">
      <h2>{file.name}</h2>
      <p className="muted">
        {count(table.rows.length, 'row')}, {count(table.columns.length, 'column')}
        {table.bad.length > 0 && `, ${count(table.bad.length, 'bad row')}`}
      </p>
      <Preview table={table} />
      <label className="field">
        <span className="label">Becomes</span>
        <input
          value={type}
          list={listId}
          required
          maxLength={64}
          autoComplete="off"
          data-testid="import-type"
          onChange={(event) => setType(event.target.value)}
        />
        <datalist id={listId}>
          {types.map((it) => (
            <option key={it} value={it}>
              {kindOf(it).plural}
            </option>
          ))}
        </datalist>
        <span className="note">reading, work-order, or any other name: it gets a list of its own.</span>
      </label>
      {reserved && (
        <p className="problem" role="alert">
          The app uses “{wanted}” itself. Choose another name.
        </p>
      )}
      <label className="field">
        <span className="label">Column that tells records apart</span>
        <select value={idColumn} data-testid="import-id" onChange={(event) => setIdColumn(event.target.value)}>
          {table.columns.map((column) => (
            <option key={column}>{column}</option>
          ))}
          <option>{MAKE_IDS}</option>
        </select>
        <span className="note">
          {idColumn === MAKE_IDS
            ? 'Every row becomes a record of its own. Importing the same rows again changes nothing.'
            : 'A row whose value a record has already as its id changes that record.'}
        </span>
      </label>
      {plan && !reserved && (
        <p role="status" data-testid="import-plan">
          {planWords(plan)}
        </p>
      )}
      <div className="actions">
        <button
          type="submit"
          className="button primary"
          disabled={!wanted || reserved || table.rows.length === 0}
          data-testid="import-start"
        >
          Import {count(table.rows.length, 'row')}
        </button>
        <button type="button" className="button quiet" onClick={onBack}>
          Choose another file
        </button>
      </div>
    </form>
  )
}

const PREVIEW_ROWS = 3

const Preview = ({ table: { columns, rows } }: { readonly table: Table }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
  <section className="preview" aria-label="First rows of the file" tabIndex={0}>
    <table>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, PREVIEW_ROWS).map(({ row, cells }) => (
          <tr key={row}>
            {columns.map((column) => (
              <td key={column}>{showValue(cells.get(column))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
