/** What JavaScript calls an anonymous function after: the field of the config it was written in. */
const FIELDS = new Set(['guard', 'actions', 'entry', 'exit', 'collect'])

/** The name that the author of a function gave it, or what to say instead. */
export const wordsOfFunction = (fn: { readonly name: string }, otherwise: string): string => {
  const name = fn.name.replace(/^bound /, '')
  return name === '' || FIELDS.has(name) ? otherwise : name
}
