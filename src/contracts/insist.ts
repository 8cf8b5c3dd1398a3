/** What a contract's case throws where an adapter breaks its promise. */
export class ContractBroken extends Error {
  override name = 'ContractBroken'
}

/** @throws ContractBroken with these words where it does not hold. */
export function insist(holds: boolean, words: string): asserts holds {
  if (!holds) throw new ContractBroken(words)
}

/** The thing itself; throws ContractBroken where it is missing. */
export const present = <T>(thing: T | undefined, words: string): T => {
  insist(thing !== undefined, `${words}: missing`)
  return thing
}

/** Longer than this, a value's text hides more than it shows. */
const SHOWN = 2_000

const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (value === undefined) return { is: 'undefined' }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const textOf = (value: unknown): string => JSON.stringify(value, plain) ?? 'undefined'
const shown = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text)

/** Compares plain data and bytes by content. @throws ContractBroken that shows both. */
export const insistSame = (actual: unknown, expected: unknown, words: string): void => {
  const [is, should] = [textOf(actual), textOf(expected)]
  insist(is === should, `${words}: is ${shown(is)}, should be ${shown(should)}`)
}

/** True for the same bytes; quicker on large arrays than `insistSame`. */
export const sameBytes = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a?.length === b.length && a.every((byte, i) => byte === b[i])

/** Waits for a rejection with one of these fault codes. @throws ContractBroken on another outcome. */
export const insistRefused = async (call: Promise<unknown>, codes: readonly string[], words: string): Promise<void> => {
  const outcome = await call.then(
    () => 'it worked',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )
  insist(codes.includes(outcome), `${words}: ${outcome}, should be refused as ${codes.join(' or ')}`)
}
