import { sha256 } from '@noble/hashes/sha2.js'
import { base64url } from '#model/base64url'
import { sdpOf } from '#wire/session-sdp'
import { expect, test, vi } from 'vitest'
import { FAKE_SESSION, FakePeerConnection } from '../../../tests/support/fake-peer-connection.ts'
import {
  answerOf,
  AWAY,
  FINGERPRINTS,
  last,
  launch,
  offer,
  offerOf,
  settled,
} from '../../../tests/support/launched-transport.ts'

const OTHER = new Uint8Array(32).fill(3)
const CERTIFICATE = new Uint8Array([48, 130, 1, 1]).buffer

test.each(['dialer', 'answerer'] as const)(
  'another fingerprint at a renegotiation ends the link of the %s, and never reaches the browser',
  async (role) => {
    const { side, pc, open } = launch({ role })
    await open()
    const before = pc.remoteDescription
    side.send({ type: 'transport.signal', signal: offerOf({ ufrag: 'Again', fingerprint: OTHER }) })
    await settled()
    expect(pc.remoteDescription).toBe(before)
    expect(last(side)).toEqual({ type: 'link.failed', fault: 'fingerprint-changed' })
  },
)

test('another fingerprint in the answer to an ICE restart ends the link; the same one goes on', async () => {
  for (const fingerprint of [AWAY.fingerprint, OTHER]) {
    const { side, open } = launch()
    await open()
    side.send({ type: 'transport.restartIce' })
    await settled()
    side.send({ type: 'transport.signal', signal: answerOf({ ufrag: 'Again', fingerprint }) })
    await settled()
    const failed = fingerprint === OTHER ? [{ type: 'link.failed', fault: 'fingerprint-changed' }] : []
    expect(side.of('link.failed')).toEqual(failed)
  }
})

test('the first fingerprint holds from the first session on, before the link is open', async () => {
  const { side } = launch({ role: 'answerer' })
  side.send({ type: 'transport.signal', signal: offer })
  side.send({ type: 'transport.signal', signal: offerOf({ fingerprint: OTHER }) })
  await settled()
  expect(last(side)).toEqual({ type: 'link.failed', fault: 'fingerprint-changed' })
})

test.each<[string, readonly ArrayBuffer[] | undefined, string]>([
  ['the one that was named', [CERTIFICATE], 'link.opened'],
  ['another one', [new Uint8Array([1, 2, 3, 4]).buffer], 'link.failed'],
  ['another one, with the right one behind', [new Uint8Array([1, 2, 3, 4]).buffer, CERTIFICATE], 'link.failed'],
  ['none yet', [], 'link.opened'],
  ['an empty one, as some Node stacks do', [new ArrayBuffer(0)], 'link.opened'],
  ['nothing at all', undefined, 'link.opened'],
])('where the stack shows %s for the other end’s certificate', async (_, certificates, type) => {
  const { side, pc, ctl, bulk } = launch({ role: 'answerer' })
  const fingerprint = sha256(new Uint8Array(CERTIFICATE))
  pc.sctp = { transport: certificates ? { getRemoteCertificates: () => certificates } : {} }
  side.send({ type: 'transport.signal', signal: offerOf({ fingerprint }) })
  await settled()
  for (const channel of [ctl, bulk]) channel.open()
  const opened = { type, fingerprints: { ours: FINGERPRINTS.ours, theirs: base64url(fingerprint) } }
  expect(last(side)).toEqual(type === 'link.opened' ? opened : { type, fault: 'fingerprint-mismatch' })
})

test('our own browser’s description with a second fingerprint fails the link: nobody is told of it', async () => {
  vi.spyOn(FakePeerConnection.prototype, 'setLocalDescription').mockImplementationOnce(async function (
    this: FakePeerConnection,
  ) {
    this.localDescription = {
      type: 'offer',
      sdp: `${sdpOf(FAKE_SESSION, 'offer')}a=fingerprint:sha-1 ${'AB:'.repeat(19)}AB\r\n`,
    }
  })
  const { side } = launch()
  await settled()
  expect(side.facts).toEqual([{ type: 'link.failed', fault: 'link-failed' }])
})
