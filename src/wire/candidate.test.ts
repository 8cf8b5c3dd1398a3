import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressText, packAddress } from './candidate-address.ts'
import { candidateLine, parseCandidateLine } from './candidate-line.ts'
import { CANDIDATE_TEXT_LENGTH, decodeCandidate, encodeCandidate } from './candidate-signal.ts'
import { candidates, hostCandidate, sampleSession, ufrags } from './session.testing.ts'
import { sessionText } from './session-signal.ts'

const { ufrag } = sampleSession
const HOST = 'candidate:1 1 udp 2113937151 192.0.2.7 58111 typ host'

describe('an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::1', '::1'],
    ['FD00:0:0:0:0:0:0:2', 'fd00::2'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::ffff:192.0.2.7', '::ffff:c000:207'],
    ['fe80::', 'fe80::'],
    ['C17AD899-fc88-4380-9152-8a02ba055a45.local', 'c17ad899-fc88-4380-9152-8a02ba055a45.local'],
  ])('%s is told as %s', (text, told) => {
    const packed = packAddress(text)
    expect(packed && addressText(packed)).toBe(told)
  })

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4 ',
    '1.2.3.4\n',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'fe80::1%eth0',
    '::1.2.3',
    '::1\n',
    'printer.local',
    'c17ad899fc88438091528a02ba055a45.local',
    'c17ad899-fc88-4380-9152-8a02ba055a45.local.evil',
    'example.org',
  ])('%j is none', (text) => {
    expect(packAddress(text)).toBeUndefined()
  })
})

describe('a candidate as our browser tells it', () => {
  it('reads as it is written', () => {
    fc.assert(
      fc.property(candidates, ufrags, (candidate, name) => {
        expect(parseCandidateLine(candidateLine(candidate, name))).toEqual({ candidate, ufrag: name })
        expect(parseCandidateLine(`a=${candidateLine(candidate)}`)).toEqual({ candidate })
      }),
    )
  })

  it.each([
    ['Chromium', `${HOST} generation 0 ufrag OpDk network-id 1 network-cost 10`, 'OpDk'],
    ['node-datachannel', `a=${HOST.replace('udp', 'UDP')}`, undefined],
    ['an empty extension list', `${HOST} `, undefined],
  ])('is read from %s', (_, line, name) => {
    expect(parseCandidateLine(line)).toEqual({ candidate: hostCandidate, ...(name && { ufrag: name }) })
  })

  it('of TCP says who opens it', () => {
    const line = 'candidate:0 1 TCP 2105524479 192.0.2.7 9 typ host tcptype active'
    expect(parseCandidateLine(line)?.candidate).toMatchObject({ transport: 'tcp-active', port: 9 })
    expect(parseCandidateLine(line.replace(' tcptype active', ''))).toBeUndefined()
  })

  it.each([
    ['srflx raddr 0.0.0.0 rport 0', { address: '0.0.0.0', port: 0 }],
    ['srflx raddr 10.0.0.3 rport 4000', { address: '10.0.0.3', port: 4_000 }],
    ['relay', { address: '0.0.0.0', port: 0 }],
    ['relay raddr ::/0 rport 0', { address: '0.0.0.0', port: 0 }],
  ])('is related to %s', (how, related) => {
    expect(parseCandidateLine(HOST.replace('host', how))?.candidate.related).toEqual(related)
  })

  it.each([
    '',
    'candidate:',
    'candidate:nonsense',
    HOST.replace(' 1 udp', ' 2 udp'),
    HOST.replace('udp', 'sctp'),
    HOST.replace('58111', '0'),
    HOST.replace('58111', '65536'),
    HOST.replace('2113937151', '0'),
    HOST.replace('2113937151', '2147483648'),
    HOST.replace('192.0.2.7', 'example.org'),
    HOST.replace('192.0.2.7', '0.0.0.0'),
    HOST.replace('192.0.2.7', '255.255.255.255'),
    HOST.replace('host', 'magic'),
    `${HOST}\r\na=fingerprint:sha-256 00`,
    `${HOST} generation`,
    `${HOST} generation 0\na=x y`,
    `${HOST}${' generation 0'.repeat(100)}`,
  ])('is not told on: %j', (line) => {
    expect(parseCandidateLine(line)).toBeUndefined()
  })

  it('has one foundation with others of its base, and another than those', () => {
    const foundation = (candidate: typeof hostCandidate) => candidateLine(candidate).split(' ')[0]
    expect(foundation({ ...hostCandidate, port: 1, priority: 1 })).toBe(foundation(hostCandidate))
    expect(foundation({ ...hostCandidate, transport: 'tcp-active' })).not.toBe(foundation(hostCandidate))
    expect(foundation({ ...hostCandidate, address: '10.0.0.1' })).not.toBe(foundation(hostCandidate))
  })
})

describe('a candidate in a signal', () => {
  it('comes out as it went in, the last word included', () => {
    fc.assert(
      fc.property(fc.option(candidates, { nil: undefined }), ufrags, (candidate, name) => {
        const text = encodeCandidate({ ufrag: name, candidate })
        expect(decodeCandidate(text)).toEqual({ ok: true, ufrag: name, candidate })
        expect(text.length).toBeLessThanOrEqual(CANDIDATE_TEXT_LENGTH)
      }),
    )
  })

  it('takes 22 characters with an IPv4 address', () => {
    expect(encodeCandidate({ ufrag, candidate: hostCandidate })).toHaveLength(22)
  })

  it.each([
    ['is empty', ''],
    ['is a line of SDP', HOST],
    ['is a session', sessionText(sampleSession)],
    ['goes on after its end', `${encodeCandidate({ ufrag, candidate: hostCandidate })}AA`],
    ['is cut', encodeCandidate({ ufrag, candidate: hostCandidate }).slice(0, -4)],
    ['is of another version', `Ag${encodeCandidate({ ufrag, candidate: undefined }).slice(2)}`],
  ])('is refused where it %s', (_, text) => {
    expect(decodeCandidate(text)).toMatchObject({ ok: false, fault: 'wire-malformed' })
  })

  it('is refused where it is too long', () => {
    const text = 'A'.repeat(CANDIDATE_TEXT_LENGTH + 1)
    expect(decodeCandidate(text)).toMatchObject({ ok: false, fault: 'wire-too-large' })
  })
})
