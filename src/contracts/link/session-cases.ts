import { base64url, fromBase64url } from '#model/base64url'
import { LIMITS } from '#model/limits'
import { decodeCandidate, encodeCandidate } from '#wire/candidate-signal'
import type { SessionFields } from '#wire/session'
import { readSession, sessionText } from '#wire/session-signal'
import type { DescriptionSignal, Signal } from '#wire/signal'
import { insist, insistSame, present } from '../insist.ts'
import { SOME_CANDIDATE } from '../some-session.ts'
import type { LinkEnd } from './link-end.ts'
import type { Carry, LinkCase, LinkPair } from './link-pair.ts'

const sessionOf = (signal: DescriptionSignal): SessionFields => {
  const parsed = readSession(signal.kind, signal.session)
  insist(parsed.ok, `what was told is no session of an ${signal.kind}`)
  return parsed.session
}
const descriptionsOf = (end: LinkEnd): readonly DescriptionSignal[] =>
  end.of('link.signal').flatMap(({ signal }) => ('session' in signal ? [signal] : []))
const lastOf = (end: LinkEnd): DescriptionSignal => present(descriptionsOf(end).at(-1), 'a description')

/** The same description with other fields. */
const changed = (signal: DescriptionSignal, change: Partial<SessionFields>): DescriptionSignal => ({
  ...signal,
  session: sessionText({ ...sessionOf(signal), ...change }),
})
const renamed = (signal: DescriptionSignal): DescriptionSignal =>
  changed(signal, { fingerprint: sessionOf(signal).fingerprint.map((byte) => byte ^ 1) })

/** Names another certificate in every answer but the first. */
const renameLater = (): Carry => {
  let answers = 0
  return (signal) => {
    if (signal.kind !== 'answer') return [signal]
    answers += 1
    return [answers > 1 ? renamed(signal) : signal]
  }
}

/** Both ends of the link, each with the one whose signals it hears. */
const eachWay = ({ dialer, answerer }: LinkPair): readonly (readonly [LinkEnd, LinkEnd])[] => [
  [dialer, answerer],
  [answerer, dialer],
]

/** An offer of the same attempt, as for an ICE restart. */
const offerOf = (end: LinkEnd): DescriptionSignal => {
  const last = lastOf(end)
  return { ...last, kind: 'offer', session: sessionText({ ...sessionOf(last), setup: 'actpass' }) }
}

const bytesOf = ({ session }: DescriptionSignal): Uint8Array => present(fromBase64url(session), 'base64url')
/** A session with one host candidate, 11 bytes from its end, whose bytes are changed there. */
const withCandidate = (offer: DescriptionSignal, change: (bytes: Uint8Array, at: number) => void): Uint8Array => {
  const bytes = bytesOf(changed(offer, { candidates: [SOME_CANDIDATE] }))
  change(bytes, bytes.length - 11)
  return bytes
}

/** Sessions that no device of ours makes, from one that is genuine. */
const forgeriesOf = (offer: DescriptionSignal): readonly string[] => [
  sessionText({ ...sessionOf(offer), setup: 'active' }),
  `${offer.session}=`,
  base64url(Uint8Array.from([...bytesOf(offer), 0])),
  base64url(bytesOf(offer).subarray(0, -1)),
  base64url(withCandidate(offer, (bytes, at) => bytes.fill(0, at + 5, at + 7))),
  base64url(withCandidate(offer, (bytes, at) => bytes.fill(0, at + 1, at + 5))),
  base64url(withCandidate(offer, (bytes, at) => bytes.fill(224, at + 7))),
]

const insistWorks = async (pair: LinkPair): Promise<void> => {
  await pair.works()
  for (const { role, of } of pair.ends) insistSame(of('link.refused'), [], `refusals of the ${role}`)
}

