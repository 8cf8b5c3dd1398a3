import { LIMITS } from '#model/limits'
import { createDepot } from '#wire/depot'
import { sdpOf } from '#wire/session-sdp'
import { SESSION_TEXT_LENGTH, sessionText } from '#wire/session-signal'
import { expect, test, vi } from 'vitest'
import { FAKE_SESSION, FakePeerConnection } from '../../../tests/support/fake-peer-connection.ts'
import {
  answer,
  answerOf,
  AWAY,
  candidate,
  candidateOf,
  CONN,
  FINGERPRINTS,
  last,
  launch,
  offer,
  offerOf,
  settled,
} from '../../../tests/support/launched-transport.ts'
import { createSide } from '../../../tests/support/transport-side.ts'
import { createTransportLogic } from './create-transport-logic.ts'

const OTHER = new Uint8Array(32).fill(3)

test('a browser without WebRTC is told as a fact', () => {
  vi.stubGlobal('RTCPeerConnection', undefined)
  const depot = createDepot()
  const input = { peerId: 'b', connId: CONN, epoch: 7, role: 'dialer' } as const
  const side = createSide({ logic: createTransportLogic({ depot }), input, depot })
  expect(side.facts).toEqual([{ type: 'link.failed', fault: 'webrtc-missing' }])
  side.stop()
  vi.unstubAllGlobals()
})

test('a browser that gives no further connection is told as a fact', () => {
  const depot = createDepot()
  class Refusing {
    constructor() {
      throw new Error('Cannot create so many PeerConnections')
    }
  }
  const logic = createTransportLogic({ depot, RTCPeerConnection: Refusing as unknown as typeof RTCPeerConnection })
  const side = createSide({ logic, input: { peerId: 'b', connId: CONN, epoch: 7, role: 'dialer' }, depot })
  expect(side.facts).toEqual([{ type: 'link.failed', fault: 'link-failed' }])
  side.stop()
})

test('both channels are negotiated, reliable, ordered and made before any description', () => {
  const { pc, ctl, bulk } = launch({ role: 'answerer' })
  expect([ctl, bulk].map(({ label, options, binaryType }) => ({ label, ...options, binaryType }))).toEqual([
    { label: 'ctl', negotiated: true, id: 0, ordered: true, binaryType: 'arraybuffer' },
    { label: 'bulk', negotiated: true, id: 1, ordered: true, binaryType: 'arraybuffer' },
  ])
  expect(pc.localDescription).toBeNull()
})

test('the link is open only when both channels are, and tells the certificates of both ends', async () => {
  const { side, ctl, bulk } = launch()
  side.send({ type: 'transport.signal', signal: answer })
  await settled()
  ctl.open()
  expect(side.of('link.opened')).toHaveLength(0)
  bulk.open()
  bulk.onopen?.({})
  expect(side.of('link.opened')).toEqual([{ type: 'link.opened', fingerprints: FINGERPRINTS }])
})

test('the dialer offers once, with its epoch and the name of the attempt; the answerer waits', async () => {
  const dialer = launch()
  const answerer = launch({ role: 'answerer' })
  dialer.pc.onnegotiationneeded?.({})
  answerer.pc.onnegotiationneeded?.({})
  await settled()
  const signal = { kind: 'offer', connId: CONN, epoch: 7, session: sessionText(FAKE_SESSION) }
  expect(dialer.side.facts).toEqual([{ type: 'link.signal', signal }])
  expect(answerer.side.facts).toEqual([])
})

test('what the browser is given is built here, and says what the other side’s session says', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  side.send({ type: 'transport.signal', signal: offer })
  await settled()
  expect(pc.remoteDescription).toEqual({ type: 'offer', sdp: sdpOf(AWAY, 'offer') })
  const session = sessionText({ ...FAKE_SESSION, setup: 'active' })
  expect(side.facts).toEqual([{ type: 'link.signal', signal: { kind: 'answer', connId: CONN, epoch: 7, session } }])
})

test('a flood of signals is bounded while the browser is busy', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  pc.setRemoteDescription = () => new Promise(() => {})
  for (let i = 0; i < LIMITS.signalsQueued + 5; i++) side.send({ type: 'transport.signal', signal: offer })
  await settled()
  expect(side.of('link.refused')).toHaveLength(5)
})

test('in a glare the dialer ignores the offer and its candidates, and keeps its own', async () => {
  const { side, pc } = launch()
  await settled()
  pc.addIceCandidate = () => Promise.reject(new Error('unknown ufrag'))
  side.send({ type: 'transport.signal', signal: offerOf({ ufrag: 'Glare' }) })
  side.send({ type: 'transport.signal', signal: candidateOf(9, 'Glare') })
  await settled()
  expect(pc.remoteDescription).toBeNull()
  side.send({ type: 'transport.signal', signal: answer })
  await settled()
  expect(pc.remoteDescription?.type).toBe('answer')
  expect(side.of('link.refused')).toEqual([])
})

