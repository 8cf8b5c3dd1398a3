import { base64url, fromBase64url } from '#model/base64url'
import { decodeSession, encodeSession, type ParsedSession, SESSION_BYTES, type SessionFields } from './session.ts'

export type DescriptionKind = 'offer' | 'answer'

/** Characters of the largest session as base64url. */
export const SESSION_TEXT_LENGTH = Math.ceil((SESSION_BYTES * 4) / 3)

/** An offer leaves open who begins DTLS, an answer decides it (RFC 8842, §5.2 and §5.3). */
export const isSetupOf = (kind: DescriptionKind, { setup }: SessionFields): boolean =>
  (kind === 'offer') === (setup === 'actpass')

/**
 * What an `offer` or `answer` signal carries: base64url of the session's bytes.
 *
 * @throws FieldmeshError `wire-malformed` for fields that no session may have
 */
export const sessionText = (session: SessionFields): string => base64url(encodeSession(session))

/** The session in an `offer` or `answer` signal; the only parser of them. Never throws. */
export const readSession = (kind: DescriptionKind, text: string): ParsedSession => {
  if (text.length > SESSION_TEXT_LENGTH) return { ok: false, fault: 'wire-too-large', reason: 'session: length' }
  const bytes = fromBase64url(text)
  if (bytes === undefined) return { ok: false, fault: 'wire-malformed', reason: 'session: not base64url' }
  const parsed = decodeSession(bytes)
  if (!parsed.ok || isSetupOf(kind, parsed.session)) return parsed
  return { ok: false, fault: 'wire-malformed', reason: `session: setup of no ${kind}` }
}
