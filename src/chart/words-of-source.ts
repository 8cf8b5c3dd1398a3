type AnyFunction = (...args: never[]) => unknown

const isFunction = (value: unknown): value is AnyFunction => typeof value === 'function'

interface Literal {
  readonly text: string
  /** Braces open where it stands. */
  readonly depth: number
}

const depthAt = (source: string, index: number): number => {
  const before = source.slice(0, index)
  return before.split('{').length - before.split('}').length
}

const literalsAfter = (source: string, before: string): Literal[] => {
  const found = source.matchAll(new RegExp(`${before}\\s*(['"\`])([^'"\`$\\\\]+)\\1`, 'g'))
  return [...found].map(({ 2: text = '', index }) => ({ text, depth: depthAt(source, index) }))
}

const once = (literals: readonly Literal[]): string[] => [...new Set(literals.map(({ text }) => text))]

const typesIn = (fn: unknown): Literal[] =>
  isFunction(fn) ? literalsAfter(fn.toString(), String.raw`\btype['"]?\s*:`) : []

/**
 * Types of the events that a function makes, as far as it spells them out: XState cannot tell what an expression will
 * send before it is evaluated, but its author wrote it there.
 */
export const eventTypesIn = (fn: unknown): string[] => once(typesIn(fn))

/** The same for a function that makes one event: a `type` deeper in it belongs to what the event carries. */
export const outermostEventTypesIn = (fn: unknown): string[] => {
  const types = typesIn(fn)
  const outermost = Math.min(...types.map(({ depth }) => depth))
  return once(types.filter(({ depth }) => depth === outermost))
}

/** Seats that a function spawns from, by `spawn('seat')` or `enqueue.spawnChild('seat')`; a minifier may rename the first. */
export const seatsSpawnedIn = (fn: unknown): string[] => {
  if (!isFunction(fn)) return []
  const source = fn.toString()
  const alias = /\bspawn\s*:\s*([\w$]+)/.exec(source)?.[1]
  const names = ['spawn', 'spawnChild', ...(alias ? [alias] : [])].map((name) => name.replaceAll('$', String.raw`\$`))
  return once(literalsAfter(source, String.raw`(?<![\w$])(?:${names.join('|')})\(`))
}
