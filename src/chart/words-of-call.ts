const isPlain = (value: unknown): boolean =>
  value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value)

const wordsOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (isPlain(value)) return String(value)
  return Array.isArray(value) ? `[${value.map(wordsOf).join(', ')}]` : '…'
}

const wordsOfParams = (params: unknown): string => {
  if (params === undefined) return ''
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return `(${wordsOf(params)})`
  const fields = Object.entries(params).map(([name, value]) => `${name}: ${wordsOf(value)}`)
  return fields.length === 0 ? '' : `(${fields.join(', ')})`
}

/** How a name and its parameters are read. */
export type WordsOfCall = (name: string, params?: unknown) => string

/** A named guard or action as a person reads it: its name, and its parameters where they are plain. */
export const wordsOfCall: WordsOfCall = (name, params) =>
  `${name}${typeof params === 'function' ? '(…)' : wordsOfParams(params)}`

/** The same without what the parameters hold: `login(token: …)`. */
export const namesOfCall: WordsOfCall = (name, params) => {
  if (params === undefined) return name
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return `${name}(…)`
  const fields = Object.keys(params).map((field) => `${field}: …`)
  return fields.length === 0 ? name : `${name}(${fields.join(', ')})`
}
