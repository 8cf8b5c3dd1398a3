import { charactersToken } from './size-tokens.ts'

/** Parts of letters, digits and a few signs, none long enough for a key: what programs call things, never prose. */
const PART = '[\\w$*()[\\]#@-]{0,40}'
const NAME = new RegExp(`^${PART}(?:[.:/]${PART})*$`)
const LONGEST = 160
/** Types repeat by the thousand; ids such as `reassembly:7` do not. */
const MOST_KNOWN = 1_000

const known = new Map<string, string>()

const cleaned = (name: string): string => (name.length <= LONGEST && NAME.test(name) ? name : charactersToken(name))

/**
 * An event's type or an actor's id as it may rest in a recording: as it is where it looks like what a program calls
 * things, such as `xstate.done.actor.peer:1`, and its size otherwise.
 */
export const cleanName = (name: string): string => {
  const before = known.get(name)
  if (before !== undefined) return before
  const clean = cleaned(name)
  if (known.size < MOST_KNOWN) known.set(name, clean)
  return clean
}
