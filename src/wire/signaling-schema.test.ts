import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '#model/limits'
import { encodeCandidate } from './candidate-signal.ts'
import { SESSION_TEXT_LENGTH, sessionText } from './session-signal.ts'
import { hostCandidate, sampleSession } from './session.testing.ts'
import type { Signal } from './signal.ts'
import type { ClientFrame, ServerFrame } from './signaling.ts'
import { parseClientFrame, parseServerFrame, parseSignal } from './signaling-schema.ts'

const limits = { frameBytes: 1, boxBytes: 1, roomPeers: 1, perSecond: 1, burst: 1, joinMs: 1 }
const clientFrames: ClientFrame[] = [
  { t: 'join', room: 'r', peer: 'p' },
  { t: 'join', room: 'r', peer: 'p', pub: 'k', roomSig: 's', devSig: 's', token: 't' },
  { t: 'signal', to: 'q', id: 0, box: '{}' },
  { t: 'leave' },
]
const serverFrames: ServerFrame[] = [
  { t: 'hello', v: 1, nonce: 'n', node: 'm', ping: 25_000, limits },
  {
    t: 'joined',
    peers: ['a', 'b'],
    ice: [{ urls: ['stun:x'] }, { urls: 'turn:x', username: 'u', credential: 'c' }],
    session: 's',
  },
  { t: 'peer-joined', peer: 'a' },
  { t: 'peer-left', peer: 'a', why: 'node-lost' },
  { t: 'signal', from: 'a', id: 7, box: 'x' },
  { t: 'error', code: 'peer-gone', ref: 7 },
  { t: 'error', code: 'rate-limited', retryMs: 34 },
  { t: 'drain', retryMs: 1_000 },
]
const signals: Signal[] = [
  { kind: 'offer', connId: 'c', epoch: 1, session: sessionText(sampleSession) },
  { kind: 'answer', connId: 'c', epoch: 1, session: sessionText({ ...sampleSession, setup: 'active' }) },
  { kind: 'candidate', connId: 'c', candidate: encodeCandidate({ ufrag: 'OpDk', candidate: hostCandidate }) },
  { kind: 'candidate', connId: 'c', candidate: encodeCandidate({ ufrag: 'OpDk', candidate: undefined }) },
  { kind: 'nudge', epoch: 1 },
]

