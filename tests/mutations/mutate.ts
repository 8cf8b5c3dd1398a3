import type { Mutant } from './mutants.ts'

/**
 * The source of a module with the mutant's change.
 *
 * @throws Error with words where the text to be changed does not stand there exactly once
 */
export const mutate = (source: string, { name, file, find, replace }: Mutant): string => {
  const parts = source.split(find)
  if (parts.length === 2) return parts.join(replace)
  throw new Error(
    `The mutant “${name}” no longer fits: its text stands ${parts.length - 1} times in ${file}, and must stand once.\n${find}`,
  )
}
