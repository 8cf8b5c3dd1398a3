import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { RecordView } from '#model/view'
import { useRecords, useSyncStatus } from '#react/index'
import type { Editing } from '../app.tsx'
import type { Kind } from '../records/kinds.ts'
import { searchRecords, sortRecords } from '../records/search.ts'
import { summarize } from '../records/summary.ts'
import { showValue } from '../records/values.ts'
import { useWritingBar } from '../use-writing-bar.ts'
import { useRowWindow } from '../use-row-window.ts'
import { count } from '../words.ts'

/** As in the style sheet. */
const ROW_HEIGHT = 64

interface ListScreenProps {
  readonly kind: Kind
  readonly onEdit: (editing: Editing) => void
}

/** All records of a kind: searched as one types, drawn only where one looks. */
export const ListScreen = ({ kind, onEdit }: ListScreenProps) => {
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  const isOpen = useSyncStatus().phase === 'running'
  const bar = useWritingBar()
  const records = useDeferredValue(useRecords(kind.type))
  const sorted = useMemo(() => sortRecords(records), [records])
  const found = useMemo(() => searchRecords(sorted, wanted), [sorted, wanted])
  return (
    <section className="screen list-screen" aria-label={kind.plural}>
      <h1 className="hidden">{kind.plural}</h1>
      <div className="toolbar">
        <label className="search">
          <span className="hidden">Search {kind.plural}</span>
          <input
            type="search"
            placeholder={`Search ${kind.plural.toLowerCase()}`}
            value={query}
            data-testid="search"
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
        <button
          type="button"
          className="button primary"
          disabled={!isOpen || bar !== undefined}
          title={bar}
          data-testid="add"
          onClick={() => onEdit({ type: kind.type })}
        >
          Add {kind.singular}
        </button>
      </div>
      <p className="count" role="status" data-testid="row-count" data-count={found.length}>
        {countWords(found.length, wanted.trim() !== '', isOpen)}
      </p>
      {found.length > 0 ? <Rows records={found} onEdit={onEdit} /> : <Nothing kind={kind} searching={wanted !== ''} />}
    </section>
  )
}

const countWords = (found: number, searching: boolean, isOpen: boolean): string => {
  if (!isOpen && found === 0) return ''
  return searching ? `${count(found, 'record')} found` : count(found, 'record')
}

const Nothing = ({ kind, searching }: { readonly kind: Kind; readonly searching: boolean }) => {
  const { phase } = useSyncStatus()
  const bar = useWritingBar()
  if (phase === 'opening') return <p className="nothing">Opening…</p>
  if (phase !== 'running') return <p className="nothing">Records are not open.</p>
  return (
    <p className="nothing">
      {searching
        ? 'No record has all of these words.'
        : `No ${kind.plural.toLowerCase()} yet. ${bar ?? 'Add one, or import a file.'}`}
    </p>
  )
}

interface RowsProps {
  readonly records: readonly RecordView[]
  readonly onEdit: ListScreenProps['onEdit']
}

const Rows = ({ records, onEdit }: RowsProps) => {
  const scroller = useRef<HTMLElement>(null)
  const { first, last } = useRowWindow(scroller, records.length, ROW_HEIGHT)
  return (
    <section className="rows" ref={scroller} data-testid="rows" aria-label="Records">
      <ul style={{ height: records.length * ROW_HEIGHT }}>
        {records.slice(first, last).map((record, index) => (
          <li
            key={record.id}
            style={{ transform: `translateY(${(first + index) * ROW_HEIGHT}px)` }}
            aria-setsize={records.length}
            aria-posinset={first + index + 1}
          >
            <RecordRow record={record} onEdit={onEdit} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The id stands first where it says something, such as the code of an airport, and else behind what the record says. */
const rowDetail = (record: RecordView): string => {
  const { title, detail } = summarize(record)
  const { id, value } = record
  const isTelling = Object.values(value).some((it) => showValue(it) === id)
  const parts = isTelling ? [id, detail] : [detail, id]
  return parts.filter((part) => part !== '' && part !== title).join(' · ')
}

const RecordRow = ({ record, onEdit }: { readonly record: RecordView; readonly onEdit: ListScreenProps['onEdit'] }) => {
  const { title, figure } = summarize(record)
  const { resourceType: type, id } = record
  const conflict = record.editedWhileDeleted || Object.values(record.fields).some((field) => field.conflict)
  return (
    <button type="button" className="row" data-testid={`row-${id}`} onClick={() => onEdit({ type, id })}>
      <span className="row-text">
        <span className="row-title">{title}</span>
        <span className="row-detail">{rowDetail(record)}</span>
      </span>
      {conflict && <span className="tag warn">Conflict</span>}
      {figure && <span className="row-figure">{figure}</span>}
    </button>
  )
}
