import { LIMITS } from '#model/limits'
import { createDepot } from '#wire/depot'
import { expect, test, vi } from 'vitest'
import { FakePeerConnection } from '../../../tests/support/fake-peer-connection.ts'
import { CONN, launch, last, offer, answer, candidate, settled } from '../../../tests/support/launched-transport.ts'
import { createSide } from '../../../tests/support/transport-side.ts'
import { createTransportLogic } from './create-transport-logic.ts'

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

test('the link is open only when both channels are', () => {
  const { side, ctl, bulk } = launch()
  ctl.open()
  expect(side.of('link.opened')).toHaveLength(0)
  bulk.open()
  bulk.onopen?.({})
  expect(side.of('link.opened')).toHaveLength(1)
})

test('the dialer offers once, with its epoch and the name of the attempt; the answerer waits', async () => {
  const dialer = launch()
  const answerer = launch({ role: 'answerer' })
  dialer.pc.onnegotiationneeded?.({})
  answerer.pc.onnegotiationneeded?.({})
  await settled()
  const signal = { kind: 'offer', connId: CONN, epoch: 7, sdp: 'v=0 local' }
  expect(dialer.side.facts).toEqual([{ type: 'link.signal', signal }])
  expect(answerer.side.facts).toEqual([])
})

test('candidates that overtake the description wait for it, in order', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  for (const line of [1, 2]) side.send({ type: 'transport.signal', signal: { ...candidate, line } })
  await settled()
  expect(pc.candidates).toEqual([])
  side.send({ type: 'transport.signal', signal: offer })
  await settled()
  expect(pc.candidates.map(({ sdpMLineIndex }) => sdpMLineIndex)).toEqual([1, 2])
  expect(side.of('link.signal').map(({ signal }) => signal.kind)).toEqual(['answer'])
})

test('candidates beyond the limit of one description are refused and counted', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  for (let i = 0; i < LIMITS.candidatesPerDescription + 2; i++)
    side.send({ type: 'transport.signal', signal: candidate })
  await settled()
  side.send({ type: 'transport.signal', signal: offer })
  await settled()
  expect(pc.candidates).toHaveLength(LIMITS.candidatesPerDescription)
  expect(side.of('link.refused')).toEqual([1, 2].map((count) => ({ type: 'link.refused', fault: 'wire-limit', count })))
})

test('a flood of signals is bounded while the browser is busy', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  pc.setRemoteDescription = () => new Promise(() => {})
  for (let i = 0; i < LIMITS.signalsQueued + 5; i++) side.send({ type: 'transport.signal', signal: offer })
  await settled()
  expect(side.of('link.refused')).toHaveLength(5)
})

test('a candidate that the browser refuses is counted, and the link goes on', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  pc.addIceCandidate = () => Promise.reject(new Error('not a candidate'))
  side.send({ type: 'transport.signal', signal: offer })
  side.send({ type: 'transport.signal', signal: candidate })
  await settled()
  expect(last(side)).toEqual({ type: 'link.refused', fault: 'wire-malformed', count: 1 })
})

test('in a glare the dialer ignores the offer and its candidates, and keeps its own', async () => {
  const { side, pc } = launch()
  await settled()
  pc.addIceCandidate = () => Promise.reject(new Error('unknown ufrag'))
  side.send({ type: 'transport.signal', signal: offer })
  side.send({ type: 'transport.signal', signal: candidate })
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
  side.send({ type: 'transport.signal', signal: { ...offer, sdp: 'v=0 second' } })
  await settled()
  expect(pc.remoteDescription?.sdp).toBe('v=0 second')
  expect(side.of('link.signal').map(({ signal }) => signal.kind)).toEqual(['answer', 'offer', 'answer'])
})

test('a repeated answer changes nothing', async () => {
  const { side, pc } = launch()
  await settled()
  side.send({ type: 'transport.signal', signal: answer })
  await settled()
  side.send({ type: 'transport.signal', signal: { ...answer, sdp: 'v=0 late' } })
  await settled()
  expect(pc.remoteDescription?.sdp).toBe('v=0 remote')
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
  open()
  pc.setRemoteDescription = () => Promise.reject(new Error('no SDP'))
  side.send({ type: 'transport.signal', signal: offer })
  await settled()
  expect(last(side)).toEqual({ type: 'link.refused', fault: 'wire-malformed', count: 1 })
})

test('a description beyond the size of a signal never reaches the browser', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  side.send({ type: 'transport.signal', signal: { ...offer, sdp: 'x'.repeat(LIMITS.signalBytes + 1) } })
  await settled()
  expect(pc.remoteDescription).toBeNull()
  expect(last(side)).toEqual({ type: 'link.refused', fault: 'wire-too-large', count: 1 })
})

test('our own description that cannot be made fails the link', async () => {
  vi.spyOn(FakePeerConnection.prototype, 'setLocalDescription').mockRejectedValueOnce(new Error('no certificate'))
  const { side } = launch()
  await settled()
  expect(side.facts).toEqual([{ type: 'link.failed', fault: 'link-failed' }])
})

test('a stack without ICE restart fails the link, so that a fresh one is made', () => {
  const { side, pc, open } = launch()
  open()
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
