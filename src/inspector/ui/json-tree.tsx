import { useState } from 'react'
import type { Json } from '#model/entry'

interface JsonTreeProps {
  readonly value: Json
  /** Levels that are open at first. */
  readonly open?: number
  readonly name?: string
}

/** Parts of one value that are shown: nobody reads more, and a recording may hold very many. */
const MOST_PARTS = 200
/** The parts of what holds more than this are closed at first. */
const FEW = 20

const isRedacted = (text: string): boolean => /^‹.*›$/.test(text)

const Leaf = ({ value }: { readonly value: string | number | boolean | null }) => {
  if (typeof value === 'string' && isRedacted(value)) return <span className="fmi-redacted">{value}</span>
  if (typeof value === 'string') return <span className="fmi-string">“{value}”</span>
  return <span className="fmi-number">{String(value)}</span>
}

const Name = ({ name }: { readonly name: string | undefined }) =>
  name === undefined ? null : <span className="fmi-key">{name}: </span>

type Parts = readonly (readonly [string, Json])[]

const PartList = ({ parts, open }: { readonly parts: Parts; readonly open: number }) => {
  const more = parts.length - MOST_PARTS
  return (
    <>
      {parts.slice(0, MOST_PARTS).map(([key, part]) => (
        <JsonTree key={key} name={key} value={part} open={parts.length > FEW ? 0 : open} />
      ))}
      {more > 0 && <div className="fmi-json fmi-more">… {more.toLocaleString('en')} more</div>}
    </>
  )
}

/** What is closed is not drawn. */
const Branch = ({ value, open = 2, name }: JsonTreeProps & { readonly value: object }) => {
  const [isOpen, setOpen] = useState(open > 0)
  const parts: Parts = Object.entries(value)
  return (
    <details className="fmi-json" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <Name name={name ?? 'value'} />
        <span className="fmi-size">{Array.isArray(value) ? `[${parts.length}]` : `{${parts.length}}`}</span>
      </summary>
      {isOpen && <PartList parts={parts} open={open - 1} />}
    </details>
  )
}

/** A value as a tree: lists and objects open and close. */
export const JsonTree = ({ value, open = 2, name }: JsonTreeProps) => {
  const isBranch = typeof value === 'object' && value !== null
  if (isBranch && Object.keys(value).length > 0)
    return <Branch value={value} open={open} {...(name !== undefined && { name })} />
  return (
    <div className="fmi-json">
      <Name name={name} />
      {isBranch ? <span className="fmi-size">{Array.isArray(value) ? '[ ]' : '{ }'}</span> : <Leaf value={value} />}
    </div>
  )
}