test('in a glare the polite answerer gives way', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  side.send({ type: 'transport.signal', signal: offer })
  await settled()
  side.send({ type: 'transport.restartIce' })
  await settled()
  expect(pc.signalingState).toBe('have-local-offer')
  side.send({ type: 'transport.signal', signal: offerOf({ ufrag: 'Second' }) })
  await settled()
  expect(pc.remoteDescription?.sdp).toContain('a=ice-ufrag:Second\r\n')
  expect(side.of('link.signal').map(({ signal }) => signal.kind)).toEqual(['answer', 'offer', 'answer'])
})

test('a repeated answer changes nothing', async () => {
  const { side, pc } = launch()
  await settled()
  side.send({ type: 'transport.signal', signal: answer })
  await settled()
  side.send({ type: 'transport.signal', signal: answerOf({ ufrag: 'Late', fingerprint: OTHER }) })
  await settled()
  expect(pc.remoteDescription?.sdp).toContain('a=ice-ufrag:Away\r\n')
  expect(side.of('link.failed')).toEqual([])
})

test('signals of another attempt and nudges are ignored', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  side.send({ type: 'transport.signal', signal: { ...offer, connId: 'conn-0' } })
  side.send({ type: 'transport.signal', signal: { ...candidate, connId: 'conn-2' } })
  side.send({ type: 'transport.signal', signal: { kind: 'nudge', epoch: 1 } })
  await settled()
  expect(pc.remoteDescription).toBeNull()
  expect(side.facts).toEqual([])
})

test('a description the browser refuses fails a link that is coming up', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  pc.setRemoteDescription = () => Promise.reject(new Error('no SDP'))
  side.send({ type: 'transport.signal', signal: offer })
  await settled()
  expect(side.facts).toEqual([{ type: 'link.failed', fault: 'link-failed' }])
})

test('a description the browser refuses is only counted on an open link', async () => {
  const { side, pc, open } = launch({ role: 'answerer' })
  await open()
  pc.setRemoteDescription = () => Promise.reject(new Error('no SDP'))
  side.send({ type: 'transport.signal', signal: offer })
  await settled()
  expect(last(side)).toEqual({ type: 'link.refused', fault: 'wire-malformed', count: 1 })
})

test.each<[string, string, string]>([
  ['that is larger than any', 'A'.repeat(SESSION_TEXT_LENGTH + 1), 'wire-too-large'],
  ['that is session description itself', sdpOf(AWAY, 'offer'), 'wire-malformed'],
  ['of an answer in an offer', answer.session, 'wire-malformed'],
  ['that goes on after its end', `${offer.session}AAAA`, 'wire-malformed'],
  ['of another version', `Ag${offer.session.slice(2)}`, 'wire-version'],
])(
  'a session %s never reaches the browser: counted where the link is open, the end where it is not',
  async (...given) => {
    const [, session, fault] = given
    for (const isOpen of [false, true]) {
      const { side, pc, open } = launch({ role: 'answerer' })
      if (isOpen) await open()
      const before = pc.remoteDescription
      side.send({ type: 'transport.signal', signal: { ...offer, session } })
      await settled()
      expect(pc.remoteDescription).toBe(before)
      expect(last(side)).toEqual(
        isOpen ? { type: 'link.refused', fault, count: 1 } : { type: 'link.failed', fault: 'link-failed' },
      )
    }
  },
)

test('our own description that cannot be made fails the link', async () => {
  vi.spyOn(FakePeerConnection.prototype, 'setLocalDescription').mockRejectedValueOnce(new Error('no certificate'))
  const { side } = launch()
  await settled()
  expect(side.facts).toEqual([{ type: 'link.failed', fault: 'link-failed' }])
})

test('a stack without ICE restart fails the link, so that a fresh one is made', async () => {
  const { side, pc, open } = launch()
  await open()
  Object.assign(pc, { restartIce: undefined })
  side.send({ type: 'transport.restartIce' })
  expect(last(side)).toEqual({ type: 'link.failed', fault: 'link-failed' })
})

test('a path lost before the link is open is nobody’s news', () => {
  const { side, pc } = launch()
  pc.connectionState = 'disconnected'
  pc.onconnectionstatechange?.({})
  pc.connectionState = 'connected'
  pc.onconnectionstatechange?.({})
  expect(side.facts).toEqual([])
})
