import { parseSync } from 'vite'

/** One import or re-export of a file, static or dynamic, by value or by type alone. */
export interface ImportFact {
  readonly specifier: string
  readonly typeOnly: boolean
}

/** What the floors' rules need to know of a source file. */
export interface SourceFacts {
  readonly imports: readonly ImportFact[]
  /** Names of methods that are called, such as `provide`. */
  readonly calls: ReadonlySet<string>
  /** Names that stand anywhere in the code, such as `Date`. */
  readonly names: ReadonlySet<string>
}

/** A node of the syntax tree (ESTree with TypeScript), as far as it is looked at. */
interface SyntaxNode {
  readonly type: string
  readonly name?: unknown
  readonly value?: unknown
  readonly source?: SyntaxNode | null
  readonly expression?: SyntaxNode
  readonly callee?: SyntaxNode
  readonly property?: SyntaxNode
  readonly importKind?: string | null
  readonly exportKind?: string | null
  readonly specifiers?: readonly SyntaxNode[]
}

const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && 'type' in value

/** Every node below, itself first. */
const nodesOf = (value: unknown): SyntaxNode[] => {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  return isNode(value) ? [value, ...Object.values(value).flatMap(nodesOf)] : []
}

const isType = ({ importKind, exportKind }: SyntaxNode): boolean => importKind === 'type' || exportKind === 'type'

const isTypeOnly = (node: SyntaxNode): boolean => {
  const { specifiers = [] } = node
  return node.type === 'TSImportType' || isType(node) || (specifiers.length > 0 && specifiers.every(isType))
}

/** The text that a node imports from; undefined where it imports nothing. */
const specifierOf = (node: SyntaxNode): string | undefined => {
  const literal = node.type === 'TSExternalModuleReference' ? node.expression : node.source
  if (!isNode(literal)) return undefined
  return typeof literal.value === 'string' ? literal.value : '(computed)'
}

const methodOf = ({ type, callee }: SyntaxNode): unknown =>
  type === 'CallExpression' && callee?.type === 'MemberExpression' ? callee.property?.name : undefined

const stringsOf = (values: readonly unknown[]): ReadonlySet<string> =>
  new Set(values.filter((value) => typeof value === 'string'))

/** Reads a TypeScript file's syntax; comments and strings cannot be mistaken for code. Throws on a syntax error. */
export const sourceFacts = (path: string, source: string): SourceFacts => {
  const { program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const nodes = nodesOf(program)
  const imports = nodes.flatMap((node) => {
    const specifier = specifierOf(node)
    return specifier === undefined ? [] : [{ specifier, typeOnly: isTypeOnly(node) }]
  })
  const names = nodes.filter(({ type }) => type === 'Identifier').map(({ name }) => name)
  return { imports, calls: stringsOf(nodes.map(methodOf)), names: stringsOf(names) }
}