export const sessionCases: readonly LinkCase[] = [
  {
    id: 'LINK-34',
    says: 'both ends tell the same two fingerprints, those of the certificates that their sessions name',
    check: async (pair) => {
      await pair.opened()
      for (const [end, other] of eachWay(pair)) {
        const [ours, theirs] = [end, other].map((one) => base64url(sessionOf(lastOf(one)).fingerprint))
        insistSame(
          end.of('link.opened').map(({ fingerprints }) => fingerprints),
          [{ ours: present(ours, 'a fingerprint'), theirs: present(theirs, 'a fingerprint') }],
          `fingerprints of the ${end.role}`,
        )
        insist(ours !== theirs, 'both ends have one certificate')
      }
    },
  },
  {
    id: 'LINK-35',
    says: 'what is told are sessions and candidates in their strict form, and each candidate names its session',
    check: async (pair) => {
      await pair.opened()
      for (const end of pair.ends) {
        const ufrags = descriptionsOf(end).map((signal) => sessionOf(signal).ufrag)
        for (const { signal } of end.of('link.signal')) {
          if (signal.kind !== 'candidate') continue
          const told = decodeCandidate(signal.candidate)
          insist(told.ok && ufrags.includes(told.ufrag), `a candidate of the ${end.role} belongs to no session`)
        }
      }
    },
  },
  {
    id: 'LINK-36',
    says: 'signaling that names other certificates brings no link about: nobody is ever open, both give up',
    carry: () => (signal) => ['session' in signal ? renamed(signal) : signal],
    check: async ({ ends, until }) => {
      await until('both gave up', () => ends.every((end) => end.of('link.failed').length > 0))
      for (const end of ends)
        insistSame(
          [end.of('link.opened'), end.of('link.failed')],
          [[], [{ type: 'link.failed', fault: 'link-failed' }]],
          `openings and failures of the ${end.role}`,
        )
    },
  },
  {
    id: 'LINK-37',
    says: 'an offer that names another certificate ends an open link as fingerprint-changed, once, at either end',
    check: async (pair) => {
      await pair.opened()
      const told = eachWay(pair).map(([end, other]) => [end, renamed(offerOf(other))] as const)
      for (const [end, signal] of told) {
        end.send({ type: 'transport.signal', signal })
        end.send({ type: 'transport.signal', signal })
      }
      await pair.until('both ended', () => pair.ends.every((end) => end.of('link.failed').length > 0))
      for (const end of pair.ends)
        insistSame(
          end.facts.filter(({ type }) => type === 'link.failed' || type === 'link.closed'),
          [{ type: 'link.failed', fault: 'fingerprint-changed' }],
          `last words of the ${end.role}`,
        )
    },
  },
  {
    id: 'LINK-38',
    says: 'an ICE restart whose answer names another certificate ends the link as fingerprint-changed',
    needs: 'restart',
    carry: renameLater,
    check: async (pair) => {
      await pair.opened()
      const { dialer } = pair
      dialer.send({ type: 'transport.restartIce' })
      await pair.until('it was ended', () => dialer.of('link.failed').length > 0)
      insistSame(dialer.facts.at(-1), { type: 'link.failed', fault: 'fingerprint-changed' }, 'last word')
    },
  },
  {
    id: 'LINK-39',
    says: 'a session in any but its strict form is refused and counted by an open link, which goes on',
    check: async (pair) => {
      await pair.opened()
      for (const [end, other] of eachWay(pair)) {
        const forgeries = forgeriesOf(offerOf(other))
        for (const session of forgeries) end.send({ type: 'transport.signal', signal: { ...offerOf(other), session } })
        await pair.until('all were refused', () => end.of('link.refused').length >= forgeries.length)
        insistSame(
          end.of('link.refused'),
          forgeries.map((_, i) => ({ type: 'link.refused', fault: 'wire-malformed', count: i + 1 })),
          `refusals of the ${end.role}`,
        )
      }
      await pair.works()
    },
  },
  {
    id: 'LINK-40',
    says: 'candidates of a session that is over or to come, and the word that none follows, change nothing',
    check: async (pair) => {
      await pair.opened()
      for (const [end, other] of eachWay(pair)) {
        const { connId } = lastOf(other)
        const { ufrag } = sessionOf(lastOf(other))
        const tell = (candidate: string) =>
          end.send({ type: 'transport.signal', signal: { kind: 'candidate', connId, candidate } satisfies Signal })
        for (let port = 1; port <= LIMITS.candidatesPerDescription / 4; port++)
          tell(encodeCandidate({ ufrag: 'another', candidate: { ...SOME_CANDIDATE, port } }))
        tell(encodeCandidate({ ufrag, candidate: undefined }))
      }
      await insistWorks(pair)
    },
  },
]
