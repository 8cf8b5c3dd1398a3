const ID = 's_[A-Za-z0-9_]+'
/** What may stand in a label besides entities and line breaks: nothing that Mermaid’s lexer or Markdown would read. */
const TEXT = String.raw`(?:#\d+;|<br/>|[^:;#"{}[\]<>&%*_\`~|\\$^\n])+`
const FORMS = {
  box: new RegExp(`^state "(${TEXT})" as (?<id>${ID})$`),
  open: new RegExp(`^state "(${TEXT})" as (?<id>${ID}) \\{$`),
  fork: new RegExp(`^state (?<id>${ID}) <<fork>>$`),
  start: new RegExp(`^\\[\\*\\] --> (?<to>${ID})$`),
  end: new RegExp(`^(?<from>${ID}) --> \\[\\*\\]$`),
  arrow: new RegExp(`^(?<from>${ID}) --> (?<to>${ID})(?: : (${TEXT}))?$`),
  divider: /^--$/,
  close: /^\}$/,
} as const
type Form = keyof typeof FORMS

interface Line {
  readonly form: Form
  readonly id: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  /** The open states it stands in, the outermost first; among regions, with the region's number. */
  readonly scope: readonly string[]
}

const formOf = (text: string): Omit<Line, 'scope'> | undefined => {
  for (const form of Object.keys(FORMS) as Form[]) {
    const groups = FORMS[form].exec(text)?.groups ?? (FORMS[form].test(text) ? {} : undefined)
    if (groups !== undefined) return { form, id: groups['id'], from: groups['from'], to: groups['to'] }
  }
  return undefined
}

const isTurned = (text: string): boolean => /direction\s+(TB|BT|RL|LR)/i.test(text)

const readLines = (text: string, complaints: string[]): Line[] => {
  const scope: string[] = []
  const lines: Line[] = []
  for (const raw of text.split('\n').slice(1, -1)) {
    const line = formOf(raw.trim())
    if (line === undefined || isTurned(raw)) complaints.push(`not a line of a state diagram: ${raw}`)
    else if (line.form === 'close' && scope.pop() === undefined) complaints.push('a brace too many')
    else if (line.form === 'divider') {
      if (scope.length === 0) complaints.push('a divider outside of a state')
      const [name = '', region = '0'] = (scope.pop() ?? '').split('/')
      scope.push(`${name}/${Number(region) + 1}`)
    }
    if (line !== undefined) lines.push({ ...line, scope: [...scope] })
    if (line?.form === 'open') scope.push(line.id ?? '')
  }
  if (scope.length > 0) complaints.push('a brace too few')
  return lines
}

const nameOf = (scope: string): string => scope.split('/')[0] ?? ''

const checkArrow = (line: Line, declared: ReadonlyMap<string, Line>, divided: ReadonlySet<string>): string[] => {
  const here = line.scope.join(' ')
  const ends = [line.from, line.to].filter((id) => id !== undefined)
  return ends.flatMap((id) => {
    const there = declared.get(id)
    if (there === undefined) return [`nobody declares ${id}`]
    const isAtHome = there.scope.join(' ') === here
    const complaints = line.scope.length > 0 && !isAtHome ? [`an arrow inside ${here} would move ${id} there`] : []
    const isComposite = there.form === 'open'
    if (isComposite && (there.scope.length > 0 || !divided.has(id)))
      complaints.push(`${id} is composite and an arrow's end`)
    return complaints
  })
}

/** Arrows between a region and anything outside of it are refused by Mermaid. */
const leavesRegion = ({ from, to }: Line, declared: ReadonlyMap<string, Line>): boolean => {
  const regionsOf = (id: string | undefined) =>
    (declared.get(id ?? '')?.scope ?? []).filter((scope) => scope.includes('/')).join(' ')
  return from !== undefined && to !== undefined && regionsOf(from) !== regionsOf(to)
}

/**
 * What Mermaid’s grammar (stateDiagram.jison), its known bugs or good sense would hold against the text of a state
 * diagram; nothing for a good one.
 */
export const mermaidComplaints = (text: string): string[] => {
  const complaints: string[] = []
  if (!text.startsWith('stateDiagram-v2\n') || !text.endsWith('\n')) complaints.push('not a state diagram')
  const raw = readLines(text, complaints)
  const divided = new Set(raw.flatMap(({ scope }) => scope.filter((name) => name.includes('/')).map(nameOf)))
  const numbered = (name: string) => (divided.has(name) ? `${name}/0` : name)
  const lines = raw.map((line) => ({ ...line, scope: line.scope.map(numbered) }))
  const declared = new Map<string, Line>()
  for (const line of lines) {
    if (line.id === undefined) continue
    if (declared.has(line.id)) complaints.push(`${line.id} is declared twice`)
    declared.set(line.id, line)
  }
  const arrows = lines.filter(({ form }) => ['arrow', 'start', 'end'].includes(form))
  const starts = lines.filter(({ form }) => form === 'start').map(({ scope }) => scope.join(' '))
  return [
    ...complaints,
    ...arrows.flatMap((line) => checkArrow(line, declared, divided)),
    ...arrows
      .filter((line) => leavesRegion(line, declared))
      .map(({ from, to }) => `${from} --> ${to} leaves its region`),
    ...starts.filter((scope, index) => starts.indexOf(scope) !== index).map((scope) => `${scope || 'it'} begins twice`),
  ]
}
