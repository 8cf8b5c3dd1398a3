import type { Json } from '#model/entry'

interface JsonTreeProps {
  readonly value: Json
  /** Levels that are open at first. */
  readonly open?: number
  readonly name?: string
}

const isRedacted = (text: string): boolean => /^‹.*›$/.test(text)

const Leaf = ({ value }: { readonly value: string | number | boolean | null }) => {
  if (typeof value === 'string' && isRedacted(value)) return <span className="fmi-redacted">{value}</span>
  if (typeof value === 'string') return <span className="fmi-string">“{value}”</span>
  return <span className="fmi-number">{String(value)}</span>
}

const Name = ({ name }: { readonly name: string | undefined }) =>
  name === undefined ? null : <span className="fmi-key">{name}: </span>

/** A value as a tree: lists and objects open and close. */
export const JsonTree = ({ value, open = 2, name }: JsonTreeProps) => {
  if (typeof value !== 'object' || value === null)
    return (
      <div className="fmi-json">
        <Name name={name} />
        <Leaf value={value} />
      </div>
    )
  const parts: readonly (readonly [string, Json])[] = Object.entries(value)
  const size = Array.isArray(value) ? `[${parts.length}]` : `{${parts.length}}`
  if (parts.length === 0)
    return (
      <div className="fmi-json">
        <Name name={name} />
        <span className="fmi-size">{Array.isArray(value) ? '[ ]' : '{ }'}</span>
      </div>
    )
  return (
    <details className="fmi-json" open={open > 0}>
      <summary>
        <Name name={name ?? 'value'} />
        <span className="fmi-size">{size}</span>
      </summary>
      {parts.map(([key, part]) => (
        <JsonTree key={key} name={key} value={part} open={open - 1} />
      ))}
    </details>
  )
}
