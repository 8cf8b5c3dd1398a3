const MARK = '~'

/**
 * A room as invitations write it: a check of 4 characters, a tilde, the secret. The check stands first, so that an
 * invitation cut off at its end still has it.
 */
export const writeInvitation = (secret: string): string => `${checkOf(secret)}${MARK}${secret}`

/** The secret in an invitation; undefined when it does not fit its check. A bare secret without a tilde has none. */
export const readInvitation = (written: string): string | undefined => {
  const mark = written.indexOf(MARK)
  if (mark === -1) return written
  const secret = written.slice(mark + 1)
  return secret && written.slice(0, mark) === checkOf(secret) ? secret : undefined
}

/** 36⁴: as many checks as there are with 4 characters. */
const CHECKS = 1_679_616

/** FNV-1a. It finds slips of the hand; it keeps nobody out. */
const checkOf = (secret: string): string => {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(secret)) hash = Math.imul(hash ^ byte, 0x01000193)
  return ((hash >>> 0) % CHECKS).toString(36).padStart(4, '0')
}
