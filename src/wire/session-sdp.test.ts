import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import { corpus } from './session-corpus.testing.ts'
import { fieldsOfSdp, sdpOf } from './session-sdp.ts'
import { decodeSession, encodeSession, type SessionFields } from './session.ts'
import { hostCandidate, sampleSession, sessions } from './session.testing.ts'

const kindOf = ({ setup }: SessionFields) => (setup === 'actpass' ? 'offer' : 'answer')
const SDP = sdpOf({ ...sampleSession, candidates: [hostCandidate] }, 'offer')
const line = (name: string): string => new RegExp(`^a=${name}:.*\r\n`, 'm').exec(SDP)?.[0] ?? ''
const without = (name: string): string => SDP.replace(line(name), '')
const SHA1 = `a=fingerprint:sha-1 ${Array.from({ length: 20 }, () => 'AB').join(':')}\r\n`

describe('what browsers and Node stacks say of themselves', () => {
  it.each(corpus)('is read: $kind of $stack', ({ sdp, says }) => {
    expect(fieldsOfSdp(sdp)).toEqual({ ok: true, session: says })
  })

  it.each(corpus)('survives the way and is rebuilt: $kind of $stack', ({ sdp, kind }) => {
    const parsed = fieldsOfSdp(sdp)
    if (!parsed.ok) throw new Error(parsed.reason)
    const carried = decodeSession(encodeSession(parsed.session))
    if (!carried.ok) throw new Error(carried.reason)
    expect(fieldsOfSdp(sdpOf(carried.session, kind))).toEqual(parsed)
  })
})

describe('a description that we build', () => {
  it('says what the fields say', () => {
    fc.assert(
      fc.property(sessions, (session) => {
        expect(fieldsOfSdp(sdpOf(session, kindOf(session)))).toEqual({ ok: true, session })
      }),
    )
  })

  it('is the same text for the same fields, line by line as browsers write it', () => {
    const session = { ...sampleSession, candidates: [hostCandidate], complete: true }
    expect(sdpOf(session, 'offer').split('\r\n')).toEqual([
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      'a=group:BUNDLE 0',
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      'c=IN IP4 0.0.0.0',
      expect.stringMatching(/^a=candidate:\d+ 1 udp 2113937151 192\.0\.2\.7 58111 typ host$/),
      'a=end-of-candidates',
      'a=ice-ufrag:OpDk',
      'a=ice-pwd:OPd9GWsmjbN25gJMosh+0wjg',
      'a=ice-options:trickle',
      expect.stringMatching(/^a=fingerprint:sha-256 0B:30:55(:[0-9A-F]{2}){29}$/),
      'a=setup:actpass',
      'a=mid:0',
      'a=sctp-port:5000',
      'a=max-message-size:262144',
      '',
    ])
  })

  it.each<[string, Partial<SessionFields>]>([
    ['credentials that bring a line', { ufrag: 'abcd\r\na=x' }],
    ['a candidate that brings a line', { candidates: [{ ...hostCandidate, address: '192.0.2.7 9 typ host\r\na=x' }] }],
    ['a setup of the other kind', { setup: 'active' }],
    ['a fingerprint of another length', { fingerprint: new Uint8Array(20) }],
  ])('is none for %s', (_, wrong) => {
    expect(() => sdpOf({ ...sampleSession, ...wrong }, 'offer')).toThrow(FieldmeshError)
  })
})

describe('what our own browser says is refused', () => {
  it.each<[string, string]>([
    ['with nothing in it', ''],
    ['without a fingerprint', without('fingerprint')],
    ['with a fingerprint by SHA-1', SDP.replace(line('fingerprint'), SHA1)],
    ['with a fingerprint that says it is by SHA-1', SDP.replace('sha-256', 'sha-1')],
    ['with a second fingerprint, by SHA-1', `${SDP}${SHA1}`],
    ['with a second fingerprint', `${SDP}${line('fingerprint').replace('0B', '0C')}`],
    ['with the same fingerprint twice', `${SDP}${line('fingerprint')}`],
    ['with a fingerprint at the top and another below', SDP.replace('t=0 0\r\n', `t=0 0\r\n${line('fingerprint')}`)],
    ['with half a fingerprint', SDP.replace(/(sha-256 .{47}).*/, '$1')],
    ['with fingerprints by SHA-256 and SHA-512 in one line', SDP.replace(/(a=fingerprint:.*)/, '$1 sha-512 00')],
    ['without a ufrag', without('ice-ufrag')],
    ['with two ufrags', `${SDP}a=ice-ufrag:abcd\r\n`],
    ['with a ufrag too long', SDP.replace('OpDk', 'a'.repeat(257))],
    ['with a ufrag of other letters', SDP.replace('OpDk', 'Op-k')],
    ['without a pwd', without('ice-pwd')],
    ['with a pwd too short', SDP.replace(line('ice-pwd'), 'a=ice-pwd:short\r\n')],
    ['without a setup', without('setup')],
    ['with holdconn', SDP.replace('actpass', 'holdconn')],
    ['with no media', SDP.replace(/m=.*\r\n/, '')],
    ['with two media', SDP.replace(/(m=.*\r\n)/, '$1$1')],
    ['with audio', SDP.replace(/m=.*\r\n/, 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n')],
    ['with data and audio', `${SDP}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n`],
    ['with data that was turned down', SDP.replace('m=application 9', 'm=application 0')],
    ['with data in the old notation', SDP.replace('UDP/DTLS/SCTP webrtc-datachannel', 'DTLS/SCTP 5000')],
    ['with media of another number', SDP.replace('a=mid:0', 'a=mid:data')],
    ['with another SCTP port', SDP.replace('sctp-port:5000', 'sctp-port:5001')],
    ['of an ICE lite agent', `${SDP}a=ice-lite\r\n`],
  ])('%s', (_, sdp) => {
    expect(fieldsOfSdp(sdp)).toMatchObject({ ok: false, fault: 'wire-malformed' })
  })

  it('where it is larger than any browser writes', () => {
    expect(fieldsOfSdp(`${SDP}${'a=x\r\n'.repeat(20_000)}`)).toMatchObject({ ok: false, fault: 'wire-too-large' })
  })

  it('never with a throw, whatever the text', () => {
    const bent = fc.tuple(fc.nat(SDP.length), fc.nat(40), fc.string()).map(([at, length, text]) => {
      return SDP.slice(0, at) + text + SDP.slice(at + length)
    })
    const run = fc.property(fc.oneof(bent, fc.string()), (text) => typeof fieldsOfSdp(text).ok === 'boolean')
    expect(() => fc.assert(run, { numRuns: 1_000 })).not.toThrow()
  })
})

describe('candidates that cannot be told on', () => {
  it('are left out, and the rest is told', () => {
    const odd = ['example.org 9 typ host', '0.0.0.0 0 typ relay', '192.0.2.7 0 typ host']
    const lines = odd.map((rest) => `a=candidate:1 1 udp 1 ${rest}\r\n`).join('')
    expect(fieldsOfSdp(SDP + lines)).toEqual(fieldsOfSdp(SDP))
  })

  it('are those beyond the bound, too', () => {
    const parsed = fieldsOfSdp(SDP + line('candidate').repeat(100))
    expect(parsed.ok && parsed.session.candidates).toHaveLength(LIMITS.candidatesPerDescription)
  })
})
