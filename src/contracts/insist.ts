import { differenceOf, textOf } from './difference.ts'

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

/** Compares plain data and bytes by content. @throws ContractBroken that says in what they differ. */
export const insistSame = (actual: unknown, expected: unknown, words: string): void => {
  if (textOf(actual) !== textOf(expected)) throw new ContractBroken(`${words}: ${differenceOf(actual, expected)}`)
}

/** True for the same bytes; quicker on large arrays than `insistSame`. */
export const sameBytes = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a?.length === b.length && a.every((byte, i) => byte === b[i])

/** Waits for a rejection with one of these fault codes. @throws ContractBroken on another outcome. */
export const insistRefused = async (call: Promise<unknown>, codes: readonly string[], words: string): Promise<void> => {
  const outcome = await call.then(
    () => 'it worked',
    // By its code alone: errors of another page or bundle are of another class.
    (error: unknown) =>
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error),
  )
  insist(codes.includes(outcome), `${words}: ${outcome}, should be refused as ${codes.join(' or ')}`)
}
