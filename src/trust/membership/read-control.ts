import { canonicalJson } from '#model/canonical'
import type { Entry, Json } from '#model/entry'
import { seqOf } from '#model/entry-dot'
import { isPlainObject } from '#model/plain-object'
import { peerIdOf } from '../peer-id-of.ts'
import { keyBytes, readClaim, signatureBytes } from './claim.ts'
import { type Certify, type Control, type Introduce, MEMBER_TYPE, type Remove } from './control.types.ts'
import { isMemberName } from './member-name.ts'
import { MEMBERSHIP_BOUNDS } from './membership-bounds.ts'

type Field = 'op' | 'seen' | 'rootSig' | 'sig' | 'cutoff' | 'why' | 'key' | 'role' | 'from' | 'until' | 'name'
type Data = Readonly<Partial<Record<Field, unknown>>>
type Base = Pick<Control, 'author' | 'seq' | 'timestamp' | 'subject' | 'seen' | 'rootSig'>

/**
 * Reads a control entry. Fields that it does not know are passed over: a later version may add remarks, and takes another
 * `op` for whatever must be understood.
 *
 * @returns undefined for an entry of another type, and for one that says nothing of which devices could agree
 */
export const readControl = (entry: Entry): Control | undefined => {
  if (entry.resourceType !== MEMBER_TYPE || entry.action === 'delete') return undefined
  const data: Data = entry.data
  const base = readBase(entry, data)
  if (base === undefined) return undefined
  if (data.op === 'certify') return readCertify(base, data)
  if (data.op === 'remove') return readRemove(base, data)
  return data.op === 'introduce' ? readIntroduce(base, data) : undefined
}

/**
 * What the root key is said to have signed, as a text, signature included: copies of it are the same word of the root,
 * whoever wrote them down and whatever stands beside it, and what was found out of one holds for all.
 */
const rootWordOf = ({ subject, rootSig }: Base, ...said: readonly Json[]): { readonly rootWord?: string } =>
  rootSig === undefined ? {} : { rootWord: canonicalJson([rootSig, subject, ...said]) }

const readBase = (entry: Entry, { seen: said, rootSig }: Data): Base | undefined => {
  const { peerId: author, id: subject, timestamp } = entry
  const seen = readSeen(said, author)
  if (seen === undefined || (rootSig !== undefined && !signatureBytes(rootSig))) return undefined
  return { author, seq: seqOf(entry), timestamp, subject, seen, ...(typeof rootSig === 'string' && { rootSig }) }
}

/** Nobody needs to say that he has seen himself: his log is in order. */
const readSeen = (value: unknown, author: string): ReadonlyMap<string, number> | undefined => {
  if (value === undefined) return NOTHING_SEEN
  if (!isPlainObject(value) || Object.hasOwn(value, author)) return undefined
  const seen = Object.entries(value)
  if (seen.length > MEMBERSHIP_BOUNDS.seenAuthors || !seen.every(([, seq]) => isCount(seq, 1))) return undefined
  return new Map(seen as [string, number][])
}

const NOTHING_SEEN: ReadonlyMap<string, number> = new Map()

const isCount = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least

/** A key is that of the subject alone: ids are made from keys. */
const isKeyOf = (subject: string, key: unknown): key is string => {
  const bytes = keyBytes(key)
  return bytes !== undefined && peerIdOf(bytes) === subject
}

const readCertify = (base: Base, data: Data): Certify | undefined => {
  const claim = readClaim(data)
  if (!claim || !isKeyOf(base.subject, claim.key)) return undefined
  const sig = base.rootSig ?? data.sig
  if (typeof sig !== 'string' || !signatureBytes(sig)) return undefined
  const { key, role, from, until, name } = claim
  return { ...base, op: 'certify', ...claim, sig, ...rootWordOf(base, key, role, from, until, name) }
}

const readRemove = (base: Base, { cutoff, why }: Data): Remove | undefined => {
  if (!isPlainObject(cutoff)) return undefined
  const [pair, ...more] = Object.entries(cutoff)
  const [author, seq] = pair ?? []
  if (more.length > 0 || author !== base.subject || !isCount(seq, 0)) return undefined
  const remove: Remove = { ...base, op: 'remove', cutoff: seq, ...rootWordOf(base, seq) }
  if (why === undefined) return remove
  return typeof why === 'string' && why.length <= MEMBERSHIP_BOUNDS.whyLength ? { ...remove, why } : undefined
}

const readIntroduce = (base: Base, { key, name }: Data): Introduce | undefined => {
  if (base.author !== base.subject || !isKeyOf(base.subject, key) || !isMemberName(name)) return undefined
  return { ...base, op: 'introduce', key, name }
}
