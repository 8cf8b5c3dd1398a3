import type { Entry } from '#model/entry'
import type { CryptoSuite } from '../crypto.types.ts'
import { keyBytes, signatureBytes } from './claim.ts'
import type { Control } from './control.types.ts'
import { readControl } from './read-control.ts'
import { rootRemovalStatement, rootStatement } from './statements.ts'

/** Whose words are checked. */
export interface RootTrust {
  readonly suite: Pick<CryptoSuite, 'verify'>
  /** The id by which certificates call the room. */
  readonly room: string
  /** The founder's public key, base64url: `parseRoomSecret(…).root`. */
  readonly root: string
}

/**
 * Finds what the root key did sign among what is said to be signed by it: what `membershipOf` takes as `roots`.
 * Each text is checked once, however often it was copied.
 *
 * @param known what was found before
 */
export const verifyRoots = async (
  entries: Iterable<Entry>,
  { suite, room, root }: RootTrust,
  known: ReadonlySet<string> = new Set(),
): Promise<ReadonlySet<string>> => {
  const verified = new Set(known)
  const claimed = new Map<string, Control>()
  for (const entry of entries) {
    const control = readControl(entry)
    if (control?.rootWord !== undefined && !known.has(control.rootWord)) claimed.set(control.rootWord, control)
  }
  const key = keyBytes(root)
  for (const [word, control] of claimed) {
    const [signature, said] = [signatureBytes(control.rootSig), saidIn(control, room)]
    if (key && signature && said && (await suite.verify(key, signature, said))) verified.add(word)
  }
  return verified
}

const saidIn = (control: Control, room: string): Uint8Array | undefined => {
  if (control.op === 'certify') return rootStatement(room, control)
  return control.op === 'remove' ? rootRemovalStatement(room, control.subject, control.cutoff) : undefined
}