describe('frames of fieldmesh.sig.v1', () => {
  it.each(clientFrames)('reads what a device says: %j', (frame) => {
    expect(parseClientFrame(JSON.stringify(frame))).toEqual({ ok: true, frame })
  })

  it.each(serverFrames)('reads what the server says: %j', (frame) => {
    expect(parseServerFrame(JSON.stringify(frame))).toEqual({ ok: true, frame })
  })

  it.each(signals)('reads what is in the box: %j', (signal) => {
    expect(parseSignal(JSON.stringify(signal))).toEqual({ ok: true, signal })
  })

  it.each([
    ['', 'bad-json'],
    ['{', 'bad-json'],
    ['null', 'bad-message'],
    ['[]', 'bad-message'],
    ['{}', 'bad-message'],
    ['{"t":"dance"}', 'bad-message'],
    ['{"t":"leave","why":"x"}', 'bad-message'],
    ['{"t":"leave","__proto__":{"t":"join"}}', 'bad-message'],
    ['{"t":"leave","constructor":1}', 'bad-message'],
    ['{"t":"join","room":"r"}', 'bad-message'],
    ['{"t":"join","room":"","peer":"p"}', 'bad-message'],
    ['{"t":"join","room":"a\\u0000b","peer":"p"}', 'bad-message'],
    ['{"t":"join","room":"\\ud800","peer":"p"}', 'bad-message'],
    ['{"t":"signal","to":"q","id":-1,"box":""}', 'bad-message'],
    ['{"t":"signal","to":"q","id":1.5,"box":""}', 'bad-message'],
    ['{"t":"signal","to":["q"],"id":1,"box":""}', 'bad-message'],
  ])('refuses a device that says %s', (text, code) => {
    expect(parseClientFrame(text)).toMatchObject({ ok: false, code })
  })

  it('refuses ids without end and nesting without end', () => {
    expect(parseClientFrame(`{"t":"join","room":"${'r'.repeat(257)}","peer":"p"}`)).toMatchObject({
      code: 'bad-message',
    })
    expect(parseClientFrame(`${'['.repeat(8_000)}${']'.repeat(8_000)}`)).toMatchObject({ code: 'bad-message' })
  })

  it('tells a signal too large by its id, counting bytes and not characters', () => {
    const fits = JSON.stringify({ t: 'signal', to: 'q', id: 3, box: 'é'.repeat(LIMITS.signalBytes / 2) })
    const tooLarge = JSON.stringify({ t: 'signal', to: 'q', id: 4, box: 'é'.repeat(LIMITS.signalBytes / 2 + 1) })
    expect(parseClientFrame(fits)).toMatchObject({ ok: true })
    expect(parseClientFrame(tooLarge)).toMatchObject({ ok: false, code: 'too-large', ref: 4 })
  })

  it('tells a server of another version from a broken one', () => {
    const hello = { ...serverFrames[0], v: 2 }
    expect(parseServerFrame(JSON.stringify(hello))).toMatchObject({ ok: false, code: 'unsupported-version' })
    expect(parseServerFrame(JSON.stringify({ ...hello, v: 1, limits: {} }))).toMatchObject({
      ok: false,
      code: 'bad-message',
    })
  })

  it('refuses a frame and a roster beyond what one room can be', () => {
    const peers = Array.from({ length: LIMITS.signalingRoster + 1 }, (_, i) => `p${i}`)
    expect(parseServerFrame(JSON.stringify({ t: 'joined', peers, ice: [], session: 's' }))).toMatchObject({ ok: false })
    const padded = `{"t":"leave"${' '.repeat(LIMITS.signalingServerFrameLength)}}`
    expect(parseServerFrame(padded)).toMatchObject({ ok: false, code: 'too-large' })
  })

  it('refuses a box that holds no signal', () => {
    expect(parseSignal('not json')).toMatchObject({ ok: false, code: 'wire-malformed' })
    expect(parseSignal('{"kind":"offer","connId":"c","epoch":1}')).toMatchObject({ ok: false, code: 'wire-malformed' })
    expect(parseSignal('{"kind":"nudge","epoch":1,"more":1}')).toMatchObject({ ok: false, code: 'wire-malformed' })
    expect(parseSignal(`"${'x'.repeat(LIMITS.signalBytes)}"`)).toMatchObject({ ok: false, code: 'wire-too-large' })
  })

  it.each([
    ['a session description', { kind: 'offer', connId: 'c', epoch: 1, session: 'v=0\r\n' }],
    ['an answer’s session in an offer', { ...signals[1], kind: 'offer' }],
    ['an offer’s session in an answer', { ...signals[0], kind: 'answer' }],
    [
      'a candidate as a line',
      { kind: 'candidate', connId: 'c', candidate: 'candidate:1 1 udp 1 192.0.2.7 9 typ host' },
    ],
    ['a session for a candidate', { kind: 'candidate', connId: 'c', candidate: sessionText(sampleSession) }],
    ['SDP beside the session', { ...signals[0], sdp: 'v=0' }],
  ])('refuses a box with %s', (_, signal) => {
    expect(parseSignal(JSON.stringify(signal))).toMatchObject({ ok: false, code: 'wire-malformed' })
  })

  it('refuses a session too large as such', () => {
    const session = 'A'.repeat(SESSION_TEXT_LENGTH + 1)
    const text = JSON.stringify({ kind: 'offer', connId: 'c', epoch: 1, session })
    expect(parseSignal(text)).toMatchObject({ ok: false, code: 'wire-too-large' })
  })

  it('never throws, whatever the text', () => {
    const twisted = fc
      .tuple(fc.constantFrom(...clientFrames, ...serverFrames), fc.nat(), fc.jsonValue({ maxDepth: 1 }))
      .map(([frame, at, value]) =>
        JSON.stringify({ ...frame, [Object.keys(frame)[at % Object.keys(frame).length] ?? 't']: value }),
      )
    const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
    const texts = fc.oneof(anyText, fc.json({ maxDepth: 2 }), twisted)
    const reasons = fc.property(texts, (text) =>
      [parseClientFrame(text), parseServerFrame(text), parseSignal(text)].every(
        (result) => result.ok || result.reason.length < 100,
      ),
    )
    expect(() => fc.assert(reasons)).not.toThrow()
  })
})
